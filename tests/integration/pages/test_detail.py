import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import Attention
from tests.integration.pages.rows import KEY, cross_connection, enlisted, last_known, private_peering


def page(client: Client, service_key: str = KEY) -> str:
    response = client.get(f"/cross-connections/{service_key}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_the_facts_and_lets_each_be_copied(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, provider_notes="Handover at AMS5", tags={"tier": "gold"})
    shown = page(viewer)
    for value in (KEY, "412", "AMS-06GMR-CIS-3-PRI-A", "AMS-06GMR-CIS-3-SEC-A", "er-contoso-prod-ams"):
        assert f'data-copy="{value}"' in shown
    for words in ("1 Gbps", "Amsterdam", "Northlink", "Handover at AMS5", "gold"):
        assert words in shown


def test_a_peering_shows_the_first_usable_address_as_ours_and_the_second_as_microsofts(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY))
    shown = page(viewer)
    for address in ("172.16.18.0/30", "172.16.18.1", "172.16.18.2", "172.16.18.4/30", "172.16.18.5", "172.16.18.6"):
        assert f'data-copy="{address}"' in shown


def test_the_path_is_drawn_for_both_widths_and_told_in_words(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY))
    shown = page(viewer)
    assert shown.count('role="img" aria-label="Your edge, S-tag 412. Primary link to Azure port AMS-06GMR') == 2
    assert '<svg class="wide"' in shown
    assert '<svg class="tall"' in shown


def test_ipv6_links_are_shown_when_there_are_any(viewer: Client) -> None:
    peering = {"ipv6_primary_prefix": "2001:db8::/126", "ipv6_secondary_prefix": "2001:db8::4/126"}
    private_peering(cross_connection(enlisted(), KEY), **peering)
    shown = page(viewer)
    assert 'data-copy="2001:db8::1"' in shown
    assert 'data-copy="2001:db8::6"' in shown


def test_a_prefix_that_is_no_network_is_shown_without_addresses(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY), primary_prefix="garbage")
    shown = page(viewer)
    assert "garbage" in shown
    assert "Not known" in shown


def test_a_microsoft_peering_shows_prefixes_and_their_validation_in_words(viewer: Client) -> None:
    microsoft = {
        "peering_type": "MicrosoftPeering",
        "advertised_prefixes": ["203.0.113.0/25"],
        "advertised_prefixes_state": "ValidationNeeded",
        "customer_asn": 64500,
        "routing_registry": "RIPE NCC",
    }
    private_peering(cross_connection(enlisted(), KEY), **microsoft)
    shown = page(viewer)
    for words in ("Microsoft peering", "203.0.113.0/25", "Validation needed", "64500", "RIPE NCC"):
        assert words in shown


def test_without_peerings_a_sentence_says_so(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert "No peering is set up." in page(viewer)


def test_what_no_get_has_read_is_not_shown_as_missing(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, read_at=None, s_tag=None, primary_azure_port="", secondary_azure_port="")
    shown = page(viewer)
    assert "Not read yet" in shown
    assert "No peering is set up." not in shown


def test_what_is_gone_in_azure_keeps_its_page_and_says_since_when(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, gone_at=datetime(2026, 11, 21, 14, 2, tzinfo=UTC))
    shown = page(viewer)
    assert "Gone from Azure since" in shown
    assert "21 Nov 2026, 14:02 UTC" in shown
    assert "its state was Provisioned." in shown
    assert 'class="st pill ok"' not in shown


def test_unsettled_provisioning_is_shown(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, provisioning_state="Updating")
    assert "Updating" in page(viewer)


def test_a_key_in_capitals_finds_the_page(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert KEY in page(viewer, KEY.upper())


def test_an_unknown_key_is_not_found(viewer: Client) -> None:
    assert viewer.get("/cross-connections/nope/").status_code == 404


def test_the_table_of_a_peering_says_what_was_last_known_and_leads_to_that_reading(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary", number=7)
    last_known(row, "secondary", "down", number=4, minutes=60 * 27)
    shown = page(viewer)
    assert f'<a href="/cross-connections/{KEY}/snapshots/7/">Up, 38 prefixes, 12 min ago</a>' in shown
    assert f'<a href="/cross-connections/{KEY}/snapshots/4/">Down, 1 d ago</a>' in shown


def test_a_path_that_nobody_has_read_says_so_and_a_forgotten_reading_is_no_link(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row, primary_prefix="", secondary_prefix="")
    last_known(row, "primary", number=0, prefixes=1)
    shown = page(viewer)
    assert "<span>Up, 1 prefix, 12 min ago</span>" in shown
    assert "<span>Not read</span>" in shown
    assert "No link subnets are set." in shown


def test_a_link_that_is_down_stands_in_the_head(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    down = last_known(row, "secondary", "down")
    links = [["AzurePrivatePeering", "secondary"]]
    Attention.objects.create(cross_connection=row, kind="link-down", seen_at=down.since, after=links)
    assert "Secondary down, 12 min</span>" in page(viewer).split("</h1>")[1].split("Facts")[0]


def test_an_open_page_shows_itself_anew_once_a_path_was_read_again(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    seen = re.findall(r"\?seen=(\w+)", page(viewer))[0]
    poll = f"/cross-connections/{KEY}/?seen={seen}"
    assert "HX-Retarget" not in viewer.get(poll, headers={"HX-Request": "true"}).headers
    last_known(row, "primary")
    assert viewer.get(poll, headers={"HX-Request": "true"}).headers["HX-Retarget"] == "#detail"


@pytest.mark.parametrize("peerings", [1, 2])
def test_the_number_of_queries_is_constant(
    viewer: Client, peerings: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = cross_connection(enlisted(), KEY)
    for peering_type in ["AzurePrivatePeering", "MicrosoftPeering"][:peerings]:
        private_peering(row, peering_type=peering_type)
        last_known(row, "primary", peering_type=peering_type)
    # Session, person, roles; the row, its peerings, its paths, what waits for its service key, the newest sync of its
    # subscription, its history, its changes, its calls, its activity, its last reading, the database's clock. Where a
    # peering is not there, whether that was our doing.
    with django_assert_num_queries(15 if peerings == 1 else 14):
        page(viewer)
