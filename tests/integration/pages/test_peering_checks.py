"""What is said of a field of a peering's form while it is typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crossconnections.models import CrossConnection, Draft
from portal.access.roles import Role
from tests.integration.pages.peerings import (
    MICROSOFT,
    NEW_MICROSOFT,
    NEW_PRIVATE,
    PRIVATE,
    form_of,
    microsoft_peering,
    read_aloud,
    repairs_in,
    text_of,
)
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

OTHER = "c07e94a3-1f58-4b2d-8e66-90ab3d17f254"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def check(client: Client, field: str, peering_type: str = PRIVATE, **typed: str) -> Any:
    """What htmx gets when it asks about a field with all others beside it."""
    new = NEW_PRIVATE if peering_type == PRIVATE else NEW_MICROSOFT
    return client.post(f"{form_of(peering_type)}check/?field={field}", new | typed, headers=HTMX)


def said(client: Client, field: str, peering_type: str = PRIVATE, **typed: str) -> str:
    """Its words; a part of a page and no page."""
    answer = check(client, field, peering_type, **typed)
    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    return read_aloud(answer).strip()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("primary_prefix", "10.10.0.0/30", "Your router 10.10.0.1 Microsoft 10.10.0.2"),
        ("secondary_prefix", " 10.10.0.4/30 ", "Your router 10.10.0.5 Microsoft 10.10.0.6"),
        ("ipv6_primary_prefix", "fd00:1::/126", "Your router fd00:1::1 Microsoft fd00:1::2"),
        ("ipv6_secondary_prefix", "FD00:1:0::4/126", "Your router fd00:1::5 Microsoft fd00:1::6"),
        ("vlan_id", "201", ""),
        ("vlan_id", "", ""),
        ("primary_prefix", "", ""),
        ("peer_asn", "65517", "AS 65517 is reserved: Microsoft keeps 65515 to 65520 for itself. Write another one."),
        ("peer_asn", "12076", "AS 12076 is Microsoft's end of the session. Write the number of the other end."),
        ("primary_prefix", "10.10.0.0/24", "10.10.0.0/24 is a /24. A link takes exactly a /30. Use 10.10.0.0/30"),
    ],
)
def test_each_field_is_answered_while_it_is_typed(operator: Client, row, field: str, typed: str, words: str):
    assert said(operator, field, **{field: typed}) == words


def test_a_vlan_that_is_taken_comes_with_the_next_free_one(operator: Client, row):
    microsoft_peering(row, vlan_id=201)
    answer = check(operator, "vlan_id", vlan_id="201")
    assert "VLAN 201 is already used by Microsoft peering of this circuit. Free next: 202." in read_aloud(answer)
    assert repairs_in(answer) == {"Use 202": "vlan_id=202"}


def test_a_net_for_both_links_is_halved_with_one_press(operator: Client, row):
    answer = check(operator, "primary_prefix", primary_prefix="10.10.0.0/29", secondary_prefix="")
    assert repairs_in(answer) == {
        "Use 10.10.0.0/30 and 10.10.0.4/30": "primary_prefix=10.10.0.0%2F30&secondary_prefix=10.10.0.4%2F30"
    }


@pytest.mark.parametrize(
    ("prefixes", "words"),
    [
        ("", "0 of 200 IPv4"),
        ("20.30.0.0/24\r\n20.31.0.0/24", "2 of 200 IPv4"),
        ("20.30.0.0/24, 20.31.0.0/24 2a10::/32", "2 of 200 IPv4, 1 of 200 IPv6"),
    ],
)
def test_prefixes_are_counted_by_family(operator: Client, row, prefixes: str, words: str):
    told = said(operator, "advertised_prefixes", MICROSOFT, advertised_prefixes=prefixes)
    assert told.endswith(words)


def test_of_an_existing_one_what_nobody_touched_is_not_judged(operator: Client, row):
    private_peering(row, peer_asn=65517)
    assert said(operator, "peer_asn", peer_asn="65517") == ""
    assert "reserved" in said(operator, "peer_asn", peer_asn="65518")


class TestOverlaps:
    @pytest.fixture
    def other(self, row) -> CrossConnection:
        """In Frankfurt, another customer's."""
        found = cross_connection(row.subscription, OTHER, circuit_name="er-fabrikam", peering_location="Frankfurt")
        private_peering(found, primary_prefix="10.10.0.0/30", secondary_prefix="10.10.9.0/24")
        microsoft_peering(found, primary_prefix="20.20.20.0/30", ipv6_primary_prefix="2a10:1::/126")
        return found

    def test_a_subnet_of_another_circuit_is_told_with_a_link_to_it(self, operator: Client, other):
        answer = check(operator, "primary_prefix")
        told = read_aloud(answer)
        assert f"10.10.0.0/30 is a subnet of private peering of er-fabrikam ({OTHER}) as well." in told
        assert "in order for two customers" in told
        assert f'href="/cross-connections/{OTHER}/"' in text_of(answer)
        assert "Your router 10.10.0.1" in told

    def test_part_of_one_is_told_as_such(self, operator: Client, other):
        told = said(operator, "secondary_prefix", secondary_prefix="10.10.9.8/30")
        assert "10.10.9.8/30 meets 10.10.9.0/24, which is a subnet of private peering of er-fabrikam" in told

    def test_public_addresses_are_somebodys_own(self, operator: Client, other):
        told = said(operator, "primary_prefix", MICROSOFT)
        assert "Public addresses are somebody's own: one of the two is wrong." in told
        told = said(operator, "ipv6_secondary_prefix", MICROSOFT, ipv6_secondary_prefix="2a10:1::/126")
        assert "2a10:1::/126 is a subnet of Microsoft peering of er-fabrikam" in told

    def test_only_of_the_field_that_is_typed(self, operator: Client, other):
        assert "er-fabrikam" not in said(operator, "secondary_prefix")
        assert said(operator, "vlan_id") == ""

    def test_its_own_other_peering_is_no_other_circuit(self, operator: Client, row):
        microsoft_peering(row, primary_prefix="10.10.0.0/30")
        told = said(operator, "primary_prefix")
        assert "already used by Microsoft peering of this circuit" in told
        assert "as well" not in told

    def test_what_it_has_itself_is_no_overlap(self, operator: Client, row):
        private_peering(row, primary_prefix="10.10.0.0/30")
        assert said(operator, "primary_prefix") == "Your router 10.10.0.1 Microsoft 10.10.0.2"

    def test_one_that_is_gone_meets_nobody(self, operator: Client, other):
        CrossConnection.objects.filter(pk=other.pk).update(gone_at=other.first_seen_at)
        assert "er-fabrikam" not in said(operator, "primary_prefix")

    def test_whoever_may_not_see_the_other_circuit_learns_nothing_of_it(self, other):
        somebody = person("Nadia Haddad")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="Amsterdam")
        answer = check(signed_in_as(somebody), "primary_prefix")
        assert read_aloud(answer).strip() == "Your router 10.10.0.1 Microsoft 10.10.0.2"
        assert OTHER not in text_of(answer)

    def test_at_most_three_are_told(self, operator: Client, row):
        for number in range(5):
            found = cross_connection(row.subscription, circuit_name=f"er-{number}")
            private_peering(found, primary_prefix="10.10.0.0/30")
        assert said(operator, "primary_prefix").count("as well") == 3


