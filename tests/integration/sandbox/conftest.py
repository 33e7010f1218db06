"""One sandbox for the tests of this folder, and Microsoft's own client for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from azure.mgmt.network import NetworkManagementClient

from tests.integration.sandbox.credential import Connect, Credential
from tests.integration.sandbox.page import Browser
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """A sandbox with more than one page of cross connections, and operations that do not take long."""
    folder, quick = tmp_path_factory.mktemp("sandbox"), ["--operation-seconds", "0.05"]
    with SandboxProcess(folder, size=300, arguments=quick) as process:
        yield process


@pytest.fixture(autouse=True)
def _as_the_seed_made_it(sandbox: SandboxProcess) -> None:
    sandbox.reset()
    sandbox.token()  # asked for on a healthy day: a fault is meant for what the test asks


@pytest.fixture
def browser(sandbox: SandboxProcess) -> Browser:
    """Somebody who plays the customer by hand."""
    return Browser(sandbox)


@pytest.fixture
def credential(sandbox: SandboxProcess) -> Credential:
    return Credential(sandbox)


@pytest.fixture
def connect(sandbox: SandboxProcess, credential: Credential) -> Iterator[Connect]:
    """The client for the first subscription of a kind."""
    made: list[NetworkManagementClient] = []

    def to(kind: str, **options: Any) -> NetworkManagementClient:
        arm = sandbox.manifest["arm"]
        client = NetworkManagementClient(
            credential,
            sandbox.subscription(kind)["id"],
            base_url=arm,
            credential_scopes=[f"{arm}/.default"],
            connection_verify=sandbox.manifest["ca"],
            retry_backoff_factor=0.01,
            **options,
        )
        made.append(client)
        return client

    yield to
    for client in made:
        client.close()
