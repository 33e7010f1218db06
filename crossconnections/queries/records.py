"""What is on record of the customers."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from crossconnections.filters import Filters
from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.queries.cross_connections import list_cross_connections
from crossconnections.record_values import NAMES
from portal.access.scopes import Reach

_AT_ONCE = 1_000


def find_record(row: CrossConnection) -> CustomerRecord | None:
    """None where nobody has written one; no query where the row was read with it, as ``get_cross_connection`` does."""
    found: CustomerRecord | None = getattr(row, "record", None)
    return found


def stream_records(filters: Filters, reach: Reach, *, columns: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """Those columns and the record's fields of all that matches, by name, a thousand rows in memory at a time.

    In the list's order; a field is None of what nobody has written a record for.
    """
    names = [*columns, *(f"record__{name}" for name in NAMES)]
    found = list_cross_connections(filters, reach).values_list(*names).iterator(chunk_size=_AT_ONCE)
    keys = (*columns, *NAMES)
    while batch := list(islice(found, _AT_ONCE)):
        yield [dict(zip(keys, values, strict=True)) for values in batch]
