"""Every page, part of one, twin and file of the portal, with hostile rows in place, is harmless."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern

from tests.integration.hostile.addresses import PATTERNS, asks_entra, name_of
from tests.integration.hostile.fuzzing import ANSWERS, logged_lines
from tests.integration.hostile.judging import CONTROL, faults_of
from tests.integration.hostile.rows import MARK, make_hostile
from tests.integration.hostile.survey import Survey
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.walking import answers
from tests.integration.hostile.wire import Asked, ask
from tests.integration.hostile.world import BUSY, GONE, World

pytestmark = pytest.mark.django_db

_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


@pytest.fixture(scope="module", params=[False, True], ids=["known states", "states nobody knows"])
def hostile(request: pytest.FixtureRequest, world: World, found: Survey) -> Iterator[Survey]:
    """What each address takes, once all rows are hostile, and so is the name of who did something."""
    with undone():
        make_hostile(states=request.param)
        for path, body in (
            (f"/cross-connections/{BUSY}/attention/", b"kind=edited"),
            ("/cross-connections/sync/", b""),
        ):
            ask(Asked("POST", path, _FORM, body), session=world.session)
        ask(Asked("GET", f"/cross-connections/{GONE}/handover.txt"), session=world.session)
        yield found


@pytest.mark.parametrize("pattern", PATTERNS, ids=name_of)
def test_nothing_of_a_hostile_row_is_obeyed(world: World, hostile: Survey, pattern: URLPattern, request):
    if asks_entra(pattern):
        request.getfixturevalue("azure")
    with logged_lines() as log:
        for asked, answer in answers(pattern, world, hostile):
            assert answer.status in ANSWERS, f"{asked} got {answer.status}"
            assert faults_of(answer) == [], asked
    assert not CONTROL.search(log.getvalue())


def test_the_rows_are_seen_at_all(world: World, hostile: Survey):
    """Or the test above would prove nothing."""
    names = {"cross-connections", "cross-connection", "changes", "ports", "communities", "snapshot", "access"}
    asked = [one for one in PATTERNS if name_of(one) in names]
    assert names == {name_of(one) for one in asked for _, answer in answers(one, world, hostile) if MARK in answer.text}
