"""The list of changes and its machine-readable twin."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import ChangeSet, CrossConnection
from portal.access.roles import Role
from tests.integration.pages.changes import CORRELATION_ID, change, held, page
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import given, person, signed_in_as


@pytest.fixture
def row(viewer: Client) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


def titles(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="to-change-(\d+)"', shown)]


def listed(client: Client, query: str = "") -> list[int]:
    return titles(page(client, query=query))


def test_a_change_stands_with_its_circuit_who_asked_and_azures_id(viewer: Client, row: CrossConnection):
    one = change(row, "succeeded", by=person("Amina Yusuf"), seconds=7200)
    shown = page(viewer)
    assert f'href="/changes/{one.pk}/">Set Provisioned</a>' in shown
    assert f'<a href="/cross-connections/{KEY}/">er-contoso-prod-ams</a>' in shown
    for words in ("Amina Yusuf", "2 h ago", "13 s", "Succeeded", f'data-copy="{CORRELATION_ID}"'):
        assert words in shown


@pytest.mark.parametrize(
    ("state", "values", "words"),
    [
        ("queued", {}, "Queued"),
        ("submitting", {}, "Sending"),
        ("running", {}, "Applying"),
        ("unknown", {}, "nobody knows whether Azure took it"),
        ("succeeded", {"known_by": "look"}, "a look showed that it took"),
        ("succeeded", {"known_by": "nothing-to-do"}, "it was so already, nothing was sent"),
        ("failed", {"error_code": "LocationRequired"}, "LocationRequired: Azure did not take what was sent"),
        ("canceled", {}, "Canceled"),
        (
            "succeeded",
            {"differences": [{"subject": "", "field": "s_tag", "expected": 412, "found": 413}]},
            "1 thing came out other than asked",
        ),
    ],
)
def test_each_state_has_its_words(viewer: Client, row: CrossConnection, state: str, values: dict[str, Any], words: str):
    change(row, state, **values)
    assert words in page(viewer).split("<tbody>")[1]


def test_one_that_is_old_waits_for_a_person(viewer: Client, row: CrossConnection):
    held(row)
    assert "Waits for you" in page(viewer).split("<tbody>")[1]


def test_where_azure_tells_no_circuit_the_service_key_stands(viewer: Client):
    change(cross_connection(enlisted(), KEY, circuit_name=""), "succeeded")
    assert f'<a href="/cross-connections/{KEY}/">{KEY}</a>' in page(viewer)


def test_the_newest_come_first_fifty_a_page(viewer: Client, row: CrossConnection):
    made = [change(row, "succeeded").pk for _ in range(53)]
    first = page(viewer)
    assert titles(first) == made[:2:-1]
    assert f'href="/changes/?before={made[3]}" rel="next">Older' in first
    second = page(viewer, query=f"?before={made[3]}")
    assert titles(second) == made[2::-1]
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    "words",
    [KEY, KEY[:6].upper(), "contoso-prod", "amina", CORRELATION_ID[:10], CORRELATION_ID.upper(), "amina 5b2f"],
)
def test_it_is_found_by_key_circuit_person_and_id(viewer: Client, row: CrossConnection, words: str):
    found = change(row, "succeeded", by=person("Amina Yusuf"))
    change(
        cross_connection(enlisted("Other"), circuit_name="er-x"),
        "succeeded",
        correlation_id="7",
        by=person("Piet Jansen"),
    )
    assert listed(viewer, f"?q={words}") == [found.pk]


def test_it_is_found_by_its_number(viewer: Client, row: CrossConnection):
    one, _ = change(row, "succeeded", correlation_id=""), change(row, "canceled")
    assert one.pk in listed(viewer, f"?q={one.pk}")
    assert listed(viewer, "?q=99999999999999999999999999") == []


@pytest.mark.parametrize("hostile", ["%00", "%27%22%3Cscript%3E", "x" * 500, "\\"])
def test_what_is_searched_harms_nothing(viewer: Client, row: CrossConnection, hostile: str):
    change(row, "succeeded")
    answer = viewer.get(f"/changes/?q={hostile}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_filters_narrow_and_combine(viewer: Client, row: CrossConnection):
    other = cross_connection(row.subscription, circuit_name="er-fabrikam")
    third = cross_connection(row.subscription)
    running, waiting, doubtful = change(row, "running"), held(other), change(third, "unknown")
    failed, old = change(row, "failed", error_code="Conflict"), change(row, "succeeded", seconds=86400 * 8)
    tags = change(row, "succeeded", kind="tags", opened={"tags": {}}, asked={"tags": {"a": "b"}})
    assert set(listed(viewer, "?show=running")) == {running.pk}
    assert set(listed(viewer, "?show=waiting")) == {waiting.pk, doubtful.pk}
    assert set(listed(viewer, "?show=failed")) == {failed.pk}
    assert set(listed(viewer, "?state=unknown&state=failed")) == {doubtful.pk, failed.pk}
    assert set(listed(viewer, "?kind=tags")) == {tags.pk}
    assert old.pk not in listed(viewer, "?since=7d")
    assert old.pk in listed(viewer, "?since=30d")
    assert set(listed(viewer, "?state=failed&state=succeeded&since=7d&kind=provisioning&q=contoso")) == {failed.pk}


def test_today_begins_at_midnight_in_utc(viewer: Client, row: CrossConnection):
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    change(row, "succeeded", asked_at=midnight - timedelta(seconds=1))
    today = change(row, "succeeded", asked_at=midnight)
    assert listed(viewer, "?since=today") == [today.pk]


def test_mine_are_those_that_i_asked_for(row: CrossConnection):
    me, somebody = person("Lotte", "Portal.Operator"), person("Piet", "Portal.Operator")
    mine, _ = change(row, "succeeded", by=me), change(row, "succeeded", by=somebody)
    assert listed(signed_in_as(me), "?person=me") == [mine.pk]


def test_a_set_can_be_seen_alone(viewer: Client, row: CrossConnection):
    several = ChangeSet.objects.create(asked_at=timezone.now())
    member, _ = change(row, "succeeded", change_set=several), change(row, "succeeded")
    assert listed(viewer, f"?set={several.pk}") == [member.pk]
    assert f"Only of set {several.pk}" in page(viewer, query=f"?set={several.pk}")


def test_a_word_that_means_nothing_narrows_nothing(viewer: Client, row: CrossConnection):
    one = change(row, "succeeded")
    assert listed(viewer, "?show=x&state=y&person=z&since=1y&kind=k&set=s&before=b") == [one.pk]


def test_the_page_asks_again_only_while_something_goes_on(viewer: Client, row: CrossConnection):
    change(row, "succeeded")
    assert 'hx-trigger="every' not in page(viewer)
    change(row, "running")
    assert 'hx-get="/changes/?show=running" hx-trigger="every 4s"' in page(viewer, query="?show=running")


def test_what_goes_on_is_counted(viewer: Client, row: CrossConnection):
    change(row, "running")
    held(cross_connection(row.subscription))
    segments = page(viewer).split('id="segments"')[1].split("</nav>")[0]
    assert "Running<span" in segments
    assert "Waiting for you<span" in segments
    assert "Failed<span" not in segments


def test_typing_renames_the_address_and_a_poll_does_not(viewer: Client, row: CrossConnection):
    change(row, "running")
    typed = viewer.get("/changes/?q=a&kind=", headers={"HX-Request": "true", "HX-Trigger": "filters"})
    assert typed.headers["HX-Replace-Url"] == "/changes/?q=a"
    assert "HX-Replace-Url" not in viewer.get("/changes/?q=a", headers={"HX-Request": "true"}).headers


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nothing was asked of Azure yet"),
        ("?q=nope", "No change matches “nope”"),
        ("?show=running", "Nothing is with Azure at the moment."),
        ("?show=waiting", "No change waits for a person's word."),
        ("?before=1", "Nothing older"),
    ],
)
def test_an_empty_list_says_why(viewer: Client, row: CrossConnection, query: str, words: str):
    assert words in page(viewer, query=query)


def test_only_what_is_within_reach_is_there(row: CrossConnection):
    somebody = person("Sam")
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Amsterdam")
    there = change(row, "succeeded")
    change(cross_connection(row.subscription, peering_location="Frankfurt", circuit_name="er-secret"), "running")
    browser = signed_in_as(somebody)
    shown = page(browser)
    assert titles(shown) == [there.pk]
    assert "er-secret" not in shown
    assert "Running<span" not in shown
    assert [one["id"] for one in browser.get("/changes.json").json()["results"]] == [there.pk]


@pytest.mark.parametrize("changes", [1, 30])
@pytest.mark.parametrize(("address", "queries"), [("/changes/", 5), ("/changes.json", 4)])
def test_the_number_of_queries_is_constant(
    viewer: Client, address: str, queries: int, changes: int, django_assert_num_queries: DjangoAssertNumQueries
):
    northlink = enlisted()
    for _ in range(changes):
        change(cross_connection(northlink), "running", by=person())
    with django_assert_num_queries(queries):  # session, person, roles; the changes, and on the page the sums
        viewer.get(address)


def test_the_twin_has_the_facts_under_their_names(viewer: Client, row: CrossConnection):
    one = change(row, "failed", error_code="Conflict", error_message="Azure holds …", by=person("Amina Yusuf"))
    [found] = viewer.get("/changes.json", {"state": "failed"}).json()["results"]
    assert found == viewer.get(f"/changes/{one.pk}.json").json()
    assert set(found) == {
        "id", "service_key", "kind", "state", "title", "asked", "opened", "before", "after", "differences", "warnings",
        "asked_by", "asked_at", "sent_at", "finished_at", "held_at", "not_after", "known_by", "request_id",
        "correlation_id", "error_code", "error_message", "set", "snapshot_before", "snapshot_after",
        "peering_type", "shared_key",
    }  # fmt: skip
    assert (found["id"], found["service_key"], found["state"], found["kind"]) == (one.pk, KEY, "failed", "provisioning")
    assert (found["title"], found["asked_by"], found["error_code"]) == ("Set Provisioned", "Amina Yusuf", "Conflict")
    assert found["asked_at"].endswith("Z")
    assert (found["before"], found["differences"], found["set"]) == (None, [], None)


def test_pages_of_the_twin_meet_every_change_once(viewer: Client, row: CrossConnection):
    made = [change(row, "succeeded").pk for _ in range(101)]
    change(row, "failed")
    met: list[int] = []
    address = "/changes.json?state=succeeded"
    while address:
        answer = viewer.get(address).json()
        met += [one["id"] for one in answer["results"]]
        address = answer["next"]
    assert met == made[::-1]


def test_what_is_not_there_has_no_document(viewer: Client):
    assert viewer.get("/changes/1.json").status_code == 404
