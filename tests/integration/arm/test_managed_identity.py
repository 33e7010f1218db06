import logging
import socket
import threading

import pytest

from crossconnections import arm
from crossconnections.arm import (
    ManagedIdentity,
)
from tests.integration.arm.conftest import QUICK
from tests.integration.arm.loopback import Loopback, https_server, reply, sends_then_waits
from tests.integration.arm.test_identities import CLIENT, KEY, ClientFor, credential, failure_of
from tests.unit.arm import answers


class Machine:
    """Plain http, as Azure's machines have it; keeps what it was asked."""

    def __init__(self, body: bytes, status: str = "200 OK") -> None:
        self.seen: list[bytes] = []
        self._answer = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._body = body

    def __call__(self, wire: socket.socket, _over: threading.Event) -> None:
        self.seen.append(wire.recv(65536))
        wire.sendall(self._answer.encode() + b"Connection: close\r\n\r\n" + self._body)


APP_SERVICE = (
    b'{"access_token": "from-the-machine", "expires_on": "4000000000", "resource": "x", "token_type": "Bearer"}'
)
MACHINE = b'{"access_token": "from-the-machine", "expires_in": "3600", "resource": "x", "token_type": "Bearer"}'


def managed(client_id: str, ca_bundle: str) -> arm.TokenCredential:
    return credential(ManagedIdentity(client_id), "https://localhost:1", ca_bundle)


def test_an_app_service_gives_its_identitys_token(
    azure: Loopback, client_for: ClientFor, ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure.plays(reply(answers.load("trace_get")))
    machine = Machine(APP_SERVICE)
    with https_server(None) as server:
        server.plays(machine)
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"http://127.0.0.1:{server.port}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "the-header-secret")
        client = client_for(azure, credential=managed(CLIENT, ca_bundle))
        for _ in range(2):
            client.get_cross_connection(resource_id=KEY)
    (asked,) = machine.seen
    assert asked.startswith(b"GET /msi/token?")
    assert CLIENT.encode() in asked
    assert azure.asked[0].headers["authorization"] == "Bearer from-the-machine"


def test_a_virtual_machine_gives_its_identitys_token_whatever_else_the_environment_names(
    ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(MACHINE)
    with https_server(None) as server:
        server.plays(machine)
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", f"http://127.0.0.1:{server.port}")
        for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST"):
            monkeypatch.setenv(name, "localhost")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        assert managed("", ca_bundle).get_token("https://x/.default").token == "from-the-machine"
    assert machine.seen[0].startswith(b"GET /metadata/identity/oauth2/token?")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", "200 OK"),
        (b"[]", "200 OK"),
        (b"<html>the-header-secret</html>", "200 OK"),
        (b'{"error": "invalid_request", "error_description": "the-header-secret"}', "400 Bad Request"),
        (b"{}", "404 Not Found"),
        (b"{}", "429 Too Many Requests\r\nRetry-After: 60"),
        (b"{}", "500 Internal Server Error"),
    ],
)
@pytest.mark.parametrize("variable", ["IDENTITY_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"])
def test_a_machine_without_an_identity_gives_no_token(
    azure: Loopback,
    client_for: ClientFor,
    ca_bundle: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    variable: str,
    body: bytes,
    status: str,
) -> None:
    with https_server(None) as server, caplog.at_level(logging.INFO):
        server.plays(Machine(body, status))
        monkeypatch.setenv(variable, f"http://127.0.0.1:{server.port}")
        monkeypatch.setenv("IDENTITY_HEADER", "the-header-secret")
        failure_of(client_for(azure, credential=managed("", ca_bundle)), "the-header-secret")
    assert azure.connections == 0


def test_a_machine_that_says_nothing_is_not_waited_for(
    azure: Loopback, client_for: ClientFor, ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(None) as server:
        server.plays(sends_then_waits(b""))
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", f"http://127.0.0.1:{server.port}")
        failure_of(client_for(azure, time_outs=QUICK, credential=managed("", ca_bundle)))


def test_where_nothing_listens_there_is_no_identity(
    azure: Loopback, client_for: ClientFor, ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1")
    failure_of(client_for(azure, credential=managed("", ca_bundle)))
