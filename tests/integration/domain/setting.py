"""Sets of changes in the test's own process: circuits to change, people who do, and workers that never wait."""

import time
from datetime import timedelta

from django.db.models import F

from crossconnections.models import Change, ChangeSet, CrossConnection, Draft, Subscription
from crossconnections.service_keys import find_service_keys
from crossconnections.services.changes import carrying_out, sets
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.integration.domain.readings import LONG_AGO
from tests.integration.domain.runs import synced
from tests.sandbox_process import SandboxProcess

PROVISION = {"provider_provisioning_state": "Provisioned"}
State = Change.State


def ordered(azure: SandboxProcess, subscription: Subscription, count: int) -> list[CrossConnection]:
    """So many circuits that customers have just ordered, as the mirror has them after a sync."""
    where = {"peering_location": "EUAP Test", "subscription": str(subscription.subscription_id)}
    keys = [azure.order(**where) for _ in range(count)]
    synced(subscription)
    return [CrossConnection.objects.select_related("subscription").get(service_key=key) for key in keys]


def at_browser(user: User) -> Actor:
    return Actor(WEB, user.name, user)


def reviewed(user: User, *named: CrossConnection | str, **asked: str) -> Draft:
    """A set that somebody fixed."""
    text = "\n".join(one if isinstance(one, str) else one.service_key for one in named)
    return sets.begin(pasted=find_service_keys(text), asked=PROVISION | asked, by=at_browser(user))


def applied(user: User, *named: CrossConnection, **asked: str) -> ChangeSet:
    return sets.apply(draft=reviewed(user, *named, **asked), by=at_browser(user))


def step(change: Change) -> Change:
    """One step of one change, whenever it is due; as it is then."""
    Change.objects.filter(pk=change.pk).update(due_at=LONG_AGO)
    carrying_out.carry_on(change_id=change.pk)
    change.refresh_from_db()
    return change


def ended_by_worker(change: Change, *, steps: int = 100) -> Change:
    """One change after so many steps as it takes."""
    for _ in range(steps):
        if not step(change).is_active:
            return change
        time.sleep(0.02)  # Azure takes a while as well
    raise AssertionError(str(change))


def carried_out(change_set: ChangeSet, *, rounds: int = 80) -> list[Change]:
    """All changes of a set after workers were at whichever was due, until all had ended."""
    for _ in range(rounds):
        active = list(change_set.changes.filter(state__in=Change.ACTIVE).order_by("pk"))
        if not active:
            return list(change_set.changes.order_by("pk"))
        for change in active:
            carrying_out.carry_on(change_id=change.pk)
        time.sleep(0.05)
        # What waits for a moment of the clock does not keep a test waiting for it.
        Change.objects.filter(change_set=change_set, state=State.RUNNING).update(
            due_at=F("due_at") - timedelta(minutes=1)
        )
    raise AssertionError([str(one) for one in change_set.changes.all()])


def going(change_set: ChangeSet) -> list[str]:
    """The states of its changes, in their order."""
    return list(change_set.changes.order_by("pk").values_list("state", flat=True))
