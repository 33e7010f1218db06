"""The page of one cross connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zlib import crc32

from crossconnections.models import Attention, Change, CrossConnection, SyncRun
from crossconnections.policies import reason_not_to_peer
from crossconnections.presenters.attention import link_mark
from crossconnections.presenters.facts import NOT_TOLD, Fact, copied
from crossconnections.presenters.failed_syncs import explain_failure
from crossconnections.presenters.freshness import Freshness, show_own_freshness
from crossconnections.presenters.last_known import KnownAge, show_age
from crossconnections.presenters.peerings.cards import MissingPeering, PeeringCard, show_cards, show_missing
from crossconnections.presenters.states import (
    Mark,
    bandwidth,
    provider_state,
    unsettled_provisioning,
)
from crossconnections.queries.records import find_record
from portal.times import Moment, ago

NOT_READ = "Not read yet"
NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """How the last attempt to read this one from Azure ended, where it did not end well."""

    cause: str
    next_step: str
    code: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the page shows."""

    service_key: str
    circuit: str
    location: str
    state: Mark
    last_state: str
    unsettled: Mark | None
    link_down: Mark | None
    freshness: Freshness
    facts: tuple[Fact, ...]
    peerings: tuple[PeeringCard, ...]
    missing: tuple[MissingPeering, ...]
    reason_not_to_peer: str | None
    paths_age: KnownAge | None
    is_read: bool
    is_being_read: bool
    failure: ReadFailure | None
    gone_at: datetime | None
    note: str
    tags: tuple[tuple[str, str], ...]
    subscription: str
    resource_id: str
    changed: Moment | None
    first_seen: Moment
    read: Moment | None


def page_version(row: CrossConnection, waiting: Sequence[Attention], changes: Sequence[Change]) -> str:
    """The same for as long as a page of this row would show the same, but for its ages."""
    moments = [row.changed_at, row.gone_at, *(one.moved_at for one in waiting)]
    moments += [one.read_at for one in row.known_paths]
    document, record = getattr(row, "document", None), find_record(row)
    asked = [(one.pk, one.state, one.held_at) for one in changes]
    shown = (moments, asked, row.read_error_code, document and document.body, record and record.version)
    return f"{crc32(repr(shown).encode()):08x}"


def show_detail(
    row: CrossConnection,
    latest_sync: SyncRun | None,
    waiting: Sequence[Attention],
    *,
    now: datetime,
    overwritten: Mapping[str, int] = NONE,
) -> Detail:
    """The page's values; the row comes with its subscription, its peerings and all that is known of it.

    ``waiting`` is what waits for somebody about its service key, of any row.
    ``overwritten`` has the number of our own change for each type of peering that Azure holds otherwise by now.
    """
    return Detail(
        service_key=row.service_key,
        circuit=row.circuit_name,
        location=row.peering_location,
        state=Mark("Gone from Azure", "s-gone") if row.gone_at else provider_state(row.provider_provisioning_state),
        last_state=provider_state(row.provider_provisioning_state).word,
        unsettled=None if row.gone_at else unsettled_provisioning(row.provisioning_state),
        link_down=link_mark([one for one in waiting if one.cross_connection_id == row.pk], now=now),
        freshness=show_own_freshness(row, latest_sync, now=now),
        facts=_facts(row),
        peerings=show_cards(row, now, overwritten),
        missing=show_missing(row, overwritten),
        reason_not_to_peer=reason_not_to_peer(row),
        paths_age=show_age(row, now=now),
        is_read=row.read_at is not None,
        is_being_read=row.wanted_at is not None and row.gone_at is None,
        failure=_failure(row),
        gone_at=row.gone_at,
        note=row.provider_notes,
        tags=tuple(sorted((str(name), str(value)) for name, value in row.tags.items())),
        subscription=row.subscription.label,
        resource_id=row.resource_id,
        changed=ago(row.changed_at, now=now) if row.changed_at else None,
        first_seen=ago(row.first_seen_at, now=now),
        read=ago(row.read_at, now=now) if row.read_at else None,
    )


def _failure(row: CrossConnection) -> ReadFailure | None:
    if not row.read_error_code:
        return None
    cause, next_step = explain_failure(row.read_error_code)
    return ReadFailure(cause, next_step, row.read_error_code, row.read_correlation_id)


def _facts(row: CrossConnection) -> tuple[Fact, ...]:
    missing = NOT_TOLD if row.read_at else NOT_READ
    return (
        Fact("Bandwidth", bandwidth(row.bandwidth_mbps)),
        Fact("Peering location", row.peering_location or NOT_TOLD),
        copied("S-tag", row.s_tag, "S-tag", missing),
        copied("Primary Azure port", row.primary_azure_port, "primary port", missing),
        copied("Secondary Azure port", row.secondary_azure_port, "secondary port", missing),
        copied("Customer circuit", row.circuit_name, "circuit name"),
        copied("Customer subscription", row.customer_subscription_id, "customer subscription", width="wide full"),
        copied("Resource group", row.circuit_resource_group, "resource group", width=""),
        Fact("Azure region", row.azure_region or NOT_TOLD),
    )