@pytest.mark.parametrize("field", ["shared_key", "peering_state", "opened", "nonsense", "advertised_prefixes", ""])
def test_there_is_nothing_to_say_of_any_other_field(operator: Client, row, field: str):
    assert operator.post(f"{form_of(PRIVATE)}check/?field={field}", NEW_PRIVATE).status_code == 404


def test_it_is_asked_with_the_form_and_in_no_other_way(operator: Client, row):
    assert operator.get(f"{form_of(PRIVATE)}check/?field=vlan_id").status_code == 405


def test_the_key_is_neither_needed_nor_said_again(operator: Client, row):
    answer = check(operator, "vlan_id", vlan_id="0", shared_key="Zq7Zq7Zq7")
    assert answer.status_code == 200
    assert "Zq7Zq7Zq7" not in text_of(answer)
    shown = operator.get(form_of(PRIVATE)).content.decode()
    asks = re.findall(r"<div[^>]*hx-post[^>]*>", shown)
    assert len(asks) == 6
    assert all('hx-params="not shared_key"' in one for one in asks)


def test_nothing_is_kept_of_what_was_typed(operator: Client, row):
    check(operator, "vlan_id")
    assert not Draft.objects.exists()


def test_hostile_text_is_shown_as_text(operator: Client, row):
    shown = check(operator, "vlan_id", vlan_id="<script>alert(1)</script>").content.decode()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
