"""R64: a table that could not be read. It says nothing about the link: no verdict, and never a good one.

Each stands at the layer of its table, so that nobody asks after routes where there is no layer 2.
"""

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import Leg
from crossconnections.diagnosis.rules.registry import INFERRED, US, WARNING, Layered
from crossconnections.enums import Table

_TOLD = ("R64", WARNING, US, INFERRED, "no answer is no verdict")
_NO_ANSWER = {Absence.FAILED, Absence.STOPPED}


@Layered(Layer.LAYER_2).leg(*_TOLD)
def arp_was_not_read(leg: Leg) -> Found | None:
    """The ARP table."""
    return _found(leg.tables.arp.absence, Table.ARP)


@Layered(Layer.SESSION).leg(*_TOLD)
def summary_was_not_read(leg: Leg) -> Found | None:
    """The summary."""
    return _found(leg.tables.summary.absence, Table.ROUTES_SUMMARY)


@Layered(Layer.ROUTES).leg(*_TOLD)
def routes_were_not_read(leg: Leg) -> Found | None:
    """The routes."""
    return _found(leg.tables.routes.absence, Table.ROUTES)


@Layered(Layer.PEERING).leg(*_TOLD)
def link_is_not_known(leg: Leg) -> Found | None:
    """No link is configured, or its prefix is none: whose tables these are nobody can tell."""
    has_odd = len(leg.links) < len(leg.peering.prefixes(leg.path))
    is_asked = leg.tables.summary.absence != Absence.NOT_ASKED
    return Found({"what": "link"}) if has_odd or (is_asked and not leg.links) else None


def _found(absence: Absence | None, table: Table) -> Found | None:
    return Found({"what": table, "absence": absence}) if absence in _NO_ANSWER else None
