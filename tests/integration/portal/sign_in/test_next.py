"""Where a person comes back to: a page of this site, never anywhere else, never round in circles."""

import pytest

from tests.integration.portal.sign_in.browser import LIST, Browser, operator

HOSTILE = [
    "https://evil.example/",
    "http://evil.example/",
    "HTTPS://EVIL.EXAMPLE/",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\r\n/evil.example",
    "/cross-connections/\r\nSet-Cookie: session=evil",
    "\x00//evil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "//localhost:8000@evil.example/",
    "https://localhost:8000@evil.example/",
    "https://localhost:8000.evil.example/",
    "//[::1",
    "evil.example",
    "",
]
CIRCLES = [
    *("/sign-in/", "/sign-in/?next=/sign-in/", "/sign-in/start/", "/sign-in/callback/?code=x&state=y"),
    *("/sign-out/", "/signed-out/", "/%73ign-out/", "/./sign-out/", "/x/../sign-out/"),
]
GOOD = [
    *("/", LIST, f"{LIST}?q=ams&location=Amsterdam", f"{LIST}?q=a//b", f"{LIST}?q=%2F%2Fa%5C"),
    *(f"{LIST}?q=https://evil.example/", f"{LIST}export.csv?state=NotProvisioned", f"{LIST}?q=M%C3%BCnchen+%26+co"),
]


@pytest.mark.rule(10)
@pytest.mark.parametrize("wanted", [*HOSTILE, *CIRCLES], ids=ascii)
def test_a_next_that_leads_away_or_round_leads_to_the_first_page(browser, azure, wanted: str):
    assert browser.sign_in(operator(azure), wanted).headers["Location"] == "/"


@pytest.mark.rule(10)
@pytest.mark.parametrize("wanted", GOOD)
def test_a_page_of_this_site_is_come_back_to(browser, azure, wanted: str):
    assert browser.sign_in(operator(azure), wanted).headers["Location"] == wanted


@pytest.mark.rule(10)
def test_it_is_looked_at_again_before_the_redirect(browser, azure):
    location = browser.choose(browser.start(LIST), operator(azure))
    session = browser.portal.session
    for kept in session["sign_in_flows"].values():
        kept["next"] = "//evil.example/"
    session.save()
    assert browser.come_back(location).headers["Location"] == "/"


@pytest.mark.rule(10)
@pytest.mark.parametrize("wanted", [*HOSTILE, *CIRCLES], ids=ascii)
def test_who_is_signed_in_already_is_led_nowhere_else_either(lotte: Browser, wanted: str):
    assert lotte.portal.get("/sign-in/", {"next": wanted}).headers["Location"] == "/"


@pytest.mark.rule(10)
@pytest.mark.parametrize("wanted", HOSTILE, ids=ascii)
def test_the_links_of_the_sign_in_page_lead_nowhere_else(browser, wanted: str):
    page = browser.portal.get("/sign-in/", {"next": wanted}).content.decode()
    assert 'href="/sign-in/start/?next=%2F"' in page


def test_a_page_sends_an_anonymous_person_to_the_sign_in_page_and_keeps_the_address(browser):
    answer = browser.portal.get(f"{LIST}?q=a&location=b")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=/cross-connections/%3Fq%3Da%26location%3Db"
