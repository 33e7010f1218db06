"""What the last column of the route table says: what both paths make of a network, and what it was before."""

from collections.abc import Mapping, Sequence

from crossconnections.diagnosis.changes import Change
from crossconnections.diagnosis.compare import Difference, PathDifference
from crossconnections.presenters.states import Mark

SAME = Mark("Same", "")
_BAD, _CHECK = ("s-fail", "bad"), ("s-warn", "warn")
_NEWS = ("s-info", "")
_CHANGES: dict[Change, tuple[str, str, str]] = {
    Change.ADDED: ("New", *_NEWS),
    Change.GONE: ("Gone", *_CHECK),
    Change.PATH_LONGER: ("Path grew", *_CHECK),
    Change.PATH_SHORTER: ("Path shrank", *_NEWS),
    Change.OTHER_PATH: ("Path changed", *_NEWS),
    Change.OTHER_NEXT_HOP: ("Next hop changed", *_NEWS),
    Change.OTHER_PREFERENCE: ("Preference changed", *_NEWS),
    Change.OTHER_WEIGHT: ("Weight changed", *_NEWS),
}


def difference_mark(one: PathDifference | None) -> Mark | None:
    """None where nothing can be said, since one of the tables was not read."""
    if one is None or one.kind == Difference.UNKNOWN:
        return None
    if one.kind in _LONGER:
        return Mark(f"{_LONGER[one.kind]} by {one.by}", *_CHECK)
    return _DIFFERENCES[one.kind]


def change_marks(kinds: Mapping[str, Sequence[Change]]) -> tuple[Mark, ...]:
    """Since the other reading; ``kinds`` by path. What happened on both is said once."""
    both = {kind for of_path in kinds.values() for kind in of_path}
    return tuple(
        _change(kind, [path for path, of_path in kinds.items() if kind in of_path]) for kind in Change if kind in both
    )


def _change(kind: Change, paths: Sequence[str]) -> Mark:
    word, glyph, tone = _CHANGES[kind]
    return Mark(word if len(paths) > 1 else f"{word} on {paths[0]}", glyph, tone)


_LONGER = {
    Difference.LONGER_ON_PRIMARY: "Path longer on primary",
    Difference.LONGER_ON_SECONDARY: "Path longer on secondary",
}
_DIFFERENCES: dict[Difference, Mark] = {
    Difference.SAME: SAME,
    Difference.PRIMARY_ONLY: Mark("Primary only", *_BAD),
    Difference.SECONDARY_ONLY: Mark("Secondary only", *_BAD),
    Difference.OTHER_SIDE: Mark("Leads elsewhere", *_CHECK),
    Difference.OTHER_PATH: Mark("Other AS path", *_CHECK),
}
