"""The picture of the path on the page of a cross connection."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.pages.rows import KEY, cross_connection, enlisted, last_known, private_peering

MICROSOFT = {"peering_type": "MicrosoftPeering", "vlan_id": 300, "peer_asn": 64496}


def page(viewer: Client) -> str:
    response = viewer.get(f"/cross-connections/{KEY}/")
    assert response.status_code == 200
    return response.content.decode()


def alternatives(shown: str) -> list[str]:
    return re.findall(r'role="img" aria-label="([^"]*)"', shown)


def wires(shown: str) -> set[str]:
    return set(re.findall(r'class="wire (\w+)"', shown))


def test_a_viewer_hears_both_links_whichever_drawing_the_width_shows(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row, ipv6_primary_prefix="2001:db8::/126", ipv6_secondary_prefix="2001:db8::4/126")
    private_peering(row, **MICROSOFT)
    wide, tall = alternatives(page(viewer))
    assert wide == tall
    for told in ("AMS-06GMR-CIS-3-PRI-A", "AMS-06GMR-CIS-3-SEC-A", "VLAN 200", "VLAN 300", "AS 64496", "2001:db8::6"):
        assert told in wide


def test_no_wire_is_drawn_as_up_or_down_while_nothing_was_read_of_sessions(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY))
    assert wires(page(viewer)) == {"un"}


def test_links_are_drawn_as_they_were_last_known_with_the_age_beside_them(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary")
    last_known(row, "secondary", "down")
    shown = page(viewer)
    assert wires(shown) == {"un", "up", "down"}  # the customer's side is never seen
    assert shown.count(">up, 12 min ago</text>") == shown.count(">down, 12 min ago</text>") == 2
    wide, tall = alternatives(shown)
    assert wide == tall
    assert "Microsoft 172.16.18.2, up, 12 min ago, 38 prefixes. Secondary link" in wide
    assert "Microsoft 172.16.18.6, down, 12 min ago. " in wide
    assert "not read yet" not in shown


def test_one_link_that_was_read_says_nothing_of_the_others(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    private_peering(row, **MICROSOFT)
    last_known(row, "primary")
    shown = page(viewer)
    assert wires(shown) == {"un", "up"}
    assert shown.count(">sessions not read</text>") == 6
    assert "Sessions read in part <time" in shown


@pytest.mark.parametrize(
    ("minutes", "drawn", "tone"), [(14, "up", "ok"), (16, "was", "warn"), (60 * 24 * 90, "was", "warn")]
)
def test_what_is_older_than_a_quarter_of_an_hour_warns_and_is_not_green(
    viewer: Client, minutes: int, drawn: str, tone: str
) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary", minutes=minutes)
    last_known(row, "secondary", minutes=minutes)
    shown = page(viewer)
    assert wires(shown) == {"un", drawn}
    assert re.findall(r'<span class="fresh (\w+)">.*?Sessions read <time', shown, re.DOTALL) == [tone]


@pytest.mark.parametrize(
    ("state", "peering", "word"),
    [("Deprovisioning", "Enabled", "deprovisioning"), ("Provisioned", "Disabled", "disabled")],
)
def test_what_is_not_in_service_is_drawn_as_not_set_up_whatever_was_known(
    viewer: Client, state: str, peering: str, word: str
) -> None:
    row = cross_connection(enlisted(), KEY, provider_provisioning_state=state)
    private_peering(row, state=peering)
    last_known(row, "primary")
    shown = page(viewer)
    assert wires(shown) == {"un", "wait"}
    assert f"Microsoft 172.16.18.2, {word}." in alternatives(shown)[0]
    assert "Last known" not in shown


def test_a_viewer_sees_a_path_with_microsoft_peering_alone(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY), **MICROSOFT)
    told = alternatives(page(viewer))[0]
    assert "Microsoft, VLAN 300" in told
    assert "Private" not in told


def test_a_path_without_peerings_is_dashed(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    shown = page(viewer)
    assert "wait" in wires(shown)
    assert "No peering, not set up" in alternatives(shown)[0]


def test_a_path_that_was_not_read_yet_claims_nothing_of_peerings(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, read_at=None, primary_azure_port="", secondary_azure_port="", s_tag=None)
    shown = page(viewer)
    assert wires(shown) == {"un"}
    assert "Primary link, Azure port not read yet: Peerings, not read yet." in alternatives(shown)[0]


def test_a_missing_secondary_port_is_told_as_missing(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY, secondary_azure_port=""))
    assert "Secondary link, Azure port not told:" in alternatives(page(viewer))[0]


def test_a_port_of_eighty_characters_is_cut_in_the_drawing_and_whole_in_the_words(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY, primary_azure_port="P" * 80))
    shown = page(viewer)
    assert "P" * 80 in alternatives(shown)[0]
    assert all("P" * 80 not in text for text in re.findall(r"<text[^>]*>([^<]*)", shown))


def test_the_page_of_one_that_is_gone_draws_no_path(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY, gone_at=timezone.now()))
    assert alternatives(page(viewer)) == []


def test_a_name_from_azure_cannot_become_markup(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, circuit_name='"><script>')
    assert '"><script>' not in page(viewer)
