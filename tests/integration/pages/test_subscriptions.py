"""The administrator's pages of subscriptions: what is typed stays, and nothing is saved unchecked."""

import html
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Catalogue, CrossConnection, Readiness, Subscription
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result
from tests.integration.pages.changes import held
from tests.integration.pages.rows import cross_connection, enlisted

ADDRESS = "/settings/subscriptions/"
NEW = uuid.UUID("0a1b2c3d-1111-4222-8333-444455556666")
TYPED = {"subscription_id": str(NEW), "label": "NL production", "kind": "production"}


@pytest.fixture
def administrator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Administrator")


def at(key: object) -> str:
    return f"{ADDRESS}{key}/"


def shown(browser: Client, address: str = ADDRESS) -> str:
    answered = browser.get(address)
    assert answered.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answered.content.decode()))


def passed(*others: Result) -> list[dict[str, object]]:
    """The results of a check of everything, each of which passes but those that came to something else."""
    results = {one: Result(one, Level.PASS, "enabled") for one in OF_A_SUBSCRIPTION}
    return [one.as_json() for one in (results | {one.check: one for one in others}).values()]


def proposed(browser: Client, *others: Result) -> Readiness:
    """Typed, and checked to the end."""
    browser.post(ADDRESS, TYPED)
    Readiness.objects.update(results=passed(*others), checked_at=timezone.now(), wanted_at=None)
    return Readiness.objects.get()


def test_the_page_explains_the_three_subscriptions_and_whom_to_ask(administrator: Client):
    page = shown(administrator)
    assert "ask your ExpressRoute engineering contact at Microsoft to set it" in page
    assert "never enlisted" in page
    assert "EUAP Test" in page


def test_each_is_listed_with_its_state_and_what_fails(administrator: Client):
    subscription = enlisted("NL production")
    cross_connection(subscription)
    Readiness.objects.create(cloud=subscription.cloud, subscription_id=subscription.subscription_id, failed=2)
    page = shown(administrator)
    assert f'<a href="{at(subscription.subscription_id)}"><bdi>NL production</bdi></a>' in page
    assert "2 checks fail" in page
    assert '<td class="num">1 <span class="head-on-narrow">cross connection</span></td>' in page


