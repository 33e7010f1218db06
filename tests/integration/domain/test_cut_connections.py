"""A database server that cuts a worker's connection in the middle of a step, as one does that is restarted."""

from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from crossconnections.arm import Call
from crossconnections.models import ArmCall, Change
from crossconnections.services.changes.carrying_out import CHANGES
from crossconnections.services.engine.claims import claim
from crossconnections.services.engine.outcomes import Outcomes
from tests.integration.domain.changing import asked_for
from tests.integration.domain.readings import circuit
from tests.sandbox_process import SandboxProcess

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="there is no server"),
]
GET = Call("ExpressRouteCrossConnections_Get", "GET", "/", 200, timezone.now(), 0.1, "r", "c", "i", None, None, "", "")


def cut() -> None:
    with closing(connection.copy()) as another, another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


def test_what_was_asked_of_azure_by_then_is_written_over_another_one(azure: SandboxProcess, enlisted) -> None:
    held = claim(CHANGES, asked_for(circuit(azure, enlisted("test"))).pk)
    assert held
    outcomes = Outcomes(held)
    outcomes.calls.note(GET)
    cut()
    with pytest.raises(OperationalError):
        Change.objects.exists()
    outcomes.write_what_is_left()
    assert ArmCall.objects.get(purpose="change").client_request_id == "i"
