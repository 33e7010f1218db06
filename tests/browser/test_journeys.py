import re
from collections.abc import Callable, Iterator

import pytest
import requests
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import person_with
from tests.product import Product

KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"
SignIn = Callable[..., Page]


class Customer:
    """Orders and deletes circuits at the sandbox."""

    def __init__(self, product: Product) -> None:
        self.url = f"{product.manifest['arm']}/_sandbox/circuits"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = product.manifest["ca"]

    def order(self, subscription: str) -> str:
        body = {"peering_location": "EUAP Test", "bandwidth_mbps": 500, "subscription": subscription}
        return str(self.session.post(self.url, json=body, timeout=10).json()["service_key"])

    def delete(self, service_key: str) -> None:
        self.session.delete(f"{self.url}/{service_key}", timeout=10)


@pytest.fixture
def customer(product: Product) -> Iterator[Customer]:
    customer = Customer(product)
    with customer.session:
        yield customer


@pytest.mark.parametrize("role", ["Viewer", "Support", "Operator", "Administrator"])
def test_each_role_signs_in_and_sees_the_locations(page: Page, product: Product, sign_in: SignIn, role: str):
    sign_in(page, f"Portal.{role}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cross connections")
    expect(page.get_by_text("300 cross connections in")).to_be_visible()
    expect(page.get_by_text(person_with(product, f"Portal.{role}"))).to_be_visible()


def test_a_person_without_a_role_learns_what_is_missing_and_can_leave(page: Page, sign_in: SignIn, faults: list[str]):
    sign_in(page)
    expect(page.get_by_text("Portal.Viewer")).to_be_visible()
    faults.clear()  # Chromium reports the status 403 of the page as an error
    page.get_by_role("button", name="Use another account").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()


