"""Hostile texts on the whole way: from Azure's answers through syncs, readings and lists onto every page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import override_settings
from django.urls import URLPattern

from crossconnections.models import Change, CrossConnection, Subscription, SyncRun
from crossconnections.queries.catalogues import OF_COMMUNITIES, OF_PORTS
from crossconnections.services import catalogues
from portal.access.scopes import EVERYWHERE
from tests.integration.domain import readings
from tests.integration.domain.changing import asked_for, carried_out
from tests.integration.domain.readings import MICROSOFT, MICROSOFT_PEERING, PRIVATE, PRIVATE_PEERING, asked
from tests.integration.domain.runs import synced
from tests.integration.hostile.addresses import PATTERNS, name_of
from tests.integration.hostile.fuzzing import ANSWERS, logged_lines
from tests.integration.hostile.judging import CONTROL, faults_of
from tests.integration.hostile.survey import Survey, survey
from tests.integration.hostile.walking import answers
from tests.integration.hostile.wire import Answer
from tests.integration.hostile.world import World, made_world
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

STORABLE = ["markup", "formulas", "escapes", "turned"]
OF_READINGS = ("snapshot", "snapshot-json", "table-csv")
SEEN = "alert(1)"
ODD_NAME = "=er\"'<script>alert(1)<b>{{7*7}}%s"


@pytest.fixture
def world() -> World:
    return made_world()


@pytest.fixture
def subscription(azure: SandboxProcess, world: World) -> Subscription:
    found = azure.subscription("test")
    return Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])


@pytest.fixture
def row(azure: SandboxProcess, subscription: Subscription) -> CrossConnection:
    """A circuit with both peerings whose customer has an odd idea of names, as Azure tells it to the mirror."""
    key = azure.order(peering_location="EUAP Test", subscription=str(subscription.subscription_id), name=ODD_NAME)
    azure.edit(key, peerings={PRIVATE: PRIVATE_PEERING, MICROSOFT: MICROSOFT_PEERING})
    azure.behave(hostile_texts=STORABLE)
    synced(subscription)
    return CrossConnection.objects.select_related("subscription").get(service_key=key)


def test_what_azure_tells_of_people_who_mean_no_good_harms_no_page(azure: SandboxProcess, world: World, row):
    with logged_lines() as log:
        readings.carried_out(snapshot := asked(row))
        for kinds in (OF_COMMUNITIES, OF_PORTS):
            catalogues.request_readings(EVERYWHERE, kinds, asked_for_now=True)
        for catalogue in row.subscription.catalogues.all():
            catalogues.read(catalogue_id=catalogue.pk)
        azure.fault("status", method="PUT", status=400, code="NobodyHasHeardOfIt")
        change = carried_out(asked_for(row, {"provider_provisioning_state": "Provisioned"}))
        assert (change.state, "alert(1)" in change.error_message) == (Change.State.FAILED, True)
        numbers = {f"{name}:number": [snapshot.number] for name in OF_READINGS}
        keys = {key: [row.service_key] for key in ("service_key", *(f"{name}:service_key" for name in OF_READINGS))}
        seen = walk(replace(world, known={**world.known, **keys, **numbers, "number": [change.pk]}))
    assert seen >= {
        "cross-connections",
        "cross-connection",
        "cross-connections-csv",
        "ports",
        "communities",
        *OF_READINGS,
    }
    assert not CONTROL.search(log.getvalue())


@pytest.mark.parametrize("kind", ["nul", "halves"])
def test_a_text_that_no_database_takes_ends_the_sync_with_a_word(
    azure: SandboxProcess, world: World, subscription, kind
):
    azure.behave(hostile_texts=kind)
    run = synced(subscription)
    assert (run.state, run.error_code) == (SyncRun.State.FAILED, "AnswerNotUnderstood")
    walk(world, "cross-connections", "sync-state")


def walk(world: World, *names: str) -> set[str]:
    """These addresses, or all that there are; the names of those that show a hostile text."""
    patterns = [one for one in PATTERNS if not names or name_of(one) in names]
    with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True):
        found = survey(world, patterns)
        return {
            name_of(pattern) for pattern in patterns for answer in judged(pattern, world, found) if SEEN in answer.text
        }


def judged(pattern: URLPattern, world: World, found: Survey) -> Iterator[Answer]:
    """Its answers, each of which is harmless."""
    for one, answer in answers(pattern, world, found):
        assert answer.status in ANSWERS, f"{one} got {answer.status}"
        assert faults_of(answer) == [], one
        yield answer
