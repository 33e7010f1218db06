"""The matrix: every address, by every method, asked by everybody, of an object of theirs, of another's and of none.

``matrix.txt`` beside this file is the expected table, read and checked in by people. After a change that is meant,
``WRITE_MATRIX=1 make test`` writes it anew; the difference is then what a review has to read.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from crossconnections.models import (
    AcceptedFinding,
    Attention,
    Catalogue,
    Change,
    ChangeSet,
    CrossConnection,
    CustomerRecord,
    Draft,
    Readiness,
    Snapshot,
    Subscription,
    SyncRun,
    TableRead,
    Watch,
    WatchRead,
    Workflow,
    WorkflowStep,
)
from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.pages.changes import held
from tests.integration.pages.readings import fail, read_of, reading
from tests.integration.pages.records import record_of
from tests.integration.pages.rows import cross_connection, enlisted, private_peering
from tests.integration.pages.watches import told, up, watch
from tests.integration.pages.works import work
from tests.people import NOC, given, person, signed_in_as

TABLE = Path(__file__).with_name("matrix.txt")
OWN, OTHER, MISSING = "own", "other", "missing"
WITHOUT = "-"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "GET+htmx", "POST+htmx")
LOCATIONS = {OWN: "Amsterdam", OTHER: "Frankfurt", MISSING: "Atlantis"}
KEYS = {one: f"{number}b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610" for number, one in enumerate(LOCATIONS, 1)}
ELSEWHERE = "Another subscription"
# What nobody whose role ends at Amsterdam may read, on whichever page.
SECRETS = (KEYS[OTHER], "Frankfurt", "er-secret", "AS 64999", "10.99.99.0", ELSEWHERE, "Fabrikam")
_WIDTHS = (24, 9, 44)
_OF_SETS = ("change-set", "cancel-change-set", "confirm-change-set")
# A review of several, by the Administrator of everything: nobody sees it but its own person.
DRAFT = uuid.UUID(int=9)
# What stands for the parts of an address behind the service key: a table that each cross connection has been read for.
PARTS = {
    "number": 1,
    "peering": "AzurePrivatePeering",
    "peering_type": "AzurePrivatePeering",
    "device_path": "primary",
    "table": "arp",
    "draft": uuid.UUID(int=5),
    "kind": Workflow.Kind.CONNECT,
    "step": "layer-2-primary",
}
# What an address is asked about.
QUERIES = {"check-peering": "?field=primary_prefix"}


@dataclass(frozen=True)
class World:
    """Two cross connections and what there is of them, a role, a person, a subscription; and who asks, in browsers."""

    assignment: RoleAssignment
    somebody: User
    subscription: Subscription
    browsers: dict[str, Client] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    rows: dict[str, object] = field(default_factory=dict)
    sets: dict[str, ChangeSet] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        """Their browser, signed in whatever it was used for before."""
        browser = self.browsers[who]
        browser.cookies.load(self.cookies[who])
        return browser


def made_world() -> World:
    """The estate and the people, in an empty database."""
    northlink = enlisted("Northlink production")
    mine = cross_connection(northlink, KEYS[OWN], peering_location=LOCATIONS[OWN])
    private_peering(mine)
    other = {"peering_location": LOCATIONS[OTHER], "circuit_name": "er-secret"}
    private_peering(cross_connection(northlink, KEYS[OTHER], **other), peer_asn=64999, primary_prefix="10.99.99.0/30")
    cross_connection(enlisted(ELSEWHERE), **other)
    for row in CrossConnection.objects.all():
        fail(read_of(reading(row), "secondary", "routes"))
        record_of(row, customer="Contoso" if row == mine else "Fabrikam")
        told(watch(row), *up(3600, 70))  # reset at one moment, on one port
        Attention.objects.create(cross_connection=row, kind="deleted", seen_at=timezone.now())
        work(row, primary_a_end="AS 64999, port 3" if row != mine else "Port 3")
    assert mine.attention.exists()
    for subscription in Subscription.objects.all():
        Readiness.objects.create(cloud=subscription.cloud, subscription_id=subscription.subscription_id)
    world = World(given(Role.VIEWER, to=NOC, kind="peering-location", where="Chicago"), person("Sam Ortiz"), northlink)
    world.browsers.update(_everybody())
    world.cookies.update({who: browser.cookies.output(header="") for who, browser in world.browsers.items()})
    world.sets.update({one: _set_of(CrossConnection.objects.get(service_key=KEYS[one])) for one in (OWN, OTHER)})
    _draft(User.objects.get(name="Administrator"), CrossConnection.objects.get(subscription__label=ELSEWHERE))
    world.rows.update(_rows())
    return world


def _set_of(row: CrossConnection) -> ChangeSet:
    """A set with one change that waits for a word."""
    made = ChangeSet.objects.create(asked_at=timezone.now())
    held(row, change_set=made)
    return made


def _draft(of: User, row: CrossConnection) -> None:
    """A review of one that can be changed: it gets a note."""
    now, opened = timezone.now(), {"provider_provisioning_state": "Provisioned", "provider_notes": ""}
    members = [{"id": row.pk, "service_key": row.service_key, "opened": opened}]
    asked = opened | {"provider_notes": "Cage 14."}
    times = {"begun_at": now, "expires_at": now + timedelta(minutes=30)}
    Draft.objects.create(pk=DRAFT, person=of, kind=Change.Kind.PROVISIONING, asked=asked, members=members, **times)


def _everybody() -> Iterator[tuple[str, Client]]:
    yield "anonymous", Client(HTTP_HOST="localhost")
    yield "no-role", signed_in_as(person("Tomasz"))
    for role in Role:
        there = person(f"{role.word} in Amsterdam")
        given(role, to=there, kind="peering-location", where="Amsterdam")
        yield f"{role.name.casefold()[:3]}@ams", signed_in_as(there)
    for role in Role:
        yield role.name.casefold()[:7], signed_in_as(person(role.word, role.app_role))
    mixed = person("Support in Amsterdam, Viewer in Frankfurt")
    given(Role.SUPPORT, to=mixed, kind="peering-location", where="Amsterdam")
    given(Role.VIEWER, to=mixed, kind="peering-location", where="Frankfurt")
    yield "mixed", signed_in_as(mixed)


def objects_of(pattern: URLPattern) -> tuple[str, ...]:
    """Which objects an address can be asked of."""
    parameters = set(pattern.pattern.converters)
    if parameters & {"service_key", "number"} or pattern.name == "location-rows":
        return (OWN, OTHER, MISSING)
    return (OWN, MISSING) if parameters else (WITHOUT,)


def address_of(pattern: URLPattern, which: str, world: World) -> str:
    """The address of an object."""
    name = str(pattern.name)
    if name == "location-rows":
        return f"{reverse(name)}?{urlencode({'location': LOCATIONS[which]})}"
    if "service_key" in pattern.pattern.converters:
        known = {name: PARTS[name] for name in pattern.pattern.converters if name in PARTS}
        return reverse(name, kwargs={"service_key": KEYS[which]} | known) + QUERIES.get(name, "")
    return reverse(name, args=_arguments_of(pattern, which, world))


def _arguments_of(pattern: URLPattern, which: str, world: World) -> list[object]:
    """What stands for the part of an address without a service key; of what is not there, something that is not."""
    name, parts = str(pattern.name), set(pattern.pattern.converters)
    there: object = None
    if name in _OF_SETS:
        there = world.sets[which].pk if which in world.sets else None
    elif "number" in parts:
        there = Change.objects.filter(cross_connection__service_key=KEYS[which]).values_list("pk", flat=True).first()
    elif "subscription_id" in parts:
        return [world.subscription.subscription_id if which == OWN else uuid.UUID(int=8)]
    elif "draft" in parts:
        return [DRAFT if which == OWN else uuid.UUID(int=8)]
    elif which == OWN:
        there = world.assignment.pk if name == "end-assignment" else world.somebody.pk
    return [there or 10**9] if parts else []


def lines_of(pattern: URLPattern, world: World) -> list[str]:
    """Of one address: the object, the methods that are answered alike, and what everybody gets."""
    lines = []
    for which in objects_of(pattern):
        alike: dict[tuple[int, ...], list[str]] = {}
        for method in METHODS:
            address = address_of(pattern, which, world)
            fields = FIELDS | ACTS.get(str(pattern.name), {})
            found = tuple(_status(world, who, method, address, fields) for who in world.browsers)
            alike.setdefault(found, []).append(method)
        lines += [line_of(str(pattern.name), which, ",".join(methods), *found) for found, methods in alike.items()]
    return lines


def line_of(name: str, which: str, methods: str, *cells: object) -> str:
    """A line of the table."""
    asked = "".join(f"{text:<{width}}" for text, width in zip((name, which, methods), _WIDTHS, strict=True))
    return asked + "".join(f"{cell!s:>9}" for cell in cells)


def _status(world: World, who: str, method: str, address: str, fields: dict[str, str]) -> int:
    """What somebody gets; whatever it did is undone. A refusal did nothing, and nobody reads what is not theirs."""
    verb, _, htmx = method.partition("+")
    before, writing = transaction.savepoint(), Writing()
    with connection.execute_wrapper(writing):
        answer = world.browser(who).generic(
            verb,
            address,
            urlencode(fields) if verb == "POST" else "",
            "application/x-www-form-urlencoded",
            headers={"HX-Request": "true"} if htmx else {},
        )
    text = answer.getvalue().decode()
    is_refused = answer.status_code not in {200, 302, 303} or (verb != "POST")
    assert not (is_refused and writing.is_seen) or _rows() == world.rows, (who, method, address)
    if who.endswith("@ams"):
        assert not [secret for secret in SECRETS if secret in text], (who, method, address)
    transaction.savepoint_rollback(before)
    return answer.status_code


# Fields of every form at once: none minds the others', and each is valid.
FIELDS = {
    "kind": "deleted",
    "do": "deactivate",
    "principal_kind": "group",
    "principal_id": str(uuid.UUID(int=7)),
    "principal_name": "Field engineers",
    "role": "2",
    "scope": "everything:",
    "comment": "Called the customer.",
    "peering": "AzurePrivatePeering",
    "path": "secondary",
    "table": "routes",
    "outcome": "taken",
    "service_keys": KEYS[OWN],
    "provider_provisioning_state": "Provisioned",
    "draft": str(DRAFT),
    "customer": "Contoso AG",
    "text": f"service_key,customer\n{KEYS[OWN]},Contoso AG",
    # As it is, and so there is nothing to send; but the secondary subnet of both cross connections on the primary link.
    "vlan_id": "200",
    "peer_asn": "65020",
    "primary_prefix": "172.16.18.4/30",
    "secondary_prefix": "172.16.18.0/30",
    # Of a piece of work: what stands between the order and Azure has a reason.
    "service_key": KEYS[OWN],
    "ordered_location": "Amsterdam",
    "ordered_bandwidth_mbps": "500",
    "act": "done",
    "key": "R64|AzurePrivatePeering|secondary",
    "reason": "Agreed by phone.",
}
# Where the press says which of two.
ACTS = {
    "workflow-end": {"act": "give-up"},
    "subscriptions": {"subscription_id": str(uuid.UUID(int=6)), "label": "Northlink test", "kind": "test"},
    "subscription": {"do": "pause"},
}


MODELS = (
    CrossConnection, CustomerRecord, Attention, SyncRun, Catalogue, Snapshot, TableRead, Watch, WatchRead, Change,
    ChangeSet, Draft, Subscription, Readiness, Workflow, WorkflowStep, AcceptedFinding, RoleAssignment, User,
)  # fmt: skip


class Writing:
    """Whether anything was written into the tables of these models: only then all their rows are looked at."""

    def __init__(self) -> None:
        self.is_seen = False

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        is_write = not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        self.is_seen |= is_write and any(model._meta.db_table in sql for model in MODELS)
        return execute(sql, *arguments)


def _rows() -> dict[str, object]:
    """What there is to be changed by asking."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def read_table() -> dict[str, list[str]]:
    """The expected lines of each address."""
    table: dict[str, list[str]] = {}
    for line in TABLE.read_text().splitlines() if TABLE.exists() else []:
        if not line.startswith(("#", "address")):
            table.setdefault(line.split()[0], []).append(line)
    return table
