"""Where Azure said to look stands in a row, and may be another host's by the time it is read: nobody asks there.

SECURITY.md, 3.1: the host is judged before each request, also of an address that was read from the database anew.
"""

from collections.abc import Iterator

import pytest

from crossconnections.models import Change, CrossConnection, TableRead
from tests.integration.arm.loopback import Loopback, https_server, reply
from tests.integration.domain import changing, readings
from tests.integration.domain.readings import circuit
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

HOSTILE = ("https://localhost:{port}/x", "https://127.0.0.1:{port}/x", "https://{own}@localhost:{port}/x")


@pytest.fixture
def elsewhere() -> Iterator[Loopback]:
    """It counts who connects; nobody gets as far as a handshake."""
    with https_server(None) as server:
        server.plays(reply({}))
        yield server


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    return circuit(azure, enlisted("test"))


def hostile(link: str, elsewhere: Loopback, azure: SandboxProcess) -> str:
    return link.format(port=elsewhere.port, own=azure.manifest["arm"].removeprefix("https://"))


@pytest.mark.parametrize("link", HOSTILE)
def test_a_change_whose_address_leads_elsewhere_is_looked_up_at_the_cross_connection(
    azure: SandboxProcess, elsewhere: Loopback, row: CrossConnection, link: str
):
    change = changing.step(changing.asked_for(row))
    assert change.state == Change.State.RUNNING
    address = hostile(link, elsewhere, azure)
    Change.objects.filter(pk=change.pk).update(poll_url=address, result_url=address)
    assert changing.step(change).state == Change.State.UNKNOWN
    assert changing.carried_out(change).state == Change.State.SUCCEEDED
    assert elsewhere.connections == 0


@pytest.mark.parametrize("column", ["poll_url", "result_url"])
@pytest.mark.parametrize("link", HOSTILE)
def test_a_read_whose_address_leads_elsewhere_has_failed(
    azure: SandboxProcess, elsewhere: Loopback, row: CrossConnection, link: str, column: str
):
    read = readings.asked(row).reads.order_by("pk").first()
    assert read is not None
    assert readings.step(read).state == TableRead.State.RUNNING
    TableRead.objects.filter(pk=read.pk).update(poll_url="", result_url="")
    TableRead.objects.filter(pk=read.pk).update(**{column: hostile(link, elsewhere, azure)})
    read = readings.step(read)
    assert (read.state, read.error_code) == (TableRead.State.FAILED, "HostNotAllowed")
    assert elsewhere.connections == 0
