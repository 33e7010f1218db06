"""Fields of a change in words: what was, what is asked, and where somebody else was quicker."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossconnections.differences import Conflict
from crossconnections.presenters.history import field_name, field_words

NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class Line:
    """A field before and after; "" for what is not set. ``opened`` is told only where it differs from ``now``."""

    field: str
    name: str
    now: str
    asked: str
    opened: str
    is_in_conflict: bool


def show_lines(asked: Mapping[str, Any], now: Mapping[str, Any], conflicts: Iterable[Conflict] = ()) -> list[Line]:
    """One line for each field that is touched, in the order of the form."""
    clashing = {one.field: one for one in conflicts}
    return [_line(name, value, now.get(name), clashing.get(name)) for name, value in asked.items()]


def _line(name: str, asked: Any, now: Any, conflict: Conflict | None) -> Line:  # noqa: ANN401 - any JSON value
    return Line(
        field=name,
        name=field_name(name),
        now=words_of(name, now),
        asked=words_of(name, asked),
        opened=words_of(name, conflict.opened) if conflict else words_of(name, now),
        is_in_conflict=conflict is not None,
    )


def words_of(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value in words; "" where it is not set."""
    return "" if value in (None, "", [], (), {}) else field_words(name, value)
