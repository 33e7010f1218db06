"""The page of a set: how many are where, a line for each, what was left out, and what can be done."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import Change, ChangeSet, CrossConnection, Subscription
from crossconnections.services.changes import sets
from portal.access.roles import Role
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.integration.domain.setting import reviewed
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import given, person, signed_in_as

pytestmark = pytest.mark.django_db

OTHER = "a4c123b1-612d-4272-8137-1c17149d4395"
MISSING = "b4c123b1-612d-4272-8137-1c17149d4395"
State = Change.State


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.fixture
def northlink() -> Subscription:
    return enlisted()


@pytest.fixture
def change_set(operator: Client, northlink: Subscription) -> ChangeSet:
    """One in Amsterdam and one in Frankfurt, and two lines that are neither."""
    rows = [
        cross_connection(northlink, key, peering_location=where, provider_provisioning_state="NotProvisioned")
        for key, where in ((KEY, "Amsterdam"), (OTHER, "Frankfurt"))
    ]
    lotte = User.objects.get()
    draft = reviewed(lotte, *rows, MISSING, "xyz", provider_notes="Cage 14.")
    return sets.apply(draft=draft, by=Actor(WEB, lotte.name, lotte))


def address(of: ChangeSet) -> str:
    return f"/changes/sets/{of.pk}/"


def page(browser: Client, of: ChangeSet, query: str = "", **headers: str) -> str:
    answer = browser.get(address(of) + query, headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def lines(shown: str) -> list[str]:
    body = shown.partition('id="progress"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    told = (re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", one)).strip() for one in body.split("</tr>")[:-1])
    return [re.sub(r" , change \d+", "", one) for one in told]  # of the link's name, which is read aloud


def ended(of: ChangeSet, key: str, state: str, **values: Any) -> None:
    of.changes.filter(cross_connection__service_key=key).update(state=state, finished_at=timezone.now(), **values)


def test_it_says_who_asked_for_what_and_how_far_it_is(operator: Client, change_set: ChangeSet):
    ended(change_set, KEY, State.SUCCEEDED)
    shown = page(operator, change_set)
    assert "<h1>Set Provisioned, note to customer</h1>" in shown
    assert "asked for by Lotte de Vries" in shown
    assert "<h2>1 of 2 ended</h2>" in shown
    assert '<progress class="line" value="1" max="2"' in shown
    assert re.findall(r"1 (succeeded|waiting)<", shown) == ["succeeded", "waiting"]
    assert [re.sub(r" \d\d:\d\d UTC$", "", line) for line in lines(shown)] == [
        f"{KEY} er-contoso-prod-ams Amsterdam Succeeded",
        f"{OTHER} er-contoso-prod-ams Frankfurt Waiting",
    ]


def test_what_was_left_out_is_told_with_its_reason(operator: Client, change_set: ChangeSet):
    shown = page(operator, change_set).partition(">Left out</h2>")[2]
    for words in (MISSING, "is known where your role holds.", "<code>xyz</code>", "It is no service key."):
        assert words in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": State.RUNNING}, "Running"),
        ({"state": State.QUEUED, "held_at": timezone.now()}, "Waits for a word"),
        ({"state": State.CANCELED}, "Canceled"),
        ({"state": State.FAILED, "error_code": "Conflict"}, "Failed Azure held something else by then"),
        ({"state": State.FAILED, "error_code": "CannotChangeStateNow"}, "Failed Azure says CannotChangeStateNow"),
        ({"state": State.QUEUED, "error_code": "NotConnected"}, "Waiting Azure could not be reached."),
        ({"state": State.UNKNOWN, "error_code": "Unclear"}, "Unknown Nobody knows whether it took"),
    ],
)
def test_each_line_says_where_its_change_stands(
    operator: Client, change_set: ChangeSet, values: dict[str, Any], words: str
):
    change_set.changes.filter(cross_connection__service_key=KEY).update(**values)
    assert words in lines(page(operator, change_set))[0]


def test_it_asks_anew_until_all_have_ended(operator: Client, change_set: ChangeSet):
    shown = page(operator, change_set)
    (poll,) = re.findall(r'hx-get="([^"]+)" hx-trigger="every 3s"', shown)
    assert operator.get(poll, headers={"HX-Request": "true"}).status_code == 204
    ended(change_set, KEY, State.SUCCEEDED)
    assert "1 of 2 ended" in page(operator, change_set, "?" + poll.partition("?")[2], **{"HX-Request": "true"})
    ended(change_set, OTHER, State.FAILED)
    news = page(operator, change_set, "?seen=", **{"HX-Request": "true"})
    assert "every 3s" not in news
    assert '<p id="said" hx-swap-oob="innerHTML">2 of 2 ended</p>' in news
    assert "<h1>" not in news


def test_what_waits_is_canceled_by_one_press(operator: Client, change_set: ChangeSet):
    Change.objects.filter(cross_connection__service_key=KEY).update(state=State.RUNNING)
    assert "Cancel what waits" in page(operator, change_set)
    answer = operator.post(f"{address(change_set)}cancel/")
    assert (answer.status_code, answer.headers["Location"]) == (303, address(change_set))
    assert [one.state for one in change_set.changes.order_by("pk")] == [State.RUNNING, State.CANCELED]
    assert "Cancel what waits" not in page(operator, change_set)


def test_what_waits_for_a_word_is_sent_by_one_press(operator: Client, change_set: ChangeSet):
    assert "They still hold" not in page(operator, change_set)
    change_set.changes.update(held_at=timezone.now())
    assert "2 of them could not be sent in time" in page(operator, change_set)
    assert "They still hold: send them</button>" in page(operator, change_set)
    answer = operator.post(f"{address(change_set)}confirm/")
    assert (answer.status_code, answer.headers["Location"]) == (303, address(change_set))
    assert not change_set.changes.exclude(held_at=None).exists()


def test_the_failed_ones_fill_a_new_form_with_what_was_asked_for(operator: Client, change_set: ChangeSet):
    ended(change_set, KEY, State.SUCCEEDED)
    assert "Try the failed ones again" not in page(operator, change_set)
    ended(change_set, OTHER, State.FAILED)
    shown = page(operator, change_set)
    form = shown.partition('action="/changes/several/"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(service_key|provider_\w+)" value="([^"]*)"', form))
    assert fields == {
        "service_key": OTHER,
        "provider_provisioning_state": "Provisioned",
        "provider_notes": "Cage 14.",
    }
    filled = operator.post("/changes/several/", fields).content.decode()
    assert '<option value="Provisioned" selected>' in filled
    assert f"{OTHER}</textarea>" in filled
    assert "Cage 14.</textarea>" in filled


def test_others_see_the_lines_within_their_reach_alone(change_set: ChangeSet):
    there = person("Jonas")
    given(Role.VIEWER, to=there, kind="peering-location", where="Frankfurt")
    shown = page(signed_in_as(there), change_set)
    assert [line.partition(" ")[0] for line in lines(shown)] == [OTHER]
    assert "0 of 1 ended" in shown
    for secret in (KEY, "Amsterdam", MISSING, "xyz", "Cancel what waits", "Try the failed"):
        assert secret not in shown.partition("<main")[2]


def test_others_see_of_what_was_left_out_what_they_see_anyway(northlink: Subscription, operator: Client):
    done = cross_connection(northlink, KEY)
    fresh = cross_connection(northlink, OTHER, provider_provisioning_state="NotProvisioned")
    lotte = User.objects.get()
    made = sets.apply(draft=reviewed(lotte, done, fresh, MISSING), by=Actor(WEB, lotte.name, lotte))
    shown = page(signed_in_as(person("Sam", "Portal.Viewer")), made)
    assert "It is so already." in shown
    assert MISSING not in shown


def test_whoever_sees_nothing_of_it_learns_of_no_set(change_set: ChangeSet):
    there = person("Jonas")
    given(Role.ADMINISTRATOR, to=there, kind="peering-location", where="Chicago")
    browser = signed_in_as(there)
    assert browser.get(address(change_set)).status_code == 404
    assert browser.post(f"{address(change_set)}cancel/").status_code == 404
    assert set(change_set.changes.values_list("state", flat=True)) == {State.QUEUED}
    assert browser.get("/changes/sets/999999/").status_code == 404


def test_a_viewer_sees_it_and_can_do_nothing(change_set: ChangeSet):
    viewer = signed_in_as(person("Amara", "Portal.Viewer"))
    assert "Cancel what waits" not in page(viewer, change_set)
    assert viewer.post(f"{address(change_set)}cancel/").status_code == 403


def test_a_long_set_takes_no_more_queries_than_a_short_one(
    operator: Client,
    northlink: Subscription,
    change_set: ChangeSet,
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    for number in range(60):
        row = cross_connection(northlink, circuit_name=f"er-{number}", provider_provisioning_state="NotProvisioned")
        twin = change_set.changes.first()
        assert twin is not None
        twin.pk, twin.cross_connection = None, row
        twin.save(force_insert=True)
    with django_assert_max_num_queries(12):
        assert len(lines(page(operator, change_set))) == 62
    assert CrossConnection.objects.count() == 62
