"""A role that is given at one location, from the administrator's form to what its person sees, and back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.product import Product

SignIn = Callable[..., Page]


@pytest.fixture
def farah(chromium: Browser, product: Product, sign_in: SignIn) -> Iterator[Page]:
    """Somebody with groups and no role, the first of the sandbox people without app roles."""
    context = chromium.new_context(base_url=product.url, viewport={"width": 1440, "height": 900})
    yield sign_in(context.new_page())
    context.close()


@pytest.fixture
def administrator(page: Page, sign_in: SignIn) -> Iterator[Page]:
    """Whoever gave roles ends them all at the end."""
    yield sign_in(page, "Portal.Administrator", to="/settings/access/")
    page.goto("/settings/access/")
    while page.get_by_role("button", name="End the role").count():
        page.get_by_role("button", name="End the role").first.click()


def test_a_group_gets_a_location_and_its_people_see_that_alone(farah: Page, administrator: Page, product: Product):
    expect(farah.get_by_role("heading", level=1)).to_have_text("You cannot see any cross connections yet")
    group = next(person["groups"][0] for person in product.manifest["people"] if person["groups"])
    administrator.get_by_label("Object id").fill(group)
    administrator.get_by_label("Name", exact=True).fill("NOC EMEA")
    administrator.get_by_label("Role", exact=True).select_option("Support")
    administrator.get_by_label("Where", exact=True).select_option("Amsterdam")
    administrator.get_by_role("button", name="Give the role").click()
    expect(administrator.get_by_role("button", name="End the role Support of NOC EMEA in Amsterdam")).to_be_visible()

    farah.goto("/cross-connections/")
    expect(farah.get_by_text("Support, Amsterdam")).to_be_visible()
    expect(farah.get_by_role("heading", level=1)).to_have_text("Cross connections")
    expect(farah.locator("#list")).to_contain_text("in 1 location")

    administrator.get_by_role("button", name="End the role").click()
    farah.goto("/cross-connections/")
    expect(farah.get_by_role("heading", level=1)).to_have_text("You cannot see any cross connections yet")


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(administrator: Page, faults: list[str]):
    administrator.get_by_label("Object id").fill("noc-emea")
    administrator.get_by_label("Name", exact=True).fill("NOC EMEA")
    administrator.get_by_role("button", name="Give the role").click()
    expect(administrator.get_by_label("Object id")).to_have_accessible_description(
        "Of the group or the person, from Entra ID. Those who have signed in are offered, and their groups. "
        "An object id is a GUID, as Entra ID shows it on the page of the group or the person."
    )
    expect(administrator.get_by_label("Name", exact=True)).to_have_value("NOC EMEA")
    expect(administrator.get_by_role("alert")).to_be_focused()
    administrator.get_by_role("alert").get_by_role("link", name="Where").click()
    expect(administrator.get_by_label("Where", exact=True)).to_be_focused()
    faults.clear()  # 422 is an error to Chromium


def test_who_is_at_a_page_when_their_sessions_are_ended_is_told_there(farah: Page, administrator: Page):
    administrator.reload()
    administrator.get_by_role("button", name="End the sessions of Farah Haddad").click()
    farah.goto("/cross-connections/")
    expect(farah.get_by_role("link", name="Sign in with Microsoft")).to_be_visible()


def test_what_was_typed_stays_when_the_session_ends_under_it(
    page: Page, context: BrowserContext, sign_in: SignIn, faults: list[str]
):
    sign_in(page, "Portal.Administrator", to="/settings/access/")
    page.get_by_label("Name", exact=True).fill("NOC EMEA")
    context.clear_cookies(name="session")
    page.get_by_role("button", name="Give the role").click()
    expect(page.locator("#banner")).to_contain_text("What you typed is still here")
    expect(page.get_by_label("Name", exact=True)).to_have_value("NOC EMEA")
    faults.clear()
