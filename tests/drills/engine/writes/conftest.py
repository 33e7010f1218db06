"""The same portals; their drills are of writes: each of what its mark ``asks`` for, or of a provisioning."""

from functools import partial

import pytest

from tests.drills.engine.conftest import REPEATS, KindOfDrill
from tests.drills.engine.writes.drill import WriteDrill
from tests.drills.engine.writes.order import Order, Provisioning


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "drill" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("asks")
        asked = mark.args if mark else (Provisioning,)
        # Every day the first of them, which takes the way of all the others.
        metafunc.parametrize("asked", [_named(one) for one in (asked if REPEATS else asked[:1])])


def _named(asked: type[Order]) -> object:
    return pytest.param(asked, id=asked.in_words or pytest.HIDDEN_PARAM)


@pytest.fixture
def kind_of_drill(asked: type[Order]) -> KindOfDrill:
    return partial(WriteDrill, asked=asked)
