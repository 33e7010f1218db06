"""What a change touches, field by field, and what came out otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crossconnections.differences import Configuration, is_same
from crossconnections.models import Change
from crossconnections.models.wish import PRESENCE
from crossconnections.peering_names import peering_name
from crossconnections.presenters.history import field_name, field_words

_TAGS = "tags"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as it was seen and as it was asked for, "" for not set; ``now`` is what Azure holds, if that is shown.

    ``is_off`` where that is neither of both, ``is_as_asked`` where it is what was asked.
    """

    name: str
    before: str
    asked: str
    now: str = ""
    is_off: bool = False
    is_as_asked: bool = False


def show_fields(opened: Configuration, asked: Configuration, now: Configuration | None = None) -> list[FieldRow]:
    """The fields of ``asked`` beside what was ``opened``; of the tags those that differ, one by one."""
    return [
        _field(name, label, before, wanted, _now(now, name, label))
        for name, value in asked.items()
        for label, before, wanted in _parts(name, opened.get(name), value)
    ]


def show_differences(change: Change) -> list[str]:
    """What came out other than expected, in words: ``Azure private peering, VLAN ID: 201, expected 200``."""
    return [_difference(change, **one) for one in change.differences]


def _parts(name: str, before: Any, asked: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - any JSON value
    if name != _TAGS:
        yield "", before, asked
        return
    held, wanted = dict(before or {}), dict(asked or {})
    for tag in sorted(held.keys() | wanted.keys()):
        if held.get(tag) != wanted.get(tag):
            yield tag, held.get(tag), wanted.get(tag)


class _Untold:
    """Nothing is shown of what Azure holds: other than None, which is a value."""


def _now(now: Configuration | None, name: str, tag: str) -> Any:  # noqa: ANN401 - any JSON value
    if now is None:
        return _Untold
    value = now.get(name)
    return value.get(tag) if tag and isinstance(value, Mapping) else value


def _field(name: str, tag: str, before: Any, asked: Any, now: Any) -> FieldRow:  # noqa: ANN401 - any JSON value
    label, kind = (f"Tag {tag}", "") if tag else (field_name(name), name)
    held, wanted = (words_of(kind, value) for value in _differing(before, asked))
    if now is _Untold:
        return FieldRow(label, held, wanted)
    is_as_asked = is_same(now, asked)
    is_off = not is_as_asked and not is_same(now, before)
    return FieldRow(label, held, wanted, field_words(kind, now), is_off=is_off, is_as_asked=is_as_asked)


def _differing(before: Any, asked: Any) -> tuple[Any, Any]:  # noqa: ANN401 - any JSON value
    """Of two lists what goes and what comes: what stays would hide it."""
    if not (isinstance(before, list) and isinstance(asked, list)):
        return before, asked
    return [one for one in before if one not in asked], [one for one in asked if one not in before]


def words_of(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value in words; "" where it is not set."""
    return "" if value in (None, "", [], (), {}) else field_words(name, value)


def _difference(change: Change, subject: str, field: str, expected: Any, found: Any) -> str:  # noqa: ANN401 - any JSON value
    of = peering_name(subject) if subject else ""
    if field == PRESENCE and subject == change.subject:
        return f"{of} {'is still there' if found else 'is not there'}"
    if field == PRESENCE:
        return f"{of or 'It'} {'was added' if found else 'was removed'}"
    name = f"{of}, {field_name(field)}" if of else field_name(field)
    return f"{name}: {field_words(field, found)}, expected {field_words(field, expected)}"
