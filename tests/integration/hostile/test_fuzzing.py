"""Whatever is sent to whichever address, the answer is one that the portal means to give.

Whatever is typed into a form, it is taken, or refused with a sentence beside it and all that was typed still there.
"""

import pytest
from django.urls import URLPattern

from tests.integration.hostile import strategies
from tests.integration.hostile.addresses import PATTERNS, asks_entra, name_of, parts_of
from tests.integration.hostile.counting import Tally
from tests.integration.hostile.fuzzing import OF_A_FORM, fuzz
from tests.integration.hostile.refusals import judge_refusal
from tests.integration.hostile.survey import Survey, Taken
from tests.integration.hostile.wire import Asked, ask
from tests.integration.hostile.world import World

pytestmark = pytest.mark.django_db
every_address = pytest.mark.parametrize("pattern", PATTERNS, ids=name_of)
# Each with its reason.
WITHOUT_A_FORM = {"check-peering": "htmx sends the form of the peering while it is typed"}


@pytest.fixture
def taken(request: pytest.FixtureRequest, found: Survey, pattern: URLPattern, tally: Tally) -> Taken:
    """What the address takes; what asks Entra ID gets the sandbox's."""
    tally.address = name_of(pattern)
    if asks_entra(pattern):
        request.getfixturevalue("azure")
    return found.taken[tally.address]


@every_address
def test_no_query_breaks_a_page(world: World, found: Survey, pattern: URLPattern, taken: Taken, tally: Tally):
    fuzz(strategies.queries(taken, found), tally, session=world.session, examples=12)


@every_address
def test_no_form_breaks_a_page(world: World, found: Survey, pattern: URLPattern, taken: Taken, tally: Tally):
    examples = OF_A_FORM if taken.posts else 2
    fuzz(strategies.forms(taken, found), tally, session=world.session, examples=examples, judge=judge_refusal)


@every_address
def test_no_odd_part_breaks_an_address(world: World, pattern: URLPattern, taken: Taken, tally: Tally):
    examples = 8 if parts_of(pattern) else 2
    fuzz(strategies.paths(taken), tally, session=world.session, examples=examples)


@every_address
def test_no_header_breaks_a_page(world: World, pattern: URLPattern, taken: Taken, tally: Tally):
    fuzz(strategies.heads(taken), tally, session=world.session, examples=4)


def test_every_address_that_takes_a_post_is_led_to_by_a_form(found: Survey):
    without = {name for name, one in found.taken.items() if one.posts and not one.forms}
    assert without == set(WITHOUT_A_FORM), "say in WITHOUT_A_FORM why, or let the world have a page with its form"


def test_every_address_has_something_to_show(world: World, found: Survey):
    """Else only the way to a 404 would be fuzzed: say in world.py what there is for its parts."""
    shown = {200, 204, 302, 303, 405}
    lost = [
        name
        for name, one in found.taken.items()
        if not asks_entra(one.pattern)
        and name != "metrics"  # 404 without a token in the settings, tests/integration/portal/test_metrics.py
        and not any(ask(Asked("GET", path), session=world.session).status in shown for path in one.paths)
    ]
    assert lost == []
