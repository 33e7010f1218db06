"""What the checks of a subscription come to, for each way in which the set-up can be wrong (docs/readiness.md)."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from crossconnections import queue
from crossconnections.models import ArmCall, Readiness, Subscription
from crossconnections.presenters.readiness.rows import CheckRow, show_check
from crossconnections.presenters.readiness.subjects import setup
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result
from crossconnections.services.readiness import checking
from crossconnections.services.subscriptions import keeping
from portal.access.roles import Role
from portal.actors import Actor
from tests.integration.domain.conftest import Swept
from tests.integration.domain.setups import CROSS, SETUPS, Setup
from tests.people import person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs/readiness.md"
HEAD = "| what is wrong | the sandbox | what the page says | what mends it |\n|---|---|---|---|\n"


@pytest.fixture
def subscription(enlisted: Callable[[str], Subscription]) -> Subscription:
    return enlisted("production")


@pytest.fixture
def sweep(swept: Swept) -> Callable[[], list[int]]:
    """Sweep, and tell of which subscriptions' checks a message is on its way."""
    return lambda: swept(checking.sweep, queue.CHECK_READINESS)


def checked(subscription: Subscription) -> dict[Check, Result]:
    """Asked for and made, as a worker does."""
    [row] = checking.request_checks([subscription.subscription_id])
    checking.check(readiness_id=row.pk)
    return found()


def found() -> dict[Check, Result]:
    return {one.check: one for one in checking.results_of(Readiness.objects.get())}


def shown(result: Result, subscription: Subscription) -> CheckRow:
    return show_check(result, setup(), subscription_id=str(subscription.subscription_id), may_repair=True)


def test_on_a_good_day_every_check_passes(subscription: Subscription):
    results = checked(subscription)
    assert tuple(results) == OF_A_SUBSCRIPTION
    assert {one.level for one in results.values()} == {Level.PASS}, results
    assert Readiness.objects.get().failed == 0


