"""The page of readiness: each check with what mends it, who sees which subscription, and what it does meanwhile."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from crossconnections.models import Readiness, Subscription
from crossconnections.readiness.checks import Check, Level, Result
from portal.access.roles import Role
from portal.activity.checking import check_the_chain
from portal.health.models import LifeSign
from tests.integration.pages.rows import cross_connection, enlisted, sync_run
from tests.people import given, person, signed_in_as

ADDRESS = "/readiness/"
WRITE = "Microsoft.Network/expressRouteCrossConnections/write"
LACKING = Result(
    Check.PERMISSIONS, Level.FAIL, "vital", {"missing": [{"action": WRITE, "what_for": "to provision circuits"}]}
)
UNREGISTERED = Result(Check.REGISTRATION, Level.FAIL, "not-registered", {"state": "NotRegistered"})


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.fixture
def administrator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Administrator")


def checked(subscription: Subscription, *results: Result, **values: object) -> Readiness:
    """Its checks, made a minute ago."""
    return Readiness.objects.create(
        cloud=subscription.cloud,
        subscription_id=subscription.subscription_id,
        results=[one.as_json() for one in results],
        checked_at=timezone.now() - timedelta(minutes=1),
        **values,
    )


def page(browser: Client, **headers: str) -> str:
    answered = browser.get(ADDRESS, headers=headers)
    assert answered.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answered.content.decode()))


def test_a_failing_check_says_what_is_missing_and_gives_the_command_and_the_role(operator: Client, settings: Settings):
    subscription = enlisted()
    checked(subscription, LACKING)
    shown = page(operator)
    assert "fails: </span>Permissions are missing</h3>" in shown
    assert f"<code>{WRITE}</code> to provision circuits" in shown
    command = (
        f'az role assignment create --assignee {settings.AZURE_CLIENT_ID} --role "Network Contributor" '
        f"--scope /subscriptions/{subscription.subscription_id}"
    )
    assert command in shown
    assert '"Microsoft.Network/expressRouteCrossConnections/peerings/*"' in shown
    name = f"Crossconnect {subscription.subscription_id}"
    assert f"assign the role <code>{name}</code>" in shown
    assert f'"Name": "{name}"' in shown
    assert re.search(r"<b>\d failed</b>", shown)


def test_only_an_administrator_can_have_it_registered_from_here(signed_in: Callable[..., Client]):
    checked(enlisted(), UNREGISTERED)
    button = '<button class="btn" type="submit" name="do" value="register">'
    assert button not in page(signed_in_as(person("Lotte", Role.OPERATOR.app_role)))
    assert button in page(signed_in("Portal.Administrator"))


def test_what_is_the_same_for_every_subscription_is_told_once(operator: Client):
    for label in ("one", "two"):
        checked(enlisted(label), Result(Check.TOKEN, Level.PASS, "obtained"), LACKING)
    shown = page(operator)
    assert (shown.count("Credentials"), shown.count("Permissions are missing")) == (1, 2)


def test_a_subscription_is_told_of_to_whom_all_of_it_is_within_reach(db: None):
    mine, part = enlisted("mine"), enlisted("seen in part")
    cross_connection(part, peering_location="Amsterdam")
    checked(mine, LACKING)
    checked(part, LACKING)
    lotte = person()
    given(Role.OPERATOR, to=lotte, kind="peering-location", where="Amsterdam")
    given(Role.OPERATOR, to=lotte, kind="subscription", where=str(mine.subscription_id))
    shown = page(signed_in_as(lotte))
    assert ("mine" in shown, "seen in part" in shown) == (True, False)
    assert "Broker" in shown
    assert not [word for word in ("App roles", "Trail of activity", "Secrets") if word in shown]


@pytest.mark.django_db
def test_who_sees_everything_but_operates_one_location_sees_no_subscriptions_checks_nor_asks_for_them():
    """The page takes the role Operator, and so does each thing on it."""
    row = checked(enlisted("mine"), LACKING)
    lotte = person("Lotte de Vries", "Portal.Viewer")
    given(Role.OPERATOR, to=lotte, kind="peering-location", where="Amsterdam")
    browser = signed_in_as(lotte)
    shown = page(browser)
    assert not [word for word in ("mine", "App roles", "Trail of activity", "Secrets") if word in shown]
    browser.post(ADDRESS)
    row.refresh_from_db()
    assert row.wanted_at is None


def test_what_one_subscription_fails_in_is_not_hidden_by_another_that_passes(operator: Client):
    refused = checked(
        enlisted("refused"), Result(Check.TOKEN, Level.FAIL, "not-taken", code="InvalidAuthenticationToken")
    )
    checked(enlisted("well"), Result(Check.TOKEN, Level.PASS, "obtained"))
    shown = page(operator)
    assert "Azure does not take the token" in shown
    assert f"az account show --subscription {refused.subscription_id} --query tenantId" in shown


def test_a_paused_one_says_so_and_is_not_asked_about(operator: Client):
    row = checked(enlisted("NL production"), LACKING)
    Subscription.objects.update(state=Subscription.State.PAUSED)
    shown = page(operator)
    assert "NL production is paused" in shown
    assert "Every subscription is paused" in shown
    operator.post(ADDRESS)
    row.refresh_from_db()
    assert row.wanted_at is None


def test_the_head_says_when_all_were_checked_not_when_one_was(operator: Client):
    checked(enlisted("NL production"))
    head = r"<h1>Readiness</h1>.*Checked <time.*Check again"
    assert re.search(head, page(operator))
    enlisted("just enlisted")
    assert not re.search(head, page(operator))


def test_check_again_asks_and_the_page_waits_for_a_worker(operator: Client):
    row = checked(enlisted(), LACKING)
    answered = operator.post(ADDRESS)
    assert (answered.status_code, answered["Location"]) == (303, ADDRESS)
    row.refresh_from_db()
    assert row.wanted_at is not None
    shown = page(operator)
    assert "Checking" in shown
    Readiness.objects.update(wanted_at=timezone.now() - timedelta(minutes=1))
    assert "No worker has taken the checks yet" in page(operator)


def test_what_the_page_has_seen_is_not_sent_again(operator: Client):
    row = checked(enlisted(), LACKING)
    [seen] = re.findall(r"/readiness/state/\?seen=(\w+)", page(operator))
    state = f"{ADDRESS}state/?seen={seen}"
    assert operator.get(state, headers={"HX-Request": "true"}).status_code == 204
    row.results = [UNREGISTERED.as_json()]
    row.save()
    assert operator.get(state, headers={"HX-Request": "true"}).status_code == 200
    assert operator.get(state)["Location"] == ADDRESS


@pytest.mark.parametrize(
    ("part", "words"),
    [("worker of people", "No worker for the queue people"), ("clock", "The clock process is silent")],
)
def test_a_part_that_is_silent_is_told_with_what_starts_it(operator: Client, part: str, words: str):
    for one in ("worker of people", "worker of background", "clock"):
        LifeSign.give(one)
    assert words not in page(operator)
    LifeSign.objects.filter(part=part).update(seen_at=timezone.now() - timedelta(minutes=5))
    shown = page(operator)
    assert words in shown
    assert "systemctl restart crossconnect-" in shown


def test_a_broker_that_is_away_loses_nothing_and_says_so(operator: Client, settings: Settings, monkeypatch):
    monkeypatch.setattr("crossconnections.services.readiness.installation.checks.broker", lambda: "degraded")
    assert "Nothing is lost: what was asked for stands in the database" in page(operator)


def test_tokens_without_app_roles_and_with_too_many_groups_are_told(operator: Client):
    assert "App roles" in page(operator)
    person("Sam Ortiz", has_groups_overage=True, last_login=timezone.now())
    shown = page(operator)
    assert "Too many groups for a token" in shown
    assert "1 of 2 people" in shown


def test_a_look_at_the_trail_that_is_old_is_a_warning(operator: Client):
    check_the_chain()
    assert "were as they were written when the clock looked, just now" in page(operator)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert "The trail was not verified lately" in page(signed_in_as(person("Sam", Role.OPERATOR.app_role)))


def test_a_folder_that_cannot_be_written_is_a_broker_that_is_away(operator: Client, settings: Settings, tmp_path):
    settings.CELERY_BROKER_URL = f"filesystem://{tmp_path}"
    assert "The broker does not answer" in page(operator)
    (tmp_path / "messages").mkdir()
    assert "The embedded broker answers." in page(operator)


def test_a_sync_that_failed_is_a_warning(operator: Client):
    sync_run(enlisted("NL production"), "failed", error_code="AuthorizationFailed")
    assert "A sync failed" in page(operator)


def test_hostile_words_of_azure_are_only_words(operator: Client):
    hostile = Result(
        Check.SUBSCRIPTION, Level.FAIL, "disabled", {"name": "<script>{id}</script>", "state": "{0}"}, code="<b>"
    )
    checked(enlisted(), hostile)
    answered = operator.get(ADDRESS).content.decode()
    assert "&lt;script&gt;{id}&lt;/script&gt;" in answered
    assert "<script>{" not in answered


def test_an_installation_without_subscriptions_says_how_to_begin(operator: Client):
    assert "No subscription is looked after" in page(operator)


@pytest.mark.django_db
def test_the_command_prints_all_and_fails_where_something_fails(azure, capsys):
    found = azure.subscription("production")
    Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])
    azure.behave(missing_permission=WRITE)
    with pytest.raises(CommandError, match="Something does not work until it is mended"):
        call_command("readiness")
    told = capsys.readouterr().out
    assert re.search(r"fails +Permissions +Azure will refuse|fails +Permissions are missing", told)
    assert f"{WRITE}  to provision circuits" in told
    assert "az role assignment create --assignee" in told
    assert Readiness.objects.get().failed == 1


@pytest.mark.django_db
def test_the_command_knows_no_other_subscription():
    with pytest.raises(CommandError, match="Looked after: none"):
        call_command("readiness", subscription="nonsense")
