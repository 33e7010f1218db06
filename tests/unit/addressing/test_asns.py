"""AS numbers: the peer's (V11 to V14, V19) and the owner's (M6)."""

import pytest

from crossconnections.addressing import sentence_of
from tests.unit.addressing.proposals import microsoft, offers, private


@pytest.mark.parametrize(
    ("typed", "asn"),
    [
        ("65010", 65010),
        ("AS65010", 65010),
        ("as65010", 65010),
        ("ASN65010", 65010),
        (" 65010\n", 65010),
        ("1", 1),
        ("23455", 23455),
        ("23457", 23457),
        ("12075", 12075),
        ("12077", 12077),
        ("65514", 65514),
        ("65521", 65521),
        ("65534", 65534),
        ("65536", 65536),
        ("4294967294", 4294967294),
        ("64496", 64496),
        ("8075", 8075),
    ],
)
def test_a_peer_asn_of_two_or_four_bytes_will_do_for_private_peering(typed: str, asn: int):
    found = private(peer_asn=typed)
    assert found.breaches == ()
    assert found.values["peer_asn"] == asn


@pytest.mark.parametrize("asn", ["64495", "64512", "65536", "65551"])
def test_the_numbers_around_those_of_documentation_will_do_for_microsoft_peering(asn: str):
    assert microsoft(peer_asn=asn).breaches == ()


@pytest.mark.parametrize("asn", range(65515, 65521))
@pytest.mark.parametrize("judged", [private, microsoft])
def test_what_microsoft_reserves_is_refused_to_its_last(judged, asn: int):
    (breach,) = judged(peer_asn=str(asn)).breaches
    assert (breach.rule, breach.key) == ("V12", "asn_reserved")
    assert sentence_of(breach) == (
        f"AS {asn} is reserved: Microsoft keeps 65515 to 65520 for itself. Write another one."
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("1.10", "65546"),
        ("0.65010", "65010"),
        ("AS1.10", "65546"),
        ("AS 1.10", "65546"),
        ("65535.65534", "4294967294"),
        ("AS 65010", "65010"),
        ("65 010", "65010"),
        ("+65010", "65010"),
        ("065010", "65010"),
    ],
)
def test_the_plain_number_is_offered(typed: str, offered: str):
    breaches = private(peer_asn=typed).breaches
    assert len(breaches) == 1
    assert offers(breaches) == [{"peer_asn": offered}]


@pytest.mark.parametrize("typed", ["0.0", "65535.65535", "AS 12076", "0.65515", "00", "1.65536", "1.010", "1.2.3"])
def test_no_number_is_offered_that_would_be_refused_or_is_none(typed: str):
    breaches = private(peer_asn=typed).breaches
    assert len(breaches) == 1
    assert offers(breaches) == []


def test_dotted_notation_is_explained():
    (breach,) = private(peer_asn="AS1.10").breaches
    assert sentence_of(breach) == "AS1.10 is AS 65546 in dotted notation. Azure takes the plain number."


@pytest.mark.parametrize(
    ("typed", "asn"), [("", None), ("  ", None), ("0", 0), ("1", 1), ("AS3320", 3320), ("2147483647", 2147483647)]
)
def test_a_customer_asn_is_none_or_up_to_the_end_of_azures_field(typed: str, asn: int | None):
    found = microsoft(customer_asn=typed)
    assert found.breaches == ()
    assert found.values["customer_asn"] == asn


def test_a_customer_asn_beyond_azures_field_is_told_so():
    (breach,) = microsoft(customer_asn="2147483648").breaches
    assert sentence_of(breach).startswith(
        "AS 2147483648 does not fit: Azure's field for the customer ASN ends at 2147483647."
    )


@pytest.mark.parametrize("asn", ["65515", "12076", "23456", "65535", "64496"])
def test_a_customer_asn_that_is_nobodys_is_refused_like_a_peers(asn: str):
    (breach,) = microsoft(customer_asn=asn).breaches
    assert breach.field == "customer_asn"


@pytest.mark.parametrize("field", ["customer_asn", "advertised_prefixes", "advertised_communities", "routing_registry"])
def test_private_peering_does_not_look_at_microsofts_fields(field: str):
    found = private(**{field: "nonsense"})
    assert found.breaches == ()
    assert field not in found.values
