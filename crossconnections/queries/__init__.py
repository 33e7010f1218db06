"""The read side: a handful of indexed queries for each page."""

from crossconnections.queries.attention import AttentionSum, attention_of, sum_attention
from crossconnections.queries.cross_connection import (
    get_cross_connection,
    list_calls,
    list_history,
    load_last_known,
    load_waiting,
    map_by_key,
)
from crossconnections.queries.cross_connections import (
    GONE_STATE,
    MOST_ROWS,
    Choices,
    Found,
    LocationSums,
    browse,
    find_only,
    list_choices,
    list_cross_connections,
    list_locations,
    list_page,
    list_rows,
    sum_by_location,
)
from crossconnections.queries.export import ExportRow, stream_export
from crossconnections.queries.subscriptions import enlisted, list_subscriptions, looked_after, visible
from crossconnections.queries.syncs import find_latest_sync, list_latest_syncs, sync_level

__all__ = [
    "GONE_STATE",
    "MOST_ROWS",
    "AttentionSum",
    "Choices",
    "ExportRow",
    "Found",
    "LocationSums",
    "attention_of",
    "browse",
    "enlisted",
    "find_latest_sync",
    "find_only",
    "get_cross_connection",
    "list_calls",
    "list_choices",
    "list_cross_connections",
    "list_history",
    "list_latest_syncs",
    "list_locations",
    "list_page",
    "list_rows",
    "list_subscriptions",
    "load_last_known",
    "load_waiting",
    "looked_after",
    "map_by_key",
    "stream_export",
    "sum_attention",
    "sum_by_location",
    "sync_level",
    "visible",
]
