"""What stands in the head of a request: every odd value there at least once, for somebody and for anybody."""

from itertools import product

import pytest

from tests.integration.hostile.counting import Tally
from tests.integration.hostile.fuzzing import ANSWERS
from tests.integration.hostile.strategies import CHARSETS, HEADER_VALUES, HEADERS, TYPES
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.wire import TOKEN, Answer, Asked, ask
from tests.integration.hostile.world import World
from tests.integration.portal.headers import lacking

pytestmark = pytest.mark.django_db

# Parts of pages that cost little; the second takes a form.
FRAGMENT, FORM = "/cross-connections/sync/state/", "/cross-connections/sync/"
HTMX = (("HX-Request", "true"),)
BODY = f"csrfmiddlewaretoken={TOKEN}&q=%ff".encode()
IN_OTHER_CHARSETS = [
    f"{kind}; charset={one}" for kind, one in product(("text/plain", "multipart/form-data; boundary=x"), CHARSETS)
]


def sent(world: World, tally: Tally, asked: Asked) -> Answer:
    tally.address = "sync-now" if asked.target == FORM else "sync-state"
    tally.inputs += 1
    with undone():
        answer = ask(asked, session=world.session)
    assert answer.status in ANSWERS, f"{asked} got {answer.status}"
    return answer


@pytest.mark.parametrize("header", HEADERS)
def test_no_value_of_a_header_breaks_anything(world: World, tally: Tally, header: str):
    for value, is_anybody in product(HEADER_VALUES, (True, False)):
        sent(world, tally, Asked("GET", FRAGMENT, (*HTMX, (header, value)), is_anybody=is_anybody))


@pytest.mark.parametrize("kind", [*TYPES, *IN_OTHER_CHARSETS])
def test_no_type_of_a_body_breaks_anything(world: World, tally: Tally, kind: str):
    for method, target in product(("GET", "POST"), (FORM, "/cross-connections/records/import/", "/sign-in/?next=%ff")):
        sent(world, tally, Asked(method, target, (("Content-Type", kind),), BODY))


@pytest.mark.parametrize("charset", ["utf-16", "hex", "idna", "unicode_escape", "nothing-known"])
def test_another_charset_is_refused_with_a_page_that_says_so(world: World, tally: Tally, charset: str):
    answer = sent(
        world, tally, Asked("GET", "/cross-connections/", (("Content-Type", f"text/plain; charset={charset}"),))
    )
    assert answer.status == 400
    assert "That request could not be read" in answer.text
    assert lacking(dict(answer.headers.items())) == []


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_utf_8_is_taken_however_it_is_spelled(world: World, tally: Tally, charset: str):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert sent(world, tally, Asked("POST", FORM, (("Content-Type", kind),), BODY)).status == 303


@pytest.mark.parametrize(
    "cookie", ['session="\\000\\000\\000\\000\\000\\000\\000\\000"', "session=\xff" * 9, "session='); --"]
)
def test_a_session_that_is_none_is_nobodys(world: World, tally: Tally, cookie: str):
    answer = sent(world, tally, Asked("GET", "/cross-connections/", (("Cookie", cookie),)))
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_an_odd_address_of_the_page_that_asks_leads_to_the_first_page(world: World, tally: Tally):
    told = (*HTMX, ("HX-Current-URL", "http://["))
    answer = sent(world, tally, Asked("GET", FRAGMENT, told, is_anybody=True))
    assert answer.status == 286
    assert 'href="/sign-in/?next=%2F"' in answer.text
