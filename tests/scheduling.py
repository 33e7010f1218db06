"""Which tests pytest-xdist keeps in one process: those that share a running product.

pytest-xdist 3.8 marks groups in the ids of tests in a way that pytest 9.2 does not see any more; by the ids themselves
they are found whatever becomes of that.
"""

import re

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

_GROUPS = (
    re.compile(r"^tests/browser/"),
    re.compile(r"^tests/drills/engine/.*\b(embedded|Redis|RabbitMQ)-\d"),
)


class ByProduct(LoadGroupScheduling):  # type: ignore[misc]  # it has no types
    """One process for each group, and any for all else."""

    def _split_scope(self, nodeid: str) -> str:
        found = next(filter(None, (group.search(nodeid) for group in _GROUPS)), None)
        return " ".join(found.groups() or [found[0]]) if found else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByProduct | None:
    return ByProduct(config, log) if config.getvalue("dist") == "loadgroup" else None
