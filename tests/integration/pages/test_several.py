"""Several at once: the form, the review with a line for each service key, and applying it."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Change, ChangeSet, CrossConnection, Draft, Subscription
from crossconnections.services.changes.sets import MOST_IN_A_SET
from portal.access.roles import Role
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import given, person, signed_in_as

pytestmark = pytest.mark.django_db

FORM = "/changes/several/"
OTHER = "a4c123b1-612d-4272-8137-1c17149d4395"


@pytest.fixture
def northlink() -> Subscription:
    return enlisted()


@pytest.fixture
def row(northlink: Subscription) -> CrossConnection:
    return cross_connection(northlink, KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content.decode())))


def begun(browser: Client, *keys: str, **fields: str) -> str:
    """The address of the review that the form led to."""
    typed = {"service_keys": "\n".join(keys), "provider_provisioning_state": "Provisioned"} | fields
    answer = browser.post(FORM, typed)
    assert answer.status_code == 303, words(answer.content)
    return str(answer.headers["Location"])


def applied(browser: Client, address: str) -> Any:
    return browser.post(address, {"draft": address.split("/")[-2], "apply": "1"})


def lines(browser: Client, address: str, heading: str) -> list[str]:
    """The lines below a heading, cell by cell, without marks."""
    _, _, part = browser.get(address).content.decode().partition(f">{heading}</h2>")
    body = part.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", one))).strip() for one in body.split("</tr>")[:-1]]


def test_the_form_offers_no_state_that_ends_a_service_and_says_why(operator: Client):
    shown = operator.get(FORM).content.decode()
    assert re.findall(r'<option value="(\w+)"', shown) == ["Provisioning", "Provisioned"]
    assert "out of service are set one at a time" in shown


def test_a_valid_form_leads_to_its_review(operator: Client, row: CrossConnection):
    address = begun(operator, KEY, provider_notes="Cage 14.")
    shown = words(operator.get(address).content)
    assert "Set Provisioned, note to customer" in shown
    assert "1 will be changed." in shown
    assert "Note to customer, the same for all of them Cage 14." in shown
    assert lines(operator, address, "Will be changed") == [
        f"{KEY} er-contoso-prod-ams Amsterdam Not provisioned Provisioned"
    ]
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"service_keys": ""}, "Paste at least one service key."),
        ({"service_keys": "Call me back"}, "There is no service key in it."),
        ({"provider_provisioning_state": ""}, "Choose the state that all of them are to have."),
        ({"provider_provisioning_state": "NotProvisioned"}, "not one of the available choices"),
        (
            {"service_keys": "\n".join(f"{n:08}-1111-4111-8111-111111111111" for n in range(MOST_IN_A_SET + 1))},
            "At most 200 at once; these are 201.",
        ),
        ({"service_keys": "\n".join([KEY, *(f"word{n}" for n in range(201))])}, "Of these lines, 201 are no service"),
    ],
)
def test_an_invalid_form_says_why_and_keeps_what_was_typed(operator: Client, fields: dict[str, str], sentence: str):
    typed = {"service_keys": KEY, "provider_provisioning_state": "Provisioned", "provider_notes": "A <b>note</b>."}
    answer = operator.post(FORM, typed | fields)
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert sentence in shown
    for value in (typed | fields | {"provider_provisioning_state": ""}).values():
        assert value in shown
    assert not Draft.objects.exists()


def test_as_many_as_are_allowed_at_once_are_taken(operator: Client):
    keys = [f"{n:08}-1111-4111-8111-111111111111" for n in range(MOST_IN_A_SET)]
    assert len(lines(operator, begun(operator, *keys), "Left out")) == MOST_IN_A_SET


def test_the_ticked_rows_of_the_list_fill_the_form_and_no_others(operator: Client, row: CrossConnection):
    answer = operator.post(FORM, {"service_key": [KEY, OTHER, KEY]})
    assert answer.status_code == 200
    assert f">\n{KEY}\n{OTHER}</textarea>" in answer.content.decode()
    assert not Draft.objects.exists()


def test_each_line_says_what_would_happen_or_why_not(operator: Client, northlink: Subscription, row: CrossConnection):
    done = cross_connection(northlink, OTHER)
    applied(operator, begun(operator, KEY))
    address = begun(operator, KEY, done.service_key, "b" * 8 + OTHER[8:], "xyz")
    busy = f"Change {Change.objects.get().pk} is not over yet, and Azure takes one after another. Look at it"
    assert [line.partition(" ")[2] for line in lines(operator, address, "Left out")] == [
        f"er-contoso-prod-ams Amsterdam Not provisioned {busy}",
        "er-contoso-prod-ams Amsterdam Provisioned It is so already.",
        "No cross connection of this service key is known where your role holds.",
        "It is no service key.",
    ]
    shown = operator.get(address).content.decode()
    assert "None of them can be changed." in shown
    assert 'name="apply"' not in shown


def test_a_note_that_would_be_replaced_is_shown(operator: Client, northlink: Subscription):
    cross_connection(northlink, KEY, provider_notes="Cage 12.")
    (line,) = lines(operator, begun(operator, KEY, provider_notes="Cage 14."), "Will be changed")
    assert line.endswith("Provisioned The note alone replaces the note “Cage 12.”")


def test_applying_leads_to_the_progress_and_so_does_a_second_press(operator: Client, row: CrossConnection):
    address = begun(operator, KEY)
    first, second = applied(operator, address), applied(operator, address)
    change_set = ChangeSet.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/changes/sets/{change_set.pk}/"
    assert operator.get(address).headers["Location"] == first.headers["Location"]
    assert [change.asked for change in change_set.changes.all()] == [{"provider_provisioning_state": "Provisioned"}]


def test_the_way_back_from_the_review_leads_to_the_form_as_it_was(operator: Client, row: CrossConnection):
    address = begun(operator, KEY, "xyz", provider_notes="Cage 14.")
    (back,) = re.findall(r'href="(/changes/several/[?][^"]+)">Back<', operator.get(address).content.decode())
    shown = operator.get(back).content.decode()
    for words_of_it in (f"{KEY}\nxyz</textarea>", '<option value="Provisioned" selected>', "Cage 14.</textarea>"):
        assert words_of_it in shown
    assert KEY not in signed_in_as(person("Mateo", "Portal.Operator")).get(back).content.decode()
    assert operator.get(f"{FORM}?draft=nonsense").status_code == 200


def test_the_activity_tells_of_the_set_and_of_each_of_its_changes(operator: Client, row: CrossConnection):
    applied(operator, begun(operator, KEY))
    change = Change.objects.get()
    shown = words(operator.get("/activity/").content)
    assert f"Asked for set {change.change_set_id} with 1 in it: Set Provisioned" in shown
    assert f"Asked for change {change.pk}: Set Provisioned" in shown


def test_the_form_of_the_review_holds_the_draft_alone(operator: Client, row: CrossConnection):
    address = begun(operator, KEY, provider_notes="Cage 14.")
    form = operator.get(address).content.decode().partition('<form class="go"')[2].partition("</form>")[0]
    assert re.findall(r'name="(\w+)"', form) == ["csrfmiddlewaretoken", "draft", "apply"]


def test_a_form_of_another_review_is_not_taken(operator: Client, row: CrossConnection):
    address, other = begun(operator, KEY), begun(operator, OTHER)
    assert operator.post(address, {"draft": other.split("/")[-2]}).status_code == 400
    assert operator.post(address, {"apply": "1"}).status_code == 400
    assert not ChangeSet.objects.exists()


def test_what_moved_on_since_the_review_is_left_out_and_told(
    operator: Client, northlink: Subscription, row: CrossConnection
):
    cross_connection(northlink, OTHER, provider_provisioning_state="Provisioning")
    address = begun(operator, KEY, OTHER)
    CrossConnection.objects.filter(service_key=KEY).update(provider_provisioning_state="Provisioning")
    answer = applied(operator, address)
    assert lines(operator, answer.headers["Location"], "Left out") == [
        f"{KEY} It is Provisioning by now, and was NotProvisioned at the review."
    ]
    assert Change.objects.get().cross_connection.service_key == OTHER


def test_where_nothing_can_be_changed_any_more_the_review_says_so(operator: Client, row: CrossConnection):
    address = begun(operator, KEY)
    CrossConnection.objects.update(gone_at=timezone.now())
    answer = applied(operator, address)
    assert answer.status_code == 409
    assert "None of them can be changed any more, so nothing was sent." in words(answer.content)
    assert not ChangeSet.objects.exists()


def test_a_review_is_its_persons_own_and_ends(operator: Client, row: CrossConnection):
    address = begun(operator, KEY)
    other = signed_in_as(person("Mateo", "Portal.Operator"))
    for browser in (other, operator):
        if browser is operator:
            Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        for answer in (browser.get(address), applied(browser, address)):
            assert answer.status_code == 404
            assert "This review is over Nothing was sent." in words(answer.content)
    assert not ChangeSet.objects.exists()


def test_the_set_of_somebody_elses_review_is_not_told_by_its_address(operator: Client, row: CrossConnection):
    address = begun(operator, KEY)
    applied(operator, address)
    assert signed_in_as(person("Mateo", "Portal.Operator")).get(address).status_code == 404


def test_a_draft_of_one_is_no_review_of_several(operator: Client, row: CrossConnection):
    address = begun(operator, KEY)
    Draft.objects.update(cross_connection=row)
    assert operator.get(address).status_code == 404


def test_out_of_reach_and_not_there_read_alike(northlink: Subscription, row: CrossConnection):
    cross_connection(northlink, OTHER, peering_location="Frankfurt", circuit_name="er-secret")
    there = person("Jonas")
    given(Role.OPERATOR, to=there, kind="peering-location", where="Amsterdam")
    browser = signed_in_as(there)
    address = begun(browser, KEY, OTHER, "b" * 8 + OTHER[8:])
    known, missing = lines(browser, address, "Left out")
    assert known.partition(" ")[2] == missing.partition(" ")[2]
    assert "er-secret" not in browser.get(address).content.decode()


def test_where_the_role_is_too_low_the_line_says_so(northlink: Subscription, row: CrossConnection):
    there = person("Jonas")
    given(Role.OPERATOR, to=there, kind="peering-location", where="Frankfurt")
    given(Role.VIEWER, to=there, kind="peering-location", where="Amsterdam")
    browser = signed_in_as(there)
    (line,) = lines(browser, begun(browser, KEY), "Left out")
    assert line.endswith("To change it takes the role Operator there.")


def test_support_is_not_let_in(support: Client, row: CrossConnection):
    assert support.get(FORM).status_code == 403
    assert support.post(FORM, {"service_keys": KEY, "provider_provisioning_state": "Provisioned"}).status_code == 403


def test_hostile_words_are_escaped(operator: Client, northlink: Subscription):
    evil = "<script>alert(1)</script>"
    cross_connection(northlink, KEY, circuit_name=evil, provider_notes=evil, peering_location=evil)
    address = begun(operator, KEY, "<script>x</script>", provider_notes=f"{evil}!")
    shown = operator.get(address).content.decode()
    assert "<script>alert" not in shown
    assert "<script>x" not in shown


def test_how_long_it_takes_is_told_by_those_before(operator: Client, northlink: Subscription, row: CrossConnection):
    address = begun(operator, KEY)
    assert "by what the latest ones took" not in words(operator.get(address).content)
    now = timezone.now()
    for _ in range(5):
        Change.objects.create(
            cross_connection=cross_connection(northlink),
            kind="provisioning",
            state="succeeded",
            known_by="operation",
            asked_at=now,
            sent_at=now - timedelta(seconds=90),
            finished_at=now,
            **dict.fromkeys(("due_at", "hurried_at", "give_up_at", "not_after"), now),
        )
    assert "which takes about 1 min by what the latest ones took" in words(operator.get(address).content)
