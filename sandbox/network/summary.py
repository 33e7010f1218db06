"""The routes table summary: rows of ExpressRouteCrossConnectionRoutesTableSummary."""

from typing import Any

from sandbox.network.announcements import announced_count
from sandbox.network.legs import Leg
from sandbox.network.links import Link
from sandbox.network.sessions import Session, session_on

_MOST_INT32 = 2**31 - 1


def routes_table_summary(leg: Leg) -> list[dict[str, Any]]:
    """A row for each BGP neighbour, which is our edge, by address family."""
    sessions = ((link, session_on(leg, link)) for link in leg.links)
    return [_row(leg, link, session) for link, session in sessions if session is not None]


def _row(leg: Leg, link: Link, session: Session) -> dict[str, Any]:
    """A count of prefixes, or the word for the state.

    ``asn`` is an int32: not documented what Azure makes of a larger one; here it is left out.
    """
    row = {"neighbor": str(link.edge), "asn": leg.peer_asn, "upDown": session.up_down}
    if leg.peer_asn > _MOST_INT32:
        del row["asn"]
    return {**row, "stateOrPrefixesReceived": session.state or str(announced_count(leg, link))}
