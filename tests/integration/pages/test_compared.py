import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.arm import SummaryRow
from crossconnections.models import CrossConnection
from tests.integration.pages.pictures import HEALTHY, NO_ARP, tables
from tests.integration.pages.readings import networks, page, reading, route
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

SECOND = f"/cross-connections/{KEY}/snapshots/2/"
THEN = tables("primary", route("10.1.0.0/16"), route("10.2.0.0/16"), route("10.3.0.0/16"))
NOW = tables("primary", route("10.2.0.0/16", path="65020 65020 65031"), route("10.3.0.0/16"), route("10.4.0.0/16"))


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def two(row: CrossConnection) -> CrossConnection:
    """Two readings, between which the primary path has changed."""
    reading(row, answers=HEALTHY | THEN)
    reading(row, answers=HEALTHY | NOW)
    return row


def text(shown: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def since(shown: str) -> str:
    """The card of what is different, as text."""
    return text(shown.split('id="since"')[1].split("</section>", maxsplit=1)[0])


def test_what_changed_since_another_reading_is_told_for_each_path(viewer: Client, two: CrossConnection):
    shown = page(viewer, "?compare=1", SECOND)
    assert "Since reading 1" in since(shown)
    assert "Primary networks: 1 new, 1 gone, 1 with a longer AS path" in since(shown)
    assert "Secondary no difference" in since(shown)


def test_networks_that_have_gone_stand_in_the_table_as_well(viewer: Client, two: CrossConnection):
    shown = page(viewer, "?compare=1&show=since", SECOND)
    assert networks(shown) == ["10.1.0.0/16", "10.2.0.0/16", "10.4.0.0/16"]
    lines = text(shown.split("<tbody role")[1])
    assert "Gone on primary" in lines
    assert "Path grew on primary" in lines
    assert "New on primary" in lines
    assert '<tr role="row" class="gone">' in shown


def test_where_nothing_has_changed_no_line_is_shown_as_changed(viewer: Client, row: CrossConnection):
    for _ in range(2):
        reading(row, answers=HEALTHY)
    shown = page(viewer, "?compare=1&show=since", SECOND)
    assert 'class="tbl rt"' not in shown
    assert "There is none." in shown
    assert since(shown).count("no difference") == 2


def test_without_a_comparison_nothing_is_said_of_then(viewer: Client, two: CrossConnection):
    shown = page(viewer, "", SECOND)
    assert 'id="since"' not in shown
    assert "10.1.0.0/16" not in networks(shown)
    assert "Since reading" not in shown


@pytest.mark.parametrize("number", ["2", "3", "99", "-1", "x"])
def test_only_an_earlier_reading_is_compared_with(viewer: Client, two: CrossConnection, number: str):
    shown = page(viewer, f"?compare={number}", SECOND)
    assert 'id="since"' not in shown


def test_the_lines_that_differ_between_the_paths_can_be_seen_alone(viewer: Client, row: CrossConnection):
    both = (route("10.1.0.0/16"), route("10.2.0.0/16", path="65020 65020"), route("10.3.0.0/16"))
    second = (route("10.1.0.0/16", "172.16.18.5"), route("10.2.0.0/16", "172.16.18.5"))
    reading(row, answers=tables("primary", *both) | tables("secondary", *second))
    shown = page(viewer, "?show=differences")
    assert networks(shown) == ["10.2.0.0/16", "10.3.0.0/16"]
    lines = text(shown.split("<tbody role")[1])
    assert "Path longer on primary by 1" in lines
    assert "Primary only" in lines
    assert 'aria-current="true">Primary ≠ secondary <span class="n">2</span>' in shown


def test_a_session_that_was_away_between_two_readings_is_found_by_its_age(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    young = {"primary routes-summary": (SummaryRow("172.16.18.1", 65020, "00:00:20", "2"),)}
    snapshot = reading(row, answers=HEALTHY | young)
    snapshot.reads.update(finished_at=timezone.now() + timedelta(hours=1))
    assert "BGP was away in between; it is up again for 20 s" in since(page(viewer, "?compare=1", SECOND))


def test_a_path_that_has_gone_down_says_so(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    reading(row, answers=HEALTHY | NO_ARP)
    told = since(page(viewer, "?compare=1", SECOND))
    assert "BGP has gone down" in told
    assert "MAC address of the edge router none, 0c86.10f4.secondary before" in told


def test_what_was_configured_otherwise_is_told_first(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    row.bandwidth_mbps = 2000
    row.save()
    row.peerings.update(vlan_id=201)
    reading(row, answers=HEALTHY)
    told = since(page(viewer, "?compare=1", SECOND))
    assert "Configured Bandwidth: 2 Gbps, 1 Gbps before; VLAN ID: 201, 200 before" in told


def test_the_choice_keeps_what_is_searched_for_and_offers_the_earlier_ones(viewer: Client, two: CrossConnection):
    shown = page(viewer, "?compare=1&find=10.2", SECOND)
    form = shown.split('class="compared"')[1].split("</form>")[0]
    assert '<input type="hidden" name="find" value="10.2">' in form
    assert '<option value="1" selected>' in form
    assert '<option value="2"' not in form
    assert "compare=1" in shown.split('id="copy-link"')[1].split('data-copy="')[1].split('"')[0]
