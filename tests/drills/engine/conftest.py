"""Each drill with each broker; a portal is started once for a broker, and all its drills run in one process."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.drills.engine.brokers import BROKERS
from tests.drills.engine.course import Course
from tests.drills.engine.database import Database, PostgreSQL, Sqlite
from tests.drills.engine.drill import Drill
from tests.drills.engine.portal import Portal
from tests.drills.engine.table import tell

# Imported by the worker alone.
HOLDING = "tests.drills.engine.holding"
HERE = Path(__file__).parent
# A name, a portal and a seed make a drill.
KindOfDrill: TypeAlias = Callable[[str, Portal, int], Course]
# How often each drill is carried out; without it, those of every day once.
REPEATS = int(os.environ.get("DRILLS", "0"))
SERVER = os.environ["DATABASE_URL"]  # where the suite's own database is
ON_POSTGRESQL = SERVER.startswith("postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "drill" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("brokers")
        metafunc.parametrize("broker_name", only.args if only else _broker_names())
        metafunc.parametrize("seed", range(max(REPEATS, 1)))


def _broker_names() -> list[str]:
    # Every day, PostgreSQL is tried with what it is mostly run beside.
    return list(BROKERS) if REPEATS or not ON_POSTGRESQL else ["RabbitMQ"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    drills = [item for item in items if item.path.is_relative_to(HERE)]
    for item in drills:
        item.add_marker(pytest.mark.drill)
    if not REPEATS:
        long = [item for item in drills if not item.get_closest_marker("everyday")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def _database(broker_name: str, folder: Path) -> Database:
    if ON_POSTGRESQL:
        return PostgreSQL(SERVER, f"crossconnect_drills_{broker_name.lower()}")
    return Sqlite(folder / "crossconnect.sqlite3")


@pytest.fixture(scope="session")
def portal_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Portal]]:
    """Started when it is first asked for."""
    running: dict[str, Portal] = {}
    with ExitStack() as stack:

        def find(name: str) -> Portal:
            if name not in running:
                folder = tmp_path_factory.mktemp(name)
                broker, database = BROKERS[name](folder / "broker"), _database(name, folder)
                stack.callback(database.destroy)
                portal = Portal(folder / "portal", broker, database, include=HOLDING)
                running[name] = stack.enter_context(portal)
            return running[name]

        yield find


@pytest.fixture
def kind_of_drill() -> KindOfDrill:
    """Of table reads; other folders have others."""
    return Drill


@pytest.fixture
def drill(
    request: pytest.FixtureRequest,
    portal_with: Callable[[str], Portal],
    kind_of_drill: KindOfDrill,
    broker_name: str,
    seed: int,
) -> Iterator[Course]:
    portal = portal_with(broker_name)
    portal.settle()
    name = request.node.name.removeprefix("test_").replace(f"{broker_name}-{seed}", "")
    one = kind_of_drill(re.sub(r"[\W_]+", " ", name).strip(), portal, seed)
    said = {part: len(part.said()) for part in portal.parts}
    yield one
    for part, length in said.items():  # pytest shows it where the drill has failed
        sys.stdout.write(f"--- {part.name}\n{part.said(after=length)}")
    request.node.user_properties.append(("drill", one.told()))
    one.end()
    portal.settle()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell(terminalreporter, write=os.environ.get("WRITE_DRILLS") == "1")
