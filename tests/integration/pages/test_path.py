"""The picture of the path on the page of a cross connection."""

import re

from django.test import Client
from django.utils import timezone

from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

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
