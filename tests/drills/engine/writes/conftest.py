"""The same portals; their drills are of writes."""

import pytest

from tests.drills.engine.writes.drill import WriteDrill


@pytest.fixture
def kind_of_drill() -> type[WriteDrill]:
    return WriteDrill
