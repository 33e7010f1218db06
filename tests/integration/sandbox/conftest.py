"""One sandbox for the tests of this folder."""

from collections.abc import Iterator

import pytest

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
