"""The heads of the list's columns, and the orders that they offer."""

from dataclasses import dataclass

from crossconnections.filters import Filters


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head. With ``query`` it is a link that sorts by it, the other way round where it does already.

    ``direction`` is the word of ``aria-sort``, "" while it does not sort by this column.
    """

    title: str
    classes: str
    query: str = ""
    direction: str = ""


# Title, classes, column of the order, and what the first click gives: the newest change and the most bandwidth.
_COLUMNS = (
    ("Service key", "", "service_key", ""),
    ("Circuit", "", "circuit", ""),
    ("State", "", "state", ""),
    ("Bandwidth", "r c-bw", "bandwidth", "-"),
    ("S-tag", "r c-tag", "s_tag", ""),
    ("Peerings", "c-peer", "", ""),
    ("Attention", "c-why", "", ""),
    ("Changed", "r c-time", "changed", "-"),
)


def show_heads(filters: Filters) -> tuple[Head, ...]:
    """One head for each column, in the columns' order."""
    return tuple(_head(filters, *column) for column in _COLUMNS)


def _head(filters: Filters, title: str, classes: str, column: str, first: str) -> Head:
    if not column:
        return Head(title, classes)
    sort = filters.sort or "service_key"
    if sort.removeprefix("-") != column:
        return Head(title, classes, filters.query(sort=first + column))
    is_down = sort.startswith("-")
    return Head(title, classes, filters.query(sort=column if is_down else f"-{column}"), _direction(is_down=is_down))


def _direction(*, is_down: bool) -> str:
    return "descending" if is_down else "ascending"