def test_what_was_enlisted_in_another_cloud_is_told_and_left_alone(administrator: Client):
    Subscription.objects.create(cloud="AzureUSGovernment", subscription_id=NEW, label="Gov")
    page = shown(administrator)
    assert "1 subscription of AzureUSGovernment is kept" in page
    assert administrator.get(at(NEW)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"subscription_id": "nonsense"}, "A subscription id is a GUID"),
        ({"subscription_id": ""}, "Type the id of the subscription."),
        ({"label": "   "}, "Say what your teams call it."),
        ({"label": "\u202e"}, "Say what your teams call it."),
        ({"label": "x" * 81}, "A label has at most 80 characters."),
        ({"label": "TAKEN"}, "Another subscription is already called 'TAKEN'"),
        ({"kind": "customer"}, "a customer's subscription is never enlisted"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(administrator: Client, typed: dict[str, str], sentence: str):
    enlisted("taken")
    answered = administrator.post(ADDRESS, TYPED | typed)
    page = html.unescape(answered.content.decode())
    assert answered.status_code == 422
    assert sentence in page
    for name in ("subscription_id", "label"):
        value = (TYPED | typed)[name]
        assert not value.strip() or f'value="{value}"' in page
    assert not Readiness.objects.exists()


def test_one_that_is_enlisted_is_named(administrator: Client):
    key = enlisted("NL production").subscription_id
    answered = administrator.post(ADDRESS, TYPED | {"subscription_id": str(key).upper(), "label": "other"})
    assert answered.status_code == 422
    assert "It is enlisted already, as NL production." in html.unescape(answered.content.decode())


def test_what_is_typed_is_checked_and_then_enlisted_by_a_press(administrator: Client):
    answered = administrator.post(ADDRESS, TYPED)
    assert (answered.status_code, answered["Location"]) == (303, at(NEW))
    assert "Some seconds, and you can enlist it." in shown(administrator, at(NEW))
    assert not Subscription.objects.exists()
    proposed(administrator)
    assert "It can be enlisted" in shown(administrator, at(NEW))
    shown_there = {"do": "enlist", "label": TYPED["label"], "kind": TYPED["kind"]}
    assert administrator.post(at(NEW), {"do": "enlist", "label": "other", "kind": "test"}).status_code == 422
    assert administrator.post(at(NEW), shown_there).status_code == 303
    assert Subscription.objects.get().label == "NL production"


def test_a_press_before_the_checks_have_ended_saves_nothing(administrator: Client):
    administrator.post(ADDRESS, TYPED)
    answered = administrator.post(at(NEW), {"do": "enlist"})
    assert answered.status_code == 422
    assert "The checks have not ended yet." in answered.content.decode()
    assert not Subscription.objects.exists()


def test_what_failed_keeps_it_from_being_enlisted_and_is_told(administrator: Client):
    proposed(administrator, Result(Check.ENROLMENT, Level.FAIL, "not-enrolled"))
    page = shown(administrator, at(NEW))
    assert "It cannot be enlisted yet" in page
    assert "it is a customer's subscription" in page
    assert 'value="enlist"' not in page


def test_what_nobody_wants_any_more_is_gone_from_the_page(administrator: Client):
    proposed(administrator)
    assert "About to be enlisted" in shown(administrator)
    assert administrator.post(at(NEW), {"do": "withdraw"})["Location"] == ADDRESS
    assert "About to be enlisted" not in shown(administrator)
    assert administrator.get(at(NEW)).status_code == 404


def test_label_and_kind_are_changed_on_its_page(administrator: Client):
    key = enlisted("old").subscription_id
    assert administrator.post(at(key), {"do": "rename", "label": "new", "kind": "test"}).status_code == 303
    assert list(Subscription.objects.values_list("label", "kind")) == [("new", "test")]
    answered = administrator.post(at(key), {"do": "rename", "label": "", "kind": "test"})
    assert answered.status_code == 422
    assert "Say what your teams call it." in answered.content.decode()


def test_pausing_resuming_and_retiring_are_a_press_each(administrator: Client):
    subscription = enlisted("NL production")
    for word, state in (("pause", "paused"), ("resume", "active"), ("retire", "retired")):
        assert administrator.post(at(subscription.subscription_id), {"do": word}).status_code == 303
        subscription.refresh_from_db()
        assert subscription.state == state
    again = administrator.post(at(subscription.subscription_id), {"do": "retire"})
    assert again.status_code == 422
    assert "It was retired already." in again.content.decode()


def test_one_that_was_retired_offers_no_registration(administrator: Client):
    subscription = enlisted("NL production")
    failed = Result(Check.REGISTRATION, Level.FAIL, "not-registered", {"state": "NotRegistered"})
    Readiness.objects.create(
        cloud=subscription.cloud, subscription_id=subscription.subscription_id, results=[failed.as_json()]
    )
    assert "Register Microsoft.Network</button>" in shown(administrator, at(subscription.subscription_id))
    Subscription.objects.update(state=Subscription.State.RETIRED)
    assert "Register Microsoft.Network</button>" not in shown(administrator, at(subscription.subscription_id))


def test_a_change_that_is_open_keeps_it_from_being_retired(administrator: Client):
    row = cross_connection(enlisted("NL production"))
    held(row)
    page = shown(administrator, at(row.subscription.subscription_id))
    assert 'aria-disabled="true" aria-describedby="why-not"' in page
    assert '<p id="why-not">1 change is not over yet.' in page
    assert administrator.post(at(row.subscription.subscription_id), {"do": "retire"}).status_code == 422


@pytest.mark.parametrize("do", ["", "nonsense", "enlist", "withdraw"])
def test_a_press_that_means_nothing_is_a_bad_request(administrator: Client, do: str):
    key = enlisted("NL production").subscription_id
    assert administrator.post(at(key), {"do": do}).status_code == 400


def paused_row() -> CrossConnection:
    row = cross_connection(enlisted("NL production"))
    Subscription.objects.update(state=Subscription.State.PAUSED)
    return row


def test_the_list_and_the_page_of_a_cross_connection_say_that_it_is_paused(administrator: Client):
    row = paused_row()
    assert "NL production is paused: nothing is asked of Azure about it" in shown(administrator, "/cross-connections/")
    page = shown(administrator, f"/cross-connections/{row.service_key}/")
    assert "What stands here is from before." in page
    assert "Read now" not in page
    assert "Read tables now" not in page


@pytest.mark.parametrize(("address", "kind"), [("/communities/", "communities"), ("/ports/", "port-pairs")])
def test_the_lists_that_were_read_of_it_say_so_and_leave_it_out_of_their_age(
    administrator: Client, address: str, kind: str
):
    now = timezone.now()
    for subscription, age in ((paused_row().subscription, timedelta(days=9)), (enlisted("EU production"), timedelta())):
        Catalogue.objects.create(subscription=subscription, kind=kind, read_at=now - age, entries=[])
    page = shown(administrator, address)
    Catalogue.objects.all().delete()
    assert "NL production is paused" in shown(administrator, address)
    assert page.count("A subscription is paused.") == 1
    assert "NL production is paused: nothing is asked of Azure about it" in page
    assert "9 d ago" not in page


def test_lists_of_the_others_that_were_never_read_are_asked_for_by_the_page(administrator: Client):
    Catalogue.objects.create(
        subscription=paused_row().subscription, kind="port-pairs", read_at=timezone.now() - timedelta(days=9)
    )
    enlisted("EU production")
    page = shown(administrator, "/ports/")
    assert "Not read from Azure yet" in page
    assert "submit, load" in page


def test_its_forms_say_so_and_take_nothing(administrator: Client):
    row = paused_row()
    answered = administrator.get(f"/cross-connections/{row.service_key}/provisioning/")
    assert "NL production is paused" in html.unescape(answered.content.decode())
    tables = administrator.post(f"/cross-connections/{row.service_key}/troubleshooting/")
    assert tables.status_code == 409


def test_the_page_of_a_retired_ones_cross_connection_stays(administrator: Client):
    row = cross_connection(enlisted("NL production"))
    Subscription.objects.update(state=Subscription.State.RETIRED)
    assert row.service_key not in shown(administrator, "/cross-connections/")
    assert "was retired from this portal" in shown(administrator, f"/cross-connections/{row.service_key}/")


def test_who_is_no_administrator_everywhere_sees_none_of_it(signed_in: Callable[..., Client]):
    assert signed_in("Portal.Operator").get(ADDRESS).status_code == 403


def test_a_page_that_is_polled_gets_nothing_that_it_has_seen(administrator: Client):
    row = proposed(administrator)
    [seen] = re.findall(r"/state/\?seen=(\w+)", shown(administrator, at(NEW)))
    state = f"{at(NEW)}state/?seen={seen}"
    assert administrator.get(state, headers={"HX-Request": "true"}).status_code == 204
    row.results = passed(Result(Check.PORT_PAIRS, Level.WARN, "no-feature"))
    row.save()
    assert administrator.get(f"{at(NEW)}state/?seen=other", headers={"HX-Request": "true"}).status_code == 200
    assert administrator.get(state)["Location"] == at(NEW)
    assert Check.PORT_PAIRS in {Check(one["check"]) for one in row.results}
