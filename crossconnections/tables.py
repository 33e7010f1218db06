"""The rows of a table as they are kept: JSON, compressed, in one column.

Ten thousand routes as ten thousand database rows would take some fifteen times as long to write
(docs/performance.md); a page shows a hundred of them and searches the rest in memory.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import astuple

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.enums import Table

ROW_TYPES: dict[str, type[Row]] = {Table.ARP: ArpRow, Table.ROUTES_SUMMARY: SummaryRow, Table.ROUTES: RouteRow}


def pack(rows: Iterable[Row]) -> bytes:
    """The rows, each as the list of its fields in their order."""
    return zlib.compress(json.dumps([astuple(row) for row in rows], separators=(",", ":")).encode())


def unpack(table: str, compressed: bytes | memoryview) -> tuple[Row, ...]:
    """What :func:`pack` was given."""
    row_type = ROW_TYPES[table]
    return tuple(row_type(*values) for values in json.loads(zlib.decompress(compressed)))
