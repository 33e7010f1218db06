"""Where somebody was quicker than the person at the form: three values of a field, and a choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossconnections.differences import Conflict
from crossconnections.models.wish import PRESENCE
from crossconnections.presenters.changes.fields import words_of
from crossconnections.presenters.history import field_name


@dataclass(frozen=True, slots=True)
class Line:
    """A field that is touched, in three columns; "" for what is not set."""

    field: str
    name: str
    opened: str
    now: str
    asked: str
    is_in_conflict: bool


def show_lines(asked: Mapping[str, Any], now: Mapping[str, Any], conflicts: Iterable[Conflict]) -> list[Line]:
    """One line for each field that is touched, in the order of the form."""
    clashing = {one.field: one for one in conflicts}
    named = [name for name in {**asked, **clashing} if name != PRESENCE or name in clashing]
    return [_line(name, asked.get(name), now.get(name), clashing.get(name)) for name in named]


def _line(name: str, asked: Any, now: Any, conflict: Conflict | None) -> Line:  # noqa: ANN401 - any JSON value
    return Line(
        field=name,
        name=field_name(name),
        opened=words_of(name, conflict.opened if conflict else now),
        now=words_of(name, now),
        asked=words_of(name, asked),
        is_in_conflict=conflict is not None,
    )
