"""Each drill with each broker; a portal is started once for a broker, and all its drills run in one process."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.drills.engine.brokers import BROKERS
from tests.drills.engine.drill import Drill
from tests.drills.engine.portal import Portal
from tests.drills.engine.table import told_at_the_end

HERE = Path(__file__).parent
# How often each drill is carried out; without it, those of every day once.
REPEATS = int(os.environ.get("DRILLS", "0"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "drill" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("brokers")
        metafunc.parametrize("broker_name", only.args if only else list(BROKERS))
        metafunc.parametrize("seed", range(max(REPEATS, 1)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    drills = [item for item in items if item.path.is_relative_to(HERE)]
    for item in drills:
        item.add_marker(pytest.mark.drill)
        item.add_marker(pytest.mark.xdist_group(f"drills {item.callspec.params['broker_name']}"))  # type: ignore[attr-defined]
    if not REPEATS:
        long = [item for item in drills if not item.get_closest_marker("everyday")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def portal_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Portal]]:
    """Started when it is first asked for."""
    running: dict[str, Portal] = {}
    with ExitStack() as stack:

        def find(name: str) -> Portal:
            if name not in running:
                folder = tmp_path_factory.mktemp(name)
                running[name] = stack.enter_context(Portal(folder / "portal", BROKERS[name](folder / "broker")))
            return running[name]

        yield find


@pytest.fixture
def drill(
    request: pytest.FixtureRequest, portal_with: Callable[[str], Portal], broker_name: str, seed: int
) -> Iterator[Drill]:
    portal = portal_with(broker_name)
    portal.settle()
    one = Drill(request.node.originalname.removeprefix("test_").replace("_", " "), portal, seed)
    yield one
    request.node.user_properties.append(("drill", one.told()))
    portal.settle()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told_at_the_end(terminalreporter)
