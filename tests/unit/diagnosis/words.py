"""Whatever Azure may say, known or not, for property tests."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.diagnosis.case import Absence, Case, Peering, PrefixValidation, Record, Service, Shown, Tables
from crossconnections.enums import DevicePath
from tests.unit.diagnosis.cases import M1, M1_V6, P1, P1_V6, P2, READ_AT

_KNOWN = (
    "", " ", "On-Prem", "Microsoft", "Incomplete", "aaaa.0000.0001", "Idle", "Active", "Idle (Admin)", "Idle (PfxCt)",
    "Connect", "Established", "Provisioned", "NotProvisioned", "Succeeded", "Failed", "Updating", "Enabled", "Disabled",
    "Configured", "Configuring", "ValidationNeeded", "Customer", "8w4d", "1y2w", "never", "00:00:05", "0", "7",
    "999999999", "65515", "65001 12076", "4294967296", "AzurePrivatePeering", "MicrosoftPeering", "0.0.0.0/0", "::/0",
    "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.255.0.0/31", "10.255.0.1/30", "fe80::%1/126", "{edge}", "{",
    "AsnValidationFailed", "vlan_id",
    *(side.edge for side in (P1, P2, M1, P1_V6)), *(side.prefix for side in (P1, P2, M1, P1_V6, M1_V6)),
)  # fmt: skip
# A machine that has much to do makes no example wrong.
patient = settings(deadline=None)
texts = st.one_of(st.sampled_from(_KNOWN), st.text(max_size=20))
numbers = st.one_of(st.none(), st.sampled_from((0, 1, 240, 241, 12076, 65001, 2**63 - 1, -1)), st.integers())
moments = st.one_of(st.none(), st.just(READ_AT))
_FEW = 3
# Every one of these is read as a whole by some rule.
_arp = st.builds(ArpRow, numbers, texts, texts, texts)
_summary = st.builds(SummaryRow, texts, numbers, texts, texts)
_route = st.builds(RouteRow, texts, texts, texts, numbers, texts)


def shown_of(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A table with rows, or none and why."""
    read = st.builds(Shown, st.lists(rows, max_size=_FEW).map(tuple), st.none(), moments)
    return st.one_of(read, st.sampled_from(Absence).map(lambda why: Shown(absence=why)))


tables = st.builds(Tables, shown_of(_arp), shown_of(_summary), shown_of(_route))
_validations = st.builds(PrefixValidation, prefix=texts, state=texts)
_of_paths = st.dictionaries(st.sampled_from(DevicePath), tables)
peerings = st.builds(
    Peering,
    peering_type=texts,
    state=texts,
    provisioning_state=texts,
    vlan_id=numbers,
    peer_asn=numbers,
    primary_prefix=texts,
    secondary_prefix=texts,
    ipv6_primary_prefix=texts,
    ipv6_secondary_prefix=texts,
    last_modified_by=texts,
    advertised_prefixes=st.lists(texts, max_size=_FEW).map(tuple),
    advertised_prefixes_state=texts,
    validations=st.lists(_validations, max_size=_FEW).map(tuple),
    overwritten=st.lists(texts, max_size=_FEW).map(tuple),
    tables=_of_paths,
)
records = st.builds(
    Record,
    service=st.one_of(st.none(), st.sampled_from(Service)),
    is_premium=st.one_of(st.none(), st.booleans()),
    known_macs=st.frozensets(texts, max_size=_FEW),
)


def cases(earlier: st.SearchStrategy[Any]) -> st.SearchStrategy[Case]:
    return st.builds(
        Case,
        read_at=st.just(READ_AT),
        provider_provisioning_state=texts,
        provisioning_state=texts,
        peering_location=texts,
        bandwidth_mbps=numbers,
        s_tag=numbers,
        primary_azure_port=texts,
        secondary_azure_port=texts,
        peerings=st.lists(peerings, max_size=2).map(tuple),
        record=records,
        earlier=earlier,
    )


any_case = cases(st.one_of(st.none(), cases(st.none())))