def test_a_subscription_without_cross_connections_is_enrolled_and_empty(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    for one in azure.get(f"/subscriptions/{subscription.subscription_id}/providers/{CROSS}").json()["value"]:
        azure.delete(one["name"])
    result = checked(subscription)[Check.ENROLMENT]
    assert (result.level, result.outcome) == (Level.PASS, "empty")


def test_the_calls_are_in_the_ledger(subscription: Subscription):
    checked(subscription)
    calls = ArmCall.objects.filter(purpose="readiness", subscription=subscription)
    assert set(calls.values_list("operation", flat=True)) >= {"Subscriptions_Get", "Providers_Get"}


@pytest.mark.parametrize("setup", SETUPS, ids=lambda one: one.name)
def test_each_fault_comes_to_its_own(azure: SandboxProcess, subscription: Subscription, setup: Setup):
    setup.make(azure)
    results = checked(subscription)
    assert (results[setup.check].level, results[setup.check].outcome) == (setup.level, setup.outcome), results


def test_each_fault_has_a_sentence_of_its_own_and_the_page_of_the_docs_has_them_all(azure, subscription):
    rows: dict[str, CheckRow] = {}
    for one in SETUPS:
        azure.reset()
        one.make(azure)
        rows[one.name] = shown(checked(subscription)[one.check], subscription)
    assert len({(row.title, row.meaning, row.missing) for row in rows.values()}) == len(SETUPS)
    assert all(row.mend and "…" not in row.title + row.meaning + row.mend + row.command for row in rows.values())
    written = HEAD + "".join(_line(one, rows[one.name], subscription) for one in SETUPS)
    before, _, after = PAGE.read_text().partition(HEAD)
    _, _, after = after.partition("\n\n")
    if os.environ.get("WRITE_READINESS"):
        PAGE.write_text(f"{before}{written}\n{after}")
    assert written in PAGE.read_text(), "WRITE_READINESS=1 writes the table anew"


def _line(one: Setup, row: CheckRow, subscription: Subscription) -> str:
    missing = "".join(f"<br>`{lack.action}` {lack.what_for}" for lack in row.missing)
    says = f"**{row.title}.** {row.meaning}{missing}"
    mends = row.mend + (f"<br>`{row.command}`" if row.command else "")
    line = re.sub(r"\d+ reads left", "N reads left", f"| {one.name} | {one.told} | {says} | {mends} |\n")
    told = setup()
    for ours, anybodys in (
        (str(subscription.subscription_id), "<subscription-id>"),
        (f"{told.authority}/{told.tenant_id}", "<authority>/<tenant-id>"),
        (told.client_id, "<client-id>"),
        (told.endpoint, "<endpoint>"),
    ):
        line = line.replace(ours, anybodys)
    return line


def test_what_cannot_be_asked_says_what_it_waits_for(azure: SandboxProcess, subscription: Subscription):
    azure.behave(unregistered=True)
    results = checked(subscription)
    told = shown(results[Check.ENROLMENT], subscription)
    assert (told.level, told.meaning) == ("not run", "Not checked: it waits until “Resource provider” is right.")


def test_an_administrator_can_have_it_registered_which_is_then_checked_anew(azure, subscription: Subscription):
    azure.behave(unregistered=True)
    before = azure.requests()[-1]["number"]
    assert shown(checked(subscription)[Check.REGISTRATION], subscription).may_register
    administrator = person("Priya Raman", Role.ADMINISTRATOR.app_role)
    keeping.request_registration(
        subscription_id=subscription.subscription_id, label="x", by=Actor("web", "P", administrator)
    )
    checking.check(readiness_id=Readiness.objects.get().pk)
    assert found()[Check.REGISTRATION].outcome == "registered"
    asked = [one["method"] for one in azure.requests(after=before) if one["path"].endswith("/register")]
    assert asked == ["POST"]
    assert Readiness.objects.get().registration_wanted_at is None


def test_a_registration_that_azure_refuses_says_why(azure: SandboxProcess, subscription: Subscription):
    azure.behave(unregistered=True, missing_permission="Microsoft.Network/register/action")
    checking.request_checks([subscription.subscription_id])
    Readiness.objects.update(registration_wanted_at=timezone.now())
    checking.check(readiness_id=Readiness.objects.get().pk)
    row = shown(found()[Check.REGISTRATION], subscription)
    assert row.title == "Microsoft.Network could not be registered"
    assert (row.code, row.may_register) == ("AuthorizationFailed", False)


def test_a_registration_that_azure_was_too_busy_for_can_be_asked_for_again(azure, subscription: Subscription):
    azure.behave(unregistered=True)
    azure.fault("status", status=429, path_pattern="/register", times=20)
    checking.request_checks([subscription.subscription_id])
    Readiness.objects.update(registration_wanted_at=timezone.now())
    checking.check(readiness_id=Readiness.objects.get().pk)
    row = shown(found()[Check.REGISTRATION], subscription)
    assert row.may_register
    assert "the registration was not asked for" in row.meaning


def test_without_a_token_the_page_tells_of_the_token_and_not_that_azure_refused(azure, subscription: Subscription):
    azure.fault("status", status=401, code="InvalidAuthenticationToken", path_pattern="/subscriptions/", times=20)
    checking.request_checks([subscription.subscription_id])
    Readiness.objects.update(registration_wanted_at=timezone.now())
    checking.check(readiness_id=Readiness.objects.get().pk)
    assert (found()[Check.TOKEN].outcome, found()[Check.REGISTRATION].outcome) == ("not-taken", "not-run")


def test_after_a_registration_that_azure_was_too_busy_for_it_is_left_alone(azure, subscription: Subscription):
    before = azure.requests()[-1]["number"]
    azure.fault("status", status=429, path_pattern="/register", retry_after=600, times=9)
    checking.request_checks([subscription.subscription_id])
    Readiness.objects.update(registration_wanted_at=timezone.now())
    checking.check(readiness_id=Readiness.objects.get().pk)
    assert [one["method"] for one in azure.requests(after=before) if "/subscriptions/" in one["path"]] == ["POST"]
    assert Subscription.objects.get().throttled_until is not None
    assert found()[Check.REGISTRATION].outcome == "cannot-register-throttled"


def test_a_registration_that_is_asked_for_meanwhile_is_not_lost(azure: SandboxProcess, subscription: Subscription):
    azure.behave(unregistered=True)
    [row] = checking.request_checks([subscription.subscription_id])
    before = Readiness.objects.get(pk=row.pk)
    Readiness.objects.update(registration_wanted_at=timezone.now())
    checking.note(before, [])
    now = Readiness.objects.get(pk=row.pk)
    assert now.registration_wanted_at is not None
    assert now.wanted_at is not None


def test_the_clock_asks_once_an_hour_and_sooner_while_azure_registers(subscription: Subscription, sweep):
    [row_id] = sweep()
    assert sweep() == []  # it is on its way
    checking.check(readiness_id=row_id)
    assert sweep() == []
    Readiness.objects.update(checked_at=timezone.now() - timedelta(minutes=61))
    assert sweep() == [row_id]
    checking.check(readiness_id=row_id)
    registering = Result(Check.REGISTRATION, Level.WARN, "registering")
    Readiness.objects.update(results=[registering.as_json()], checked_at=timezone.now() - timedelta(seconds=61))
    assert sweep() == [row_id]


def test_the_clock_looks_at_one_that_is_proposed_while_azure_registers_it(azure: SandboxProcess, sweep):
    registering = Result(Check.REGISTRATION, Level.WARN, "registering").as_json()
    long_ago = timezone.now() - timedelta(minutes=2)
    proposed = {"proposed_label": "NL 1", "proposed_at": long_ago, "results": [registering], "checked_at": long_ago}
    row = Readiness.objects.create(cloud="Sandbox", subscription_id=azure.subscription("production")["id"], **proposed)
    assert sweep() == [row.pk]
    checking.check(readiness_id=row.pk)
    Readiness.objects.update(checked_at=timezone.now() - timedelta(hours=3))
    assert sweep() == []


def test_where_azure_wants_to_be_left_alone_nothing_more_is_asked_until_then(
    azure: SandboxProcess, subscription: Subscription, sweep
):
    before = azure.requests()[-1]["number"]
    azure.fault("status", status=429, path_pattern="/providers/Microsoft.Network", times=9, retry_after=600)
    results = checked(subscription)
    asked = [one for one in azure.requests(after=before) if one["status"] == 429]
    assert results[Check.REGISTRATION].outcome == "throttled"
    assert len(asked) == 1
    assert shown(results[Check.PERMISSIONS], subscription).meaning.startswith("Not checked: it waits until")
    Readiness.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    assert sweep() == []
    Subscription.objects.update(throttled_until=timezone.now())
    assert len(sweep()) == 1


def test_a_paused_subscription_is_not_checked_by_the_clock(subscription: Subscription, sweep):
    Subscription.objects.update(state=Subscription.State.PAUSED)
    assert sweep() == []


def test_a_lost_message_is_sent_again(subscription: Subscription, sweep):
    [row_id] = sweep()
    Readiness.objects.update(wanted_at=timezone.now() - timedelta(minutes=1))
    assert sweep() == [row_id]


def test_what_another_version_kept_is_left_out(subscription: Subscription):
    kept = [{"check": "of-tomorrow", "level": "pass"}, "nonsense", {"check": "token", "level": "pass", "odd": 1}]
    row = Readiness.objects.create(cloud="Sandbox", subscription_id=subscription.subscription_id, results=kept)
    assert checking.results_of(row) == []


def test_a_check_that_fails_by_our_own_fault_is_not_made_for_ever(subscription: Subscription, monkeypatch):
    [row] = checking.request_checks([subscription.subscription_id])
    monkeypatch.setattr("crossconnections.azure.settings.PORTAL_ARM_ENDPOINT", "nonsense")
    with pytest.raises(ValueError, match="nonsense"):
        checking.check(readiness_id=row.pk)
    row.refresh_from_db()
    assert (row.wanted_at, row.claimed_until) == (None, None)
    assert "The portal failed" in shown(found()[Check.SUBSCRIPTION], subscription).title
