import re

import pytest
from django.test import Client

from crossconnections.models import CrossConnection
from tests.integration.pages.pictures import HEALTHY, NO_ARP, tables
from tests.integration.pages.readings import FIRST, fail, networks, page, read_of, reading, route
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


def answer(shown: str) -> str:
    """What is said of the address, as text."""
    part = shown.split('<div class="lpm">')[1].split("</div>", maxsplit=1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_an_address_that_both_paths_cover_is_routed_and_the_way_back_is_told(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    shown = page(viewer, "?find=10.20.4.17")
    assert "10.20.4.17 is routed. Both paths have a route that covers it." in answer(shown)
    assert "Primary: 10.20.4.17 10.20.0.0/16 via 172.16.18.1 1 network of Azure's the other way" in answer(shown)
    assert "Customer's turn: Ask the customer to look at firewalls" in answer(shown)
    assert networks(shown) == ["10.20.0.0/16"]
    assert '<tr role="row" class="hit">' in shown


def test_an_address_on_one_path_alone_says_what_happens_when_it_fails(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY | NO_ARP)
    said = answer(page(viewer, "?find=10.20.4.17"))
    assert "10.20.4.17 is routed on the primary path alone. It works until that path fails." in said
    assert "Secondary: 10.20.4.17 no route" in said


def test_an_address_that_nothing_covers_cannot_be_reached(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    shown = page(viewer, "?find=192.0.2.1")
    assert "192.0.2.1 has no route. Neither path has a route that covers it" in answer(shown)
    assert "No route matches “192.0.2.1”." in shown


def test_the_longest_prefix_wins_and_the_default_route_is_told(viewer: Client, row: CrossConnection):
    first = (route("0.0.0.0/0"), route("10.20.0.0/16"), route("10.20.4.0/22"))
    second = (route("0.0.0.0/0", "172.16.18.5"),)
    reading(row, answers=tables("primary", *first) | tables("secondary", *second))
    shown = page(viewer, "?find=10.20.4.17")
    assert "The primary path has the more specific route, so traffic goes there." in answer(shown)
    assert "The secondary path has nothing for it but its default route." in answer(shown)
    assert networks(shown)[:2] == ["0.0.0.0/0", "10.20.4.0/22"]  # the answers of both, then what else covers it
    assert networks(shown)[2:] == ["10.20.0.0/16"]


def test_a_table_that_was_not_read_gives_no_verdict(viewer: Client, row: CrossConnection):
    fail(read_of(reading(row, answers=HEALTHY), "secondary", "routes"))
    said = answer(page(viewer, "?find=10.20.4.17"))
    assert "Whether 10.20.4.17 is routed cannot be said: a table was not read." in said
    assert "routes not read" in said
    assert "no route" not in said


def test_two_addresses_show_both_directions(viewer: Client, row: CrossConnection):
    one_way = {"secondary routes": HEALTHY["secondary routes"][-1:]}
    reading(row, answers=HEALTHY | one_way)
    said = answer(page(viewer, "?find=10.20.4.17+10.9.1.1"))
    assert "Primary: there are routes in both directions between 10.20.4.17 and 10.9.1.1." in said
    assert "Secondary: there is a route to 10.9.1.1 and none to 10.20.4.17." in said


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("10.0.0.1 10.0.0.2 10.0.0.3", "Type one address, or two to see both directions."),
        ("10.0.0.1 2001:db8::1", "One is IPv4 and the other IPv6: they never talk to each other."),
    ],
)
def test_what_cannot_be_asked_is_said_and_stays_typed(viewer: Client, row: CrossConnection, typed: str, fault: str):
    reading(row, answers=HEALTHY)
    shown = page(viewer, f"?find={typed}")
    assert fault in answer(shown)
    assert f'value="{typed}"' in shown


def test_an_as_number_finds_the_networks_behind_it(viewer: Client, row: CrossConnection):
    behind = (route("10.1.0.0/16"), route("10.2.0.0/16", path="65020 65031"))
    reading(row, answers=tables("primary", *behind) | tables("secondary"))
    shown = page(viewer, "?find=65031")
    assert networks(shown) == ["10.2.0.0/16"]
    assert '<div class="lpm">' not in shown


def test_while_typing_the_answer_comes_alone_and_stands_in_the_address(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    told = viewer.get(f"{FIRST}?find=10.20.4.17", headers={"HX-Request": "true"})
    assert "10.20.4.17 is routed." in told.content.decode()
    assert told.headers["HX-Replace-Url"].endswith("&find=10.20.4.17")
