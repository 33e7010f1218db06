"""Several changes at once: fixed at the review, judged anew when applied, one change each, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from crossconnections.models import Change, ChangeSet, CrossConnection, Draft, Subscription
from crossconnections.services.changes import candidates, drafts, sets
from crossconnections.services.changes.candidates import judge_draft
from crossconnections.services.snapshots import NotPossible
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.domain.setting import PROVISION, applied, at_browser, carried_out, ordered, reviewed, step
from tests.integration.pages.rows import KEY, cross_connection
from tests.integration.pages.rows import enlisted as enlisted_row
from tests.people import given, person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State


@pytest.fixture
def lotte() -> User:
    return person("Lotte de Vries", "Portal.Operator")


def fresh(label: str = "Northlink", **values: Any) -> CrossConnection:
    """A circuit that waits to be provisioned."""
    northlink = Subscription.objects.filter(label=label).first() or enlisted_row(label)
    return cross_connection(northlink, **{"provider_provisioning_state": "NotProvisioned"} | values)


def reasons(draft: Draft, user: User) -> list[str]:
    return [one.reason for one in judge_draft(draft, at_browser(user))]


def test_each_member_becomes_a_change_that_azure_carries_out(azure: SandboxProcess, enlisted, lotte):
    rows = ordered(azure, enlisted("test"), 3)
    found = carried_out(applied(lotte, *rows, provider_notes="Handed over."))
    assert {(one.state, one.known_by) for one in found} == {("succeeded", "operation")}
    for row in rows:
        row.refresh_from_db()
        assert (row.provider_provisioning_state, row.provider_notes) == ("Provisioned", "Handed over.")


def test_azure_gets_one_put_for_each_and_none_for_another(azure: SandboxProcess, enlisted, lotte):
    rows = ordered(azure, enlisted("test"), 4)
    before = azure.requests()[-1]["number"]
    carried_out(applied(lotte, *rows[:3]))
    puts = [one["path"].rpartition("/")[2] for one in azure.requests(after=before) if one["method"] == "PUT"]
    assert sorted(puts) == sorted(row.service_key for row in rows[:3])


def test_one_that_azure_refuses_fails_alone(azure: SandboxProcess, enlisted, lotte):
    rows = ordered(azure, enlisted("test"), 3)
    key = rows[1].service_key
    azure.fault("status", method="PUT", path_pattern=key, status=409, code="CannotChangeStateNow")
    found = carried_out(applied(lotte, *rows))
    assert [one.state for one in found] == ["succeeded", "failed", "succeeded"]
    assert found[1].error_code == "CannotChangeStateNow"


def test_what_azure_holds_otherwise_than_it_was_at_the_review_is_not_overwritten(
    azure: SandboxProcess, enlisted, lotte
):
    (row,) = ordered(azure, enlisted("test"), 1)
    change_set = applied(lotte, row)
    Change.objects.update(opened={"provider_provisioning_state": "Provisioning"})
    (found,) = carried_out(change_set)
    assert (found.state, found.error_code) == ("failed", "Conflict")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, ""),
        ({"provider_provisioning_state": "Provisioning"}, ""),
        ({"provider_provisioning_state": "DeProvisioned"}, ""),
        ({"provider_provisioning_state": "Provisioned"}, candidates.ALREADY),
        (
            {"provider_provisioning_state": "Deprovisioning"},
            "From Deprovisioning it can only become Not provisioned.",
        ),
        ({"provider_provisioning_state": "Sleeping"}, "Azure shows the state Sleeping, which this portal does not"),
        ({"gone_at": timezone.now()}, "It is gone from Azure, so there is nothing to change."),
        ({"read_at": None}, "It was not read in full yet"),
    ],
)
def test_each_line_is_told_why_not(lotte: User, values: dict[str, Any], reason: str):
    (found,) = reasons(reviewed(lotte, fresh(**values)), lotte)
    assert found.startswith(reason)
    assert bool(found) == bool(reason)


def test_one_that_is_being_changed_is_left_out_and_the_change_is_named(lotte: User):
    row = fresh()
    applied(lotte, row)
    (found,) = judge_draft(reviewed(lotte, row), at_browser(lotte))
    active = Change.objects.get()
    assert (found.change, found.reason) == (
        active.pk, f"Change {active.pk} is not over yet, and Azure takes one after another."
    )  # fmt: skip


def test_a_note_alone_is_a_change_too_and_an_equal_state_is_not_asked_for(lotte: User):
    row = fresh(provider_provisioning_state="Provisioned", provider_notes="Old.")
    (change,) = applied(lotte, row, provider_notes="New.").changes.all()
    assert (change.asked, change.opened) == ({"provider_notes": "New."}, {"provider_notes": "Old."})


def test_a_note_that_was_not_typed_stays(lotte: User):
    (change,) = applied(lotte, fresh(provider_notes="Old.")).changes.all()
    assert change.asked == PROVISION


def test_what_is_no_key_and_what_is_not_known_are_lines_as_well(lotte: User):
    draft = reviewed(lotte, KEY, "xyz", fresh())
    assert reasons(draft, lotte) == [candidates.NOT_FOUND, "", sets.NO_KEY]
    assert applied(lotte, fresh()).left_out == []


def test_of_what_is_out_of_reach_nobody_learns_that_it_is_there(lotte: User):
    amsterdam = fresh()
    frankfurt = fresh(peering_location="Frankfurt")
    there = person("Jonas")
    given(Role.OPERATOR, to=there, kind="peering-location", where="Amsterdam")
    assert reasons(reviewed(there, amsterdam, frankfurt, KEY), there) == ["", *[candidates.NOT_FOUND] * 2]


def test_where_the_role_is_too_low_it_is_said(lotte: User):
    frankfurt, there = fresh(peering_location="Frankfurt"), person("Jonas")
    given(Role.OPERATOR, to=there, kind="peering-location", where="Amsterdam")
    given(Role.VIEWER, to=there, kind="peering-location", where="Frankfurt")
    draft = reviewed(there, frankfurt)
    assert reasons(draft, there) == [candidates.NO_ROLE]
    with pytest.raises(NotPossible):
        sets.apply(draft=draft, by=at_browser(there))


def test_nobody_without_the_role_fixes_or_applies_a_set(lotte: User):
    draft, support = reviewed(lotte, fresh()), person("Sam", "Portal.Support")
    with pytest.raises(NotAllowed):
        reviewed(support, fresh())
    with pytest.raises(NotAllowed):
        sets.apply(draft=draft, by=at_browser(support))
    assert not ChangeSet.objects.exists()


def test_what_comes_to_be_after_the_review_does_not_enter_the_set(lotte: User):
    draft = reviewed(lotte, KEY, fresh())
    fresh(service_key=KEY)
    change_set = sets.apply(draft=draft, by=at_browser(lotte))
    assert change_set.changes.count() == 1
    assert change_set.left_out == [{"service_key": KEY, "reason": candidates.NOT_FOUND}]


@pytest.mark.parametrize(
    ("moved", "reason"),
    [
        ({"provider_provisioning_state": "Provisioning"}, "It is Provisioning by now, and was NotProvisioned"),
        ({"provider_provisioning_state": "Provisioned", "provider_notes": "Ours."}, candidates.ALREADY),
        ({"provider_notes": "Theirs."}, "Its note to the customer is another one than at the review."),
        ({"gone_at": timezone.now()}, "It is gone from Azure"),
        ({"peering_location": "Frankfurt"}, candidates.NOT_FOUND),
    ],
)
def test_what_has_moved_on_since_the_review_is_left_out_with_the_reason(moved: dict[str, Any], reason: str):
    jonas, row, other = person("Jonas"), fresh(), fresh()
    given(Role.OPERATOR, to=jonas, kind="peering-location", where="Amsterdam")
    draft = reviewed(jonas, row, other, provider_notes="Ours.")
    CrossConnection.objects.filter(pk=row.pk).update(**moved)
    change_set = sets.apply(draft=draft, by=at_browser(jonas))
    assert [one.cross_connection for one in change_set.changes.all()] == [other]
    (left,) = change_set.left_out
    assert left["reason"].startswith(reason)


def test_another_circuit_under_the_same_key_is_not_the_one_that_was_reviewed(lotte: User):
    row = fresh(service_key=KEY)
    draft = reviewed(lotte, row)
    CrossConnection.objects.filter(pk=row.pk).update(gone_at=timezone.now())
    fresh("Moved to", service_key=KEY)
    assert reasons(draft, lotte) == [candidates.ANOTHER]


def test_where_nothing_is_left_nothing_is_made(lotte: User):
    row = fresh()
    draft = reviewed(lotte, row)
    CrossConnection.objects.update(gone_at=timezone.now())
    with pytest.raises(NotPossible, match="None of them can be changed any more"):
        sets.apply(draft=draft, by=at_browser(lotte))
    assert not ChangeSet.objects.exists()
    assert Draft.objects.exists()


def test_a_second_press_leads_to_the_same_set(lotte: User):
    draft = reviewed(lotte, fresh(), fresh())
    pressed_meanwhile = Draft.objects.get()
    first = sets.apply(draft=draft, by=at_browser(lotte))
    assert sets.apply(draft=pressed_meanwhile, by=at_browser(lotte)) == first
    assert sets.find_applied(pressed_meanwhile.pk) == first
    assert Change.objects.count() == 2
    assert drafts.find(draft_id=pressed_meanwhile.pk, person=lotte) is None


def test_the_set_and_each_of_its_changes_are_on_record(lotte: User):
    change_set = applied(lotte, fresh(), fresh())
    told = [(one.deed, one.actor_name) for one in Entry.objects.order_by("number")]
    assert told == [("changes.asked", lotte.name), *[("change.asked", lotte.name)] * 2]
    numbers = {one.object_id for one in Entry.objects.filter(deed="change.asked")}
    assert numbers == {one.cross_connection.service_key for one in change_set.changes.all()}


def test_what_waits_can_be_canceled_at_once_and_what_azure_has_cannot(
    azure: SandboxProcess, enlisted: Callable[[str], Any], lotte: User
):
    change_set = applied(lotte, *ordered(azure, enlisted("test"), 3))
    first, *_ = change_set.changes.order_by("pk")
    assert step(first).state == State.RUNNING
    assert sets.cancel_waiting(change_set=change_set, by=at_browser(lotte)) == 2
    assert [one.state for one in carried_out(change_set)] == ["succeeded", "canceled", "canceled"]
    assert Entry.objects.filter(deed="change.canceled").count() == 2


def test_nobody_cancels_what_they_may_not_change(lotte: User):
    change_set, jonas = applied(lotte, fresh(), fresh(peering_location="Frankfurt")), person("Jonas")
    given(Role.OPERATOR, to=jonas, kind="peering-location", where="Frankfurt")
    assert sets.cancel_waiting(change_set=change_set, by=at_browser(jonas)) == 1
    assert change_set.changes.get(state=State.QUEUED).cross_connection.peering_location == "Amsterdam"