def test_a_key_is_found_by_a_fragment_and_opened(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    page.keyboard.press("/")
    page.keyboard.type("ffffff5f")
    page.get_by_role("link", name=KEY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KEY)
    for fact in ("Not provisioned", "200 Mbps", "EUAP Test", "EUAP-ARMTEST-06GMR-CIS-1-PRI-A", "TestCircuitXYZ"):
        expect(page.get_by_text(fact).first).to_be_visible()


def test_the_search_stands_in_the_address_and_survives_a_reload(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    page.get_by_role("searchbox").fill("ffffff5f")
    page.wait_for_url("**q=ffffff5f**")
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("ffffff5f")
    expect(page.get_by_role("link", name=KEY)).to_be_visible()


def test_a_service_key_is_copied_whole(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support", to=f"/cross-connections/{KEY}/")
    page.get_by_role("button", name="Copy service key").first.click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == KEY


def test_a_location_opens_and_shows_its_peerings_addresses(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support", to="/cross-connections/?location=EUAP+Test")
    expect(page.get_by_role("row").filter(has_text="TestCircuit2")).to_be_visible()


def test_sync_now_brings_a_new_order_without_a_reload(
    page: Page, product: Product, sign_in: SignIn, customer: Customer
):
    sign_in(page, "Portal.Operator", to="/cross-connections/?location=EUAP+Test")
    test_subscription = next(found["id"] for found in product.manifest["subscriptions"] if found["kind"] == "test")
    service_key = customer.order(test_subscription)
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_role("link", name=service_key)).to_be_visible(timeout=30_000)
    customer.delete(service_key)
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_role("link", name=service_key)).to_have_count(0, timeout=30_000)


def test_signing_out_leaves_nothing_behind_the_back_button(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support", to=f"/cross-connections/{KEY}/")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("link", name="Sign out of Microsoft too")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Sign in with Microsoft")).to_be_visible()
    expect(page.get_by_text(KEY)).to_have_count(0)


def test_the_theme_is_kept_and_written_by_the_server(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    page.get_by_role("button", name="light or dark").click()
    chosen = page.locator("html").get_attribute("data-theme")
    assert chosen == "dark"
    page.reload()
    assert f'data-theme="{chosen}"' in page.content()


def test_a_session_that_ended_meanwhile_is_told_in_place_and_keeps_what_was_typed(
    page: Page, context: BrowserContext, sign_in: SignIn, faults: list[str]
):
    sign_in(page, "Portal.Support")
    context.clear_cookies()
    page.get_by_role("searchbox").fill("something typed")
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("something typed")
    faults.clear()


def test_everything_works_without_javascript(chromium, product: Product, sign_in: SignIn):
    context = chromium.new_context(base_url=product.url, java_script_enabled=False)
    page = sign_in(context.new_page(), "Portal.Operator")
    page.get_by_role("searchbox").fill("ffffff5f")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=KEY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KEY)
    page.get_by_role("link", name="Connections").first.click()
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cross connections")
    context.close()


def test_a_closed_group_opens_where_it_stands_and_stays_open_when_the_list_refreshes(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    page.locator("a.grp").filter(has_text="Chicago").click()
    expect(page.get_by_role("table", name="Cross connections in Chicago")).to_be_visible()
    page.get_by_role("group", name="Sort by").get_by_role("link", name="Bandwidth").click()
    expect(page).to_have_url(re.compile(r"/cross-connections/\?sort=-bandwidth&opened=Chicago$"))
    page.evaluate("htmx.trigger(document.body, 'synced')")
    expect(page.get_by_role("table", name="Cross connections in Chicago")).to_be_visible()
    expect(page.locator(".hd .descending")).to_contain_text("Bandwidth")


def test_a_page_that_shows_itself_anew_keeps_open_what_was_opened(
    page: Page, product: Product, sign_in: SignIn, customer: Customer
):
    test_subscription = next(found["id"] for found in product.manifest["subscriptions"] if found["kind"] == "test")
    service_key = customer.order(test_subscription)
    sign_in(page, "Portal.Operator")
    page.get_by_role("button", name="Sync now").click()
    expect(page.locator("#toast")).to_have_text("Synced", timeout=30_000)
    page.goto(f"/cross-connections/{service_key}/")
    page.locator("#raw summary").click()
    other = page.context.new_page()
    customer.delete(service_key)
    other.goto("/cross-connections/")
    other.get_by_role("button", name="Sync now").click()
    expect(page.get_by_text("Gone from Azure since")).to_be_visible(timeout=40_000)
    expect(page.locator("#raw")).to_have_attribute("open", "")


def test_opened_groups_are_open_again_on_the_way_back(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    for name in ("Chicago", "Dublin"):
        page.locator("a.grp").filter(has_text=name).click()
        expect(page.get_by_role("table", name=f"Cross connections in {name}")).to_be_visible()
    page.locator("summary.grp").filter(has_text="Dublin").click()
    expect(page).to_have_url(re.compile(r"\?opened=Chicago$"))
    page.get_by_role("table", name="Cross connections in Chicago").get_by_role("link").first.click()
    expect(page.locator("#detail")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("table", name="Cross connections in Chicago")).to_be_visible()
    expect(page.get_by_role("table", name="Cross connections in Dublin")).to_have_count(0)


def test_what_was_chosen_while_the_portal_did_not_answer_is_asked_for_once_it_does(
    page: Page, context: BrowserContext, sign_in: SignIn, faults: list[str]
):
    sign_in(page, "Portal.Viewer")
    context.set_offline(True)
    page.get_by_role("searchbox").fill("EUAP")
    expect(page.get_by_text("The portal does not answer")).to_be_visible()
    context.set_offline(False)
    page.evaluate("htmx.trigger(document.body, 'synced')")
    expect(page.get_by_text("2 cross connections in 1 location").first).to_be_visible()
    expect(page.get_by_text("The portal does not answer")).to_have_count(0)
    expect(page.get_by_role("link", name="Export CSV")).to_have_attribute("href", re.compile("q=EUAP"))
    faults.clear()
