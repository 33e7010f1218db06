"""The whole sheet from what is known."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.presenters.handover.baseline import Baseline, show_baseline
from crossconnections.presenters.handover.circuit import show_circuit, show_links
from crossconnections.presenters.handover.parties import parties_of
from crossconnections.presenters.handover.peerings import show_peering
from crossconnections.presenters.handover.remarks import Known
from crossconnections.presenters.handover.sheet import Facts, Section, Sheet, facts, section, words
from crossconnections.presenters.handover.steps import show_steps
from crossconnections.presenters.tables.texts import in_full

TITLE = "ExpressRoute hand-over sheet"


class Made(NamedTuple):
    """When a sheet is made, and by whom."""

    at: datetime
    by: str


def show_sheet(known: Known, keys: Collection[str], baseline: Baseline | None, made: Made) -> Sheet:
    """What the customer gets to read; ``keys`` are the types of the peerings whose shared key the portal has set."""
    row, record, parties = known.row, known.record, parties_of(known.record.service)
    sections = (
        show_circuit(row, record),
        show_links(row, known.peerings, record, known.order),
        *(show_peering(one, parties, keys) for one in known.peerings),
        show_baseline(baseline, record.sku_tier),
        show_steps(row, known.peerings, record, known.order, known.case),
        _note(row),
    )
    return Sheet(TITLE, _head(row, record, made), tuple(one for one in sections if one is not None))


def _head(row: CrossConnection, record: CustomerRecord, made: Made) -> Facts:
    return facts(
        ("Customer", record.customer),
        ("Reference", record.reference),
        ("Service key", row.service_key, True),
        ("Circuit", row.circuit_name, True),
        ("Made", f"{in_full(made.at)}, by {made.by}"),
    )


def _note(row: CrossConnection) -> Section | None:
    """It stands in the customer's Azure portal as well, and is where partners put whom to call."""
    note = words(row.provider_notes)
    return section("Our note on the circuit", note) if note.lines else None
