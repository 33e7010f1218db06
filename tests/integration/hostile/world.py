"""An estate in which every page has something to show and every form something to do."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crossconnections.arm.neighbours import Community, RouteFilter, RouteFilterRule
from crossconnections.models import (
    Attention,
    Catalogue,
    Change,
    ChangeSet,
    CrossConnection,
    Draft,
    Readiness,
    Subscription,
    Workflow,
)
from crossconnections.models.wish import PRESENCE
from crossconnections.proposals import values_now
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Level, Result
from crossconnections.services.changes import drafts
from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.integration.hostile.addresses import Known
from tests.integration.pages.changes import change, held
from tests.integration.pages.peerings import MICROSOFT, PRIVATE, microsoft_peering
from tests.integration.pages.pictures import HEALTHY
from tests.integration.pages.ports import entry, listed
from tests.integration.pages.readings import fail, read_of, reading
from tests.integration.pages.records import record_of
from tests.integration.pages.rows import cross_connection, enlisted, private_peering, sync_run
from tests.integration.pages.watches import told, up, watch
from tests.integration.pages.works import tick, work
from tests.people import NOC, given, person, signed_in_as

# Of the first nothing goes on, so that each of its forms can be sent; the second has everything at once; the third is
# new; of the fourth nobody knows what came of a change, and the fifth is gone.
KEYS = [f"{number}b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610" for number in range(1, 6)]
IDLE, BUSY, NEW, DOUBTED, GONE = KEYS


@dataclass(frozen=True)
class World:
    """``known`` are the parts of addresses for which there is something; ``session`` is the administrator's."""

    session: str
    administrator: User
    rows: Mapping[str, CrossConnection]
    known: Known
    values: dict[str, list[str]] = field(default_factory=dict)


def made_world() -> World:
    """In an empty database."""
    administrator = person("Priya Raman", "Portal.Administrator")
    rows = _rows()
    _lists(rows[IDLE])
    _readings(rows)
    _works(rows)
    numbers, sets = _changes(rows, administrator), _sets(rows[NEW])
    session = signed_in_as(administrator).cookies["session"].value
    known = {**_parts(rows), "number": numbers, **_sets_by_name(sets), **_people(administrator)}
    known["subscription_id"] = _checked(rows[IDLE].subscription)
    known |= {
        "review:draft": _drafts(rows[IDLE], administrator),
        "several-review:draft": [_draft_of_two(rows, administrator)],
    }
    return World(session, administrator, rows, known)


def _rows() -> dict[str, CrossConnection]:
    northlink = enlisted("Northlink production")
    sync_run(northlink, "failed", error_code="AuthorizationFailed", error_message="No role on the subscription.")
    now = timezone.now()
    values: dict[str, dict[str, Any]] = {
        IDLE: {"tags": {"ticket": "NL-7"}, "provider_notes": "Cage 14."},
        BUSY: {"peering_location": "Frankfurt", "circuit_name": "er-busy"},
        NEW: {"provider_provisioning_state": "NotProvisioned", "circuit_name": "", "s_tag": None},
        DOUBTED: {"circuit_name": "er-doubted"},
        GONE: {"gone_at": now},
    }
    rows = {key: cross_connection(northlink, key, **told) for key, told in values.items()}
    for key in (IDLE, BUSY):
        private_peering(rows[key])
        microsoft_peering(rows[key])
        record_of(rows[key])
        for kind in ("deleted", "bandwidth-raised", "edited"):
            Attention.objects.create(cross_connection=rows[key], kind=kind, seen_at=now, before=500, after=1000)
    return rows


def _checked(subscription: Subscription) -> list[uuid.UUID]:
    """The enlisted one, of which everything is wrong that can be, and one that somebody proposed."""
    lacking: dict[str, Any] = {"missing": [{"action": "Microsoft.Network/*", "what_for": "to see anything"}]}
    results = [Result(one, Level.FAIL, "vital", lacking, "AuthorizationFailed", "id") for one in OF_A_SUBSCRIPTION]
    now, proposed = timezone.now(), uuid.UUID(int=77)
    values = {"cloud": subscription.cloud, "results": [one.as_json() for one in results], "checked_at": now}
    Readiness.objects.create(subscription_id=subscription.subscription_id, **values)
    proposal = {"proposed_label": "NL 2", "proposed_kind": "test", "proposed_by": "Priya", "proposed_at": now}
    Readiness.objects.create(subscription_id=proposed, **proposal, **values)
    return [subscription.subscription_id, proposed]


def _lists(row: CrossConnection) -> None:
    listed(row.subscription, entry(), entry("AMS-06GMR-CIS-4"))
    community = Community("Azure Storage", "12076:50004", "West Europe", "", ("20.60.0.0/16",), is_authorized=True)
    rule = RouteFilterRule("allow-communities", "Allow", ("12076:50004",))
    told = {
        "communities": [{"service": "Azure Storage"} | asdict(community)],
        "route-filters": [asdict(RouteFilter("/subscriptions/s/rf-1", "rf-1", "westeurope", "Succeeded", (rule,), ()))],
    }
    for kind, entries in told.items():
        Catalogue.objects.create(
            subscription=row.subscription, kind=kind, entries=entries, read_at=timezone.now() - timedelta(days=2)
        )


