"""How rows are made odd."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.network.legs import Leg

Row = dict[str, Any]
Rows = list[Row]
Oddity = Callable[[Rows, Leg], Rows]
Oddities = Mapping[str, Oddity]
# Takes a row and the path that it is of; what it answers replaces fields of the row.
Change = Callable[[Row, Leg], Row]


def each(change: Change, where: Callable[[Row], bool] = bool) -> Oddity:
    """Every row, or every one of a kind, with some of its fields changed."""
    return lambda rows, leg: [{**row, **change(row, leg)} if where(row) else row for row in rows]


def first(change: Change, where: Callable[[Row], bool]) -> Oddity:
    """The same, but only the first row of its kind."""

    def changed(rows: Rows, leg: Leg) -> Rows:
        at = next((number for number, row in enumerate(rows) if where(row)), None)
        return [{**row, **change(row, leg)} if number == at else row for number, row in enumerate(rows)]

    return changed


def without(where: Callable[[Row], bool]) -> Oddity:
    """No rows of a kind."""
    return lambda rows, _: [row for row in rows if not where(row)]


def without_fields(*names: str) -> Oddity:
    """Every field may be missing: the specification requires none."""
    return lambda rows, _: [{name: fact for name, fact in row.items() if name not in names} for row in rows]
