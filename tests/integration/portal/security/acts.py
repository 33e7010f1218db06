"""Everything that can be done by a form, each with what has to be so before, and the deed that it is on record as."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crossconnections.models import (
    AcceptedFinding,
    Change,
    ChangeSet,
    CrossConnection,
    Draft,
    Snapshot,
    Subscription,
    TableRead,
    Watch,
    Workflow,
)
from portal.accounts.models import User
from tests.integration.access.matrix import ACTS, FIELDS, KEYS, OWN, PARTS, World, address_of, objects_of
from tests.integration.pages.changes import change
from tests.integration.pages.ports import entry, listed
from tests.integration.pages.works import tick
from tests.people import signed_in_as
from tests.urlconf import views

OPENED = {"provider_notes": ""}
PAIR = "AMS-06GMR-CIS-7"
_BY_NAME = {str(one.name): one for one in views()}


@dataclass(frozen=True)
class Act:
    """A POST by an Administrator: to the address of that name, with these fields beside those that all forms get.

    ``before`` makes the world such that it can be done; what it returns are further fields. ``deed`` is the name of
    the entry that it leaves, "" for what is no deed: a form on its way to a review, and what asks Azure how things are.
    """

    name: str
    deed: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    before: Callable[[World], dict[str, str] | None] = lambda _: None
    step: str = "layer-2-primary"

    def __str__(self) -> str:
        return f"{self.name} {self.deed}".strip()

    def address(self, world: World) -> str:
        """For an object of the world's."""
        pattern = _BY_NAME[self.name]
        return address_of(pattern, objects_of(pattern)[0], world).replace("layer-2-primary", self.step)

    def all_fields(self, told: dict[str, str] | None) -> dict[str, str]:
        """Of every form at once, as the matrix of access sends them: none minds the others'."""
        return FIELDS | ACTS.get(self.name, {}) | self.fields | (told or {})


def own() -> CrossConnection:
    """The one that all is done to."""
    return CrossConnection.objects.get(service_key=KEYS[OWN])


def administrator(world: World) -> Client:
    """A browser of who may do everything."""
    return world.browser("adminis")


def sign_in_anew(world: World) -> None:
    """The Administrator's session begins now: a test has moved the clock."""
    browser = signed_in_as(User.objects.get(name="Administrator"))
    world.browsers["adminis"], world.cookies["adminis"] = browser, browser.cookies.output(header="")


REVIEW = str(PARTS["draft"])


def _quiet(_: World) -> None:
    """No change goes on."""
    Change.objects.all().delete()
    ChangeSet.objects.all().delete()


def _with_a_pair(world: World) -> None:
    _quiet(world)
    listed(own().subscription, entry(PAIR))


def _under_review(world: World) -> None:
    _quiet(world)
    person, now = User.objects.get(name="Administrator"), timezone.now()
    times = {"begun_at": now, "expires_at": now + timedelta(minutes=30)}
    wish = {"kind": Change.Kind.PROVISIONING, "asked": {"provider_notes": "Cage 14."}, "opened": OPENED}
    Draft.objects.create(pk=REVIEW, person=person, cross_connection=own(), **wish, **times)


def _in_doubt(_: World) -> None:
    Change.objects.update(state=Change.State.UNKNOWN, held_at=None)


def _failed(_: World) -> None:
    Change.objects.filter(cross_connection=own()).delete()
    change(own(), "failed", error_code="Conflict")


def _open_reading(_: World) -> None:
    Snapshot.objects.update(finished_at=None)
    TableRead.objects.update(state=TableRead.State.QUEUED, finished_at=None)


def _unwatched(_: World) -> None:
    Watch.objects.update(ended_at=timezone.now())


def _idle(_: World) -> None:
    Workflow.objects.all().delete()


def _ticked(_: World) -> None:
    for work in Workflow.objects.all():
        tick(work, "layer-2-primary")


