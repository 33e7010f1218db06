"""Somebody of Support at one peering location: lists, sums, searches, exports, JSON and addresses know of no other."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Attention, Catalogue, CrossConnection, Subscription
from portal.access.roles import Role
from tests.integration.pages.rows import cross_connection, enlisted, private_peering, sync_run
from tests.people import given, person, signed_in_as

pytestmark = pytest.mark.django_db

MINE, OTHER, ELSEWHERE = (f"{n}b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610" for n in (1, 2, 3))


@pytest.fixture
def northlink() -> Subscription:
    return enlisted("Northlink production")


@pytest.fixture
def estate(northlink: Subscription) -> CrossConnection:
    """One in Amsterdam; one in Frankfurt; one in Frankfurt of another subscription. Both others wait for somebody."""
    mine = cross_connection(northlink, MINE, circuit_name="er-mine", s_tag=11)
    other = cross_connection(northlink, OTHER, peering_location="Frankfurt", circuit_name="er-other", s_tag=22)
    other_too = cross_connection(
        enlisted("Northlink test"), ELSEWHERE, peering_location="Frankfurt", circuit_name="er-elsewhere", s_tag=33,
        bandwidth_mbps=10_000, provider_provisioning_state="NotProvisioned",
    )  # fmt: skip
    private_peering(other, vlan_id=222, primary_prefix="10.9.9.0/30")
    for row in (other, other_too):
        Attention.objects.create(cross_connection=row, kind="deleted", seen_at=timezone.now())
    return mine


@pytest.fixture
def support(estate: CrossConnection) -> Client:
    somebody = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Amsterdam")
    return signed_in_as(somebody)


def get(browser: Client, address: str, **headers: str) -> str:
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.getvalue().decode()


def without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_the_list_has_their_location_alone_and_its_sum_is_that_of_its_rows(support: Client):
    page = get(support, "/cross-connections/")
    assert MINE in page
    assert OTHER not in page
    assert "Frankfurt" not in page
    assert "1 cross connection in 1 location" in page


def test_the_filters_offer_and_count_only_what_they_may_see(support: Client):
    page = get(support, "/cross-connections/")
    assert "Northlink test" not in page
    assert "10 Gbps" not in page
    assert "Not provisioned" not in page


def test_nothing_waits_for_them_elsewhere(support: Client):
    assert "deleted by customer" not in get(support, "/cross-connections/")
    Attention.objects.create(
        cross_connection=CrossConnection.objects.get(service_key=MINE), kind="failed", seen_at=timezone.now()
    )
    page = get(support, "/cross-connections/")
    assert "1 failed" in page
    assert "deleted by customer" not in page


@pytest.mark.parametrize("q", [OTHER, "er-other", "22", "222", "10.9.9.1", "Frankfurt"])
def test_no_search_finds_what_is_elsewhere(support: Client, q: str):
    found = get(support, f"/cross-connections/?q={q}")
    assert f"/cross-connections/{OTHER}/" not in found
    assert "No cross connection matches" in found
    assert "<code>" not in get(support, f"/jump/?q={q}", **{"HX-Request": "true"})


def test_opening_by_name_leads_nowhere_else(support: Client):
    for q in (OTHER, "Frankfurt", "er-other"):
        answer = support.get("/cross-connections/", {"q": q, "open": "only"})
        assert answer.headers["Location"].startswith("/cross-connections/?q=")


def test_the_location_of_another_opens_no_rows(support: Client):
    assert "No cross connections in" in get(support, "/cross-connections/?location=Frankfurt")
    rows = get(support, "/cross-connections/rows/?location=Frankfurt", **{"HX-Request": "true"})
    assert OTHER not in rows


def test_the_export_has_their_rows_alone(support: Client):
    lines = list(csv.reader(io.StringIO(get(support, "/cross-connections/export.csv"))))
    assert [line[0] for line in lines[1:]] == [MINE]


def test_the_json_list_has_their_rows_alone(support: Client):
    answer = support.get("/cross-connections.json").json()
    assert [row["service_key"] for row in answer["results"]] == [MINE]


@pytest.mark.parametrize("address", ["/cross-connections/{}/", "/cross-connections/{}.json"])
def test_the_address_of_another_is_as_one_that_is_not_there(support: Client, address: str):
    missing = support.get(address.format("9b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"))
    other = support.get(address.format(OTHER))
    assert (missing.status_code, other.status_code) == (404, 404)
    assert without_token(missing.content) == without_token(other.content)


def test_nothing_is_done_to_another(support: Client):
    for address in (f"/cross-connections/{OTHER}/attention/", f"/cross-connections/{OTHER}/refresh/"):
        assert support.post(address, {"kind": "deleted"}).status_code == 404
    assert Attention.objects.filter(settled_at=None).count() == 2
    assert not CrossConnection.objects.exclude(wanted_at=None).exists()


def test_one_that_is_gone_elsewhere_is_not_told_of(support: Client):
    CrossConnection.objects.filter(service_key=OTHER).update(gone_at=timezone.now())
    assert "gone from Azure" not in get(support, "/cross-connections/?q=er-other")
    assert "er-other" not in get(support, "/jump/?q=er-oth", **{"HX-Request": "true"})


def test_a_sync_tells_them_nothing_of_the_rest_of_a_subscription(support: Client, northlink: Subscription):
    sync_run(northlink, "running", location="Frankfurt", pages=5, to_read=40, read=17)
    state = get(support, "/cross-connections/sync/state/", **{"HX-Request": "true"})
    assert "Syncing Northlink production" in state
    assert "Frankfurt" not in state
    assert " of " not in state


def test_a_failed_sync_keeps_azures_words_from_who_sees_a_part(support: Client, northlink: Subscription):
    sync_run(northlink, "failed", error_code="AuthorizationFailed", error_message="on resourceGroups/Frankfurt")
    page = get(support, "/cross-connections/")
    assert "Northlink production could not be synced" in page
    assert "resourceGroups/Frankfurt" not in page


def test_a_subscription_of_which_they_see_nothing_is_no_subscription_of_theirs(support: Client):
    sync_run(Subscription.objects.get(label="Northlink test"), "failed", error_code="SubscriptionNotFound")
    assert "Northlink test" not in get(support, "/cross-connections/")
    assert "Northlink test" not in get(support, "/communities/")


def test_route_filters_are_for_who_sees_the_whole_of_a_subscription(support: Client, northlink: Subscription):
    Catalogue.objects.create(
        subscription=northlink, kind="route-filters", read_at=timezone.now(),
        entries=[{"name": "rf-other", "provisioning_state": "Succeeded", "rules": [], "peerings": []}],
    )  # fmt: skip
    assert "rf-other" not in get(support, "/communities/")


def test_a_person_whose_location_is_empty_is_told_so(estate: CrossConnection):
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Chicago")
    page = get(signed_in_as(somebody), "/cross-connections/")
    assert "No cross connection is where your role holds" in page
    assert "Chicago" in page
    assert "enlist" not in page


def test_a_role_at_a_subscription_shows_all_of_it_and_nothing_else(estate: CrossConnection, northlink: Subscription):
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="subscription", where=str(northlink.subscription_id), name=northlink.label)
    rows = signed_in_as(somebody).get("/cross-connections.json").json()["results"]
    assert [row["service_key"] for row in rows] == [MINE, OTHER]


def test_two_roles_add_up(estate: CrossConnection):
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="peering-location", where="FRANKFURT")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="amsterdam")
    browser = signed_in_as(somebody)
    assert len(browser.get("/cross-connections.json").json()["results"]) == 3
    assert browser.post(f"/cross-connections/{MINE}/attention/", {"kind": "deleted"}).status_code == 303
    refused = browser.post(f"/cross-connections/{OTHER}/attention/", {"kind": "deleted"})
    assert refused.status_code == 403
    assert "Support" in refused.content.decode()
    assert not Attention.objects.exclude(settled_at=None).exists()


def test_the_page_of_one_offers_only_what_the_role_there_allows(estate: CrossConnection):
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Frankfurt")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Amsterdam")
    page = get(signed_in_as(somebody), f"/cross-connections/{OTHER}/")
    assert "Somebody with the role Support can then say here" in page
    assert 'name="kind"' not in page


def test_their_page_of_communities_asks_for_what_is_old_once(support: Client, northlink: Subscription):
    asks = 'hx-trigger="submit, load"'
    assert asks in get(support, "/communities/")
    answer = support.post("/communities/read/", headers={"HX-Request": "true"})
    assert asks not in answer.content.decode()
    Catalogue.objects.update(read_at=timezone.now(), wanted_at=None)
    assert asks not in get(support, "/communities/")
    answer = support.post("/communities/read/", headers={"HX-Request": "true"})
    assert asks not in answer.content.decode()


def test_a_role_at_a_location_that_is_called_none_covers_none_that_has_no_name(northlink: Subscription):
    cross_connection(northlink, MINE, peering_location="")
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="peering-location", where="none")
    assert signed_in_as(somebody).get("/cross-connections.json").json()["results"] == []
