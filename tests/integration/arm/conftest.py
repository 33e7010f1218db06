import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import trustme
from azure.core.credentials import AccessToken

from crossconnections.arm import ArmClient, Call, RetryPolicy, TimeOuts
from tests.integration.arm.loopback import Loopback, https_server, tunnels

# A machine that is busy with other tests may need a while for the least of answers.
PATIENT = TimeOuts(connect_seconds=5, read_seconds=5, total_seconds=10)
# For those that wait for the end of it.
QUICK = TimeOuts(connect_seconds=1, read_seconds=0.4, total_seconds=0.8)


class FixedToken:
    """A credential that has its token already."""

    def __init__(self, token: str = "the-token") -> None:  # noqa: S107 - a test's
        self.token = token
        self.scopes: list[str] = []
        self.claims: list[str | None] = []

    def get_token(self, *scopes: str, claims: str | None = None, **_options: Any) -> AccessToken:
        self.scopes += scopes
        self.claims.append(claims)
        return AccessToken(self.token, 2_000_000_000)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_bundle(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "brazilus.localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def azure(tls: ssl.SSLContext) -> Iterator[Loopback]:
    with https_server(tls) as server:
        yield server


@pytest.fixture
def elsewhere(tls: ssl.SSLContext) -> Iterator[Loopback]:
    """A second server, whose certificate is trusted just as well: only the host rule keeps us away."""
    with https_server(tls) as server:
        yield server


@pytest.fixture
def calls() -> list[Call]:
    return []


@pytest.fixture
def client_for(ca_bundle: str, calls: list[Call]) -> Iterator[Callable[..., ArmClient]]:
    """``client_for(server)``: a client of that server, closed after the test; options as ArmClient takes them.

    It tries once, so that a test of one answer sees one request.
    """
    opened: list[ArmClient] = []

    def build(server: Loopback, **options: Any) -> ArmClient:
        defaults: dict[str, Any] = {
            "endpoint": server.url,
            "credential": FixedToken(),
            "api_version": "2026-03-01",
            "ca_bundle": ca_bundle,
            "recorder": calls.append,
            "time_outs": PATIENT,
            "retries": RetryPolicy(tries=1),
        }
        opened.append(ArmClient(**defaults | options))
        return opened[-1]

    yield build
    for client in opened:
        client.close()


@pytest.fixture
def stranger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The certificate of an authority that signed nothing here."""
    file = tmp_path_factory.mktemp("ca") / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture
def seen_by_proxy() -> list[bytes]:
    return []


@pytest.fixture
def proxy(seen_by_proxy: list[bytes]) -> Iterator[Loopback]:
    """A forward proxy that takes every CONNECT to where it says."""
    with https_server(None) as server:
        server.plays(tunnels(seen_by_proxy))
        yield server