def _accepted(_: World) -> None:
    rule, peering, path = FIELDS["key"].split("|")
    said = {"severity": "critical", "reason": "Agreed.", "accepted_at": timezone.now()}
    for work in Workflow.objects.all():
        AcceptedFinding.objects.create(workflow=work, rule=rule, peering=peering, path=path, **said)


def _shut_out(_: World) -> None:
    User.objects.filter(name="Sam Ortiz").update(is_active=False)


def _paused(_: World) -> None:
    Subscription.objects.update(state=Subscription.State.PAUSED)


def _checked(world: World) -> dict[str, str]:
    """The plan of a file that was checked, as the page carries it along."""
    page = administrator(world).post(reverse("import-records"), FIELDS).content.decode()
    return {"plan": page.split('name="plan" value="')[1].split('"')[0]}


ALL = (
    Act("access", "access.given"),
    Act("end-assignment", "access.ended"),
    Act("person-access", "access.deactivated", {"do": "deactivate"}),
    Act("person-access", "access.sessions-ended", {"do": "end-sessions"}),
    Act("person-access", "access.activated", {"do": "activate"}, _shut_out),
    Act("sign-out", "sign-in.out"),
    Act("import-records"),
    Act("import-records", "records.imported", before=_checked),
    Act("sync-now", "sync.asked"),
    Act("refresh"),
    Act("settle", "attention.settled"),
    Act("provisioning", fields={"provider_notes": "Cage 14."}, before=_quiet),
    Act("placement", fields={"pair": PAIR}, before=_with_a_pair),
    Act("tags", fields={"tags": "cost = 4711"}, before=_quiet),
    Act("record", "record.kept"),
    Act("peering", fields={"vlan_id": "201", "secondary_prefix": "172.16.18.0/30"}, before=_quiet),
    Act("check-peering"),
    Act("remove-peering", before=_quiet),
    Act("review", "change.asked", before=_under_review),
    Act("troubleshooting", "tables.asked"),
    Act("stop-snapshot", "tables.stopped", before=_open_reading),
    Act("retry-read", "tables.asked-again"),
    Act("comment-snapshot", "tables.commented"),
    Act("watch", "watch.begun", before=_unwatched),
    Act("end-watch", "watch.ended"),
    Act("workflow", "workflow.begun", before=_idle),
    Act("workflow-order", "workflow.order"),
    Act("workflow-step", "workflow.step-done"),
    Act("workflow-step", "workflow.step-left-out", {"act": "leave-out", "note": "Agreed."}, step="failover-primary"),
    Act("workflow-step", "workflow.step-taken-back", {"act": "take-back"}, _ticked),
    Act("workflow-finding", "workflow.finding-accepted"),
    Act("workflow-finding", "workflow.finding-opened", {"act": "open"}, _accepted),
    Act("workflow-end", "workflow.ended"),
    Act("onboarding"),
    Act("begin-onboarding", "workflow.begun", before=_idle),
    Act("look-again"),
    Act("cancel-change", "change.canceled"),
    Act("confirm-change", "change.confirmed"),
    Act("settle-change", "change.settled", before=_in_doubt),
    Act("ask-again", before=_failed),
    Act("several"),
    Act("several-review", "changes.asked"),
    Act("cancel-change-set", "change.canceled"),
    Act("confirm-change-set", "change.confirmed"),
    Act("read-catalogues", fields={"now": "1"}),
    Act("read-ports", fields={"now": "1"}),
    Act("readiness"),
    Act("subscriptions"),
    Act("subscription", "subscription.paused", {"do": "pause"}),
    Act("subscription", "subscription.resumed", {"do": "resume"}, _paused),
    Act("subscription", "subscription.retired", {"do": "retire"}, _quiet),
    Act("subscription", "subscription.registered", {"do": "register"}),
    Act("subscription", "subscription.changed", {"do": "rename", "label": "Northlink", "kind": "test"}),
)