def _readings(rows: Mapping[str, CrossConnection]) -> None:
    for key in (IDLE, BUSY):
        reading(rows[key], peerings=(PRIVATE, MICROSOFT), answers=HEALTHY)
        fail(read_of(reading(rows[key], answers=HEALTHY), "secondary", "routes"))
        told(watch(rows[key]), *up(3600, 70))


def _works(rows: Mapping[str, CrossConnection]) -> None:
    tick(work(rows[IDLE], primary_a_end="Port 3"), "layer-2-primary", note="Cross-connect 17")
    work(rows[BUSY], kind="disconnect", hours=3)


def _changes(rows: Mapping[str, CrossConnection], by: User) -> list[int]:
    """One in each state that a person can do something about."""
    row, removal = rows[BUSY], {"asked": {PRESENCE: False}, "opened": {PRESENCE: True}, "subject": PRIVATE}
    asked = [
        held(row, by=by),
        change(rows[DOUBTED], "unknown", by=by, error_code="NoAnswer"),
        change(
            rows[IDLE], "failed", by=by, seconds=3000, error_code="AnotherOperationInProgress", error_message="Busy."
        ),
        change(rows[IDLE], "succeeded", by=by, seconds=2900, kind="peering-removal", **removal),
    ]
    return [one.pk for one in asked]


def _sets(row: CrossConnection) -> list[int]:
    made = ChangeSet.objects.create(asked_at=timezone.now(), asked={"provider_provisioning_state": "Provisioned"})
    held(row, change_set=made)
    return [made.pk]


def _sets_by_name(sets: list[int]) -> dict[str, list[int]]:
    return {f"{name}:number": sets for name in ("change-set", "cancel-change-set", "confirm-change-set")}


def _people(administrator: User) -> dict[str, list[int]]:
    role = given(Role.VIEWER, to=NOC, kind="peering-location", where="Chicago")
    sam = person("Sam Ortiz", groups=[NOC])
    assert RoleAssignment.objects.exists()
    return {"end-assignment:key": [role.pk], "person-access:key": [sam.pk, administrator.pk]}


def _parts(rows: Mapping[str, CrossConnection]) -> dict[str, list[Any]]:
    readings = sorted({one.number for row in rows.values() for one in row.snapshots.all()}, reverse=True)
    of_readings = ("snapshot", "snapshot-json", "stop-snapshot", "retry-read", "comment-snapshot", "table-csv")
    read = {f"{name}:service_key": [IDLE, BUSY] for name in of_readings}
    return {
        "service_key": KEYS,
        "review:service_key": [IDLE],
        **read,
        "peering_type": [PRIVATE, MICROSOFT],
        "peering": [PRIVATE, MICROSOFT],
        "device_path": ["primary", "secondary"],
        "table": ["arp", "routes-summary", "routes"],
        "kind": list(Workflow.Kind),
        "step": ["order", "layer-2-primary", "verification", "hand-over"],
        **{f"{name}:number": readings for name in of_readings},
    }


def _drafts(row: CrossConnection, person_: User) -> list[uuid.UUID]:
    """Reviews of the idle one, each of another kind of change; two of them are guarded."""
    by = Actor(WEB, person_.name, person_)
    wishes: list[tuple[Change.Kind, str, dict[str, Any]]] = [
        (Change.Kind.PROVISIONING, "", {"provider_notes": "Cage 15."}),
        (Change.Kind.PROVISIONING, "", {"provider_provisioning_state": "Deprovisioning"}),
        (Change.Kind.TAGS, "", {"tags": {"ticket": "NL-8"}}),
        (Change.Kind.PEERING, PRIVATE, {PRESENCE: True, "vlan_id": 222}),
        (Change.Kind.REMOVAL, MICROSOFT, {PRESENCE: False}),
    ]
    return [_draft(row, kind, subject, asked, by).pk for kind, subject, asked in wishes]


def _draft(row: CrossConnection, kind: Change.Kind, subject: str, asked: dict[str, Any], by: Actor) -> Draft:
    opened = values_now(row, asked, subject)
    return drafts.begin(row=row, kind=kind, subject=subject, asked=asked, opened=opened, wants_proof=False, by=by)


def _draft_of_two(rows: Mapping[str, CrossConnection], person_: User) -> uuid.UUID:
    now, seen = timezone.now(), {"provider_provisioning_state": "NotProvisioned", "provider_notes": ""}
    members = [{"id": rows[key].pk, "service_key": key, "opened": seen} for key in (IDLE, NEW)]
    made = Draft.objects.create(
        person=person_,
        kind=Change.Kind.PROVISIONING,
        asked={"provider_provisioning_state": "Provisioned"},
        members=members,
        begun_at=now,
        expires_at=now + timedelta(minutes=30),
    )
    return made.pk
