"""A page that asks for news: what is sent, and what is not."""

import pytest
from django.test import Client

from crossconnections.arm import ArpRow
from crossconnections.models import CrossConnection, Snapshot
from tests.integration.pages.readings import (
    FIRST,
    MICROSOFT,
    PRIVATE,
    answer,
    end,
    fail,
    many,
    networks,
    note,
    page,
    read_of,
    reading,
)
from tests.integration.pages.rows import KEY, cross_connection, enlisted

AT_REST = f"{FIRST}?peering={PRIVATE}&seen=111111&age=1"


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


def news(client: Client, seen: str, query: str = "") -> str:
    answered = client.get(f"{FIRST}?seen={seen}{query}", headers={"HX-Request": "true"})
    assert answered.status_code == 200
    return answered.content.decode()


def test_an_open_page_asks_every_two_seconds_and_says_what_it_has_seen(support: Client, row: CrossConnection):
    reading(row, is_open=True)
    shown = page(support).split('id="asking"')[1].split(">")[0]
    assert f'hx-get="{FIRST}?peering={PRIVATE}&seen=000000"' in shown
    assert 'hx-trigger="every 2s"' in shown


def test_what_has_not_changed_is_not_sent_again(support: Client, row: CrossConnection):
    reading(row, is_open=True)
    shown = news(support, "000000")
    assert 'id="asking"' in shown
    assert 'id="primary-arp"' not in shown
    assert 'id="found"' not in shown
    assert '<p id="said" hx-swap-oob="innerHTML"></p>' in shown
    assert "<form" not in shown  # so that no clock takes away the control that has the focus


def test_what_has_landed_comes_to_its_place_and_is_said_once(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True)
    answer(read_of(snapshot), (ArpRow(3, "On-Prem", "172.16.18.1", "0c86.10f4.7a21"),))
    shown = news(support, "000000")
    assert '<div class="part" id="primary-arp" hx-swap-oob="true">' in shown
    assert 'id="secondary-arp"' not in shown
    assert ">Primary ARP table of Azure private peering answered</p>" in shown
    assert "seen=100000" in shown
    assert 'id="primary-arp"' not in news(support, "100000")


def test_a_failure_comes_to_its_place(support: Client, row: CrossConnection):
    fail(read_of(reading(row, is_open=True)))
    shown = news(support, "000000")
    assert '<div class="stack" id="failures" hx-swap-oob="true">' in shown
    assert "failed: Azure failed" in shown
    assert 'id="failures"' not in news(support, "100000")


def test_routes_that_land_keep_what_was_searched_for(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True)
    answer(read_of(snapshot, "primary", "routes"), many(250))
    shown = news(support, "000000", "&find=10.0.7.&page=1")
    assert '<div id="found" hx-swap-oob="true">' in shown
    assert networks(shown) == ["10.0.7.0/24"]


def test_the_end_stops_the_polling_and_brings_back_the_button(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True)
    for read in snapshot.reads.all():
        answer(read, ())
    end(snapshot)
    shown = news(support, "000000")
    assert "every 2s" not in shown
    assert '<details class="card fold" id="asking" open>' in shown
    assert '<div class="acts" id="actions" hx-swap-oob="true">' in shown
    assert "Read tables now" in shown
    assert "Reading 1 has ended, 6 of 6 read" in shown
    assert 'id="readings"' in shown


def test_tables_of_the_other_peering_are_not_sent_to_this_one(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True, peerings=(PRIVATE, MICROSOFT))
    answer(read_of(snapshot, peering=MICROSOFT), ())
    shown = news(support, "0" * 12)
    assert 'id="primary-arp"' not in shown
    assert "Primary ARP table of Microsoft peering answered" in shown


def at_rest(client: Client) -> str:
    answered = client.get(AT_REST, headers={"HX-Request": "true"})
    assert answered.status_code == 200
    return answered.content.decode()


def ask_again(client: Client) -> None:
    fields = {"peering": PRIVATE, "path": "primary", "table": "arp"}
    assert client.post(f"{FIRST}retry/", fields).status_code == 303


def test_at_rest_a_page_asks_for_its_age_alone(support: Client, row: CrossConnection):
    reading(row)
    asks = page(support).split('id="freshness"')[1].split(">")[0]
    assert f'hx-get="{AT_REST}"' in asks
    shown = at_rest(support)
    assert shown.strip().startswith('<span class="fresh ok" id="freshness"')
    assert f'hx-get="{FIRST}?peering={PRIVATE}&amp;seen=111111&amp;age=1"' in shown


def test_a_page_that_is_not_the_latest_any_more_says_so_in_both_places(support: Client, row: CrossConnection):
    reading(row)
    shown = at_rest(support)
    assert '<p id="which" hx-swap-oob="true"><b>Reading 1</b>, the latest' in shown
    assert "newer" not in shown
    reading(row)
    shown = at_rest(support)
    assert "Reading 2 is newer" in shown
    assert "the latest" not in shown


def test_a_page_at_rest_goes_on_polling_when_somebody_asks_again_for_what_failed(support: Client, row: CrossConnection):
    fail(read_of(reading(row)))
    ask_again(support)
    answered = support.get(AT_REST, headers={"HX-Request": "true"})
    assert (answered.headers["HX-Retarget"], answered.headers["HX-Reswap"]) == ("#asking", "outerHTML")
    shown = answered.content.decode()
    assert 'hx-trigger="every 2s"' in shown
    assert "seen=011111" in shown
    for one in ('id="primary-arp"', 'id="failures" hidden', "Not read yet", ">Stop</button>", "is asked for once more"):
        assert one in shown
    assert "<textarea" not in shown
    assert 'id="q"' not in shown


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_a_page_at_rest_that_missed_all_of_that_shows_its_end(support: Client, row: CrossConnection, ends: str):
    snapshot = reading(row)
    fail(read_of(snapshot))
    ask_again(support)
    if ends == "well":
        answer(read_of(snapshot), (ArpRow(3, "On-Prem", "172.16.18.9", "0c86.10f4.7a21"),))
    else:
        fail(read_of(snapshot), "Throttled")
    end(snapshot)
    shown = at_rest(support)
    assert "every 2s" not in shown
    assert ("172.16.18.9" if ends == "well" else "<code>Throttled</code>") in shown
    assert ('id="failures" hidden' in shown) is (ends == "well")
    assert "Read tables now" in shown
    assert "every 30s" in shown


def test_how_long_it_usually_takes_is_told_after_five_reads_of_the_kind(support: Client, row: CrossConnection):
    for _ in range(2):
        reading(row)
    snapshot = reading(row, is_open=True)
    note(read_of(snapshot), state="running", sent_at=snapshot.asked_at)
    assert "usually" not in page(support, address=f"/cross-connections/{KEY}/snapshots/3/")
    Snapshot.objects.filter(pk=snapshot.pk).update(number=9)
    reading(row)
    assert "usually 12 s here" in page(support, address=f"/cross-connections/{KEY}/snapshots/9/")
