"""Every address x method x person x object against the table that is checked in."""

import os
from itertools import chain

import pytest
from django.urls import URLPattern

from tests.integration.access.matrix import TABLE, World, line_of, lines_of, made_world, read_table
from tests.urlconf import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return made_world()


@pytest.mark.parametrize("pattern", views(), ids=lambda pattern: str(pattern.name))
def test_everybody_gets_at_an_address_what_the_table_says(world: World, pattern: URLPattern):
    assert lines_of(pattern, world) == read_table().get(str(pattern.name)), "see tests/integration/access/matrix.py"


def test_the_table_tells_of_no_address_that_is_gone():
    assert set(read_table()) == {str(pattern.name) for pattern in views()}


def test_every_address_has_a_name_of_its_own():
    names = [pattern.name for pattern in views()]
    assert None not in names
    assert len(names) == len(set(names))


def test_whoever_may_more_gets_no_less():
    """Along a line a role that is let in is followed by no higher one that is not."""
    for line in chain.from_iterable(read_table().values()):
        statuses = line.split()[5:]
        for some in (statuses[:4], statuses[4:8]):
            allowed = [status in {"200", "303"} for status in some]
            assert allowed == sorted(allowed), line


def write_the_table_anew(world: World):
    lines = [line for pattern in views() for line in lines_of(pattern, world)]
    head = line_of("address", "object", "methods", *world.browsers)
    words = "# What everybody gets: a status for each person. @ams: the role is held in Amsterdam alone; "
    words += "mixed: Support in Amsterdam, Viewer in Frankfurt, where the other object is. See matrix.py."
    TABLE.write_text("\n".join([words, head, *lines, ""]))


# Not a test but to be run as one, for it needs the database.
if "WRITE_MATRIX" in os.environ:
    test_the_table_is_written_anew = write_the_table_anew
