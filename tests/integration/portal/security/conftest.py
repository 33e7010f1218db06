import pytest

from tests.integration.access.matrix import World, made_world


@pytest.fixture
def world(db: None) -> World:
    """The estate and the people of the matrix of access."""
    return made_world()
