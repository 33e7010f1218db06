"""One press reads the tables: what a person sees of it, with a keyboard, on a phone and on paper."""

import re
from collections.abc import Callable

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import WIDTHS
from tests.product import Product

SignIn = Callable[..., Page]
SECONDS = 60_000


def key_with_both_peerings(page: Page, which: int = 0) -> str:
    """The service key of a cross connection with private and Microsoft peering."""
    found = page.evaluate("fetch('/cross-connections.json').then(answer => answer.json())")["results"]
    both = [row["service_key"] for row in found if len(row["peerings"]) > 1]
    return str(both[which])


def refuse_one_table(product: Product) -> None:
    """The next ARP table that is asked for is refused."""
    fault = {"fault": "status", "status": 403, "method": "POST", "path_pattern": "/arpTables/"}
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{product.manifest['arm']}/_sandbox/faults", json=fault, timeout=10, verify=product.manifest["ca"]
        )
    answer.raise_for_status()


def press(page: Page, which: int = 0) -> None:
    """Read its tables now."""
    page.goto(f"/cross-connections/{key_with_both_peerings(page, which)}/troubleshooting/")
    page.get_by_role("button", name="Read tables now").click()
    page.wait_for_url("**/snapshots/**")


def wait_for_the_end(page: Page) -> None:
    expect(page.get_by_role("button", name="Read tables now")).to_be_visible(timeout=SECONDS)


def test_the_tables_land_without_a_reload_and_the_end_is_said(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page)
    expect(page.get_by_role("heading", name="Asking Azure")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.evaluate("window.isTheSame = true")
    wait_for_the_end(page)
    expect(page.locator("#said")).to_have_text(re.compile(r"Reading \d+ has ended, 12 of 12 read"))
    for path in ("primary", "secondary"):
        expect(page.locator(f"#{path}-arp")).to_contain_text("On-Prem")
        expect(page.locator(f"#{path}-routes-summary")).to_contain_text("Established")
    expect(page.get_by_role("region", name="Route table")).to_be_visible()
    assert page.evaluate("window.isTheSame")


def test_what_is_typed_meanwhile_stays_with_its_focus(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 1)
    comment = page.get_by_role("textbox", name="Comment")
    comment.fill("The customer reset their router at")
    comment.press("End")
    wait_for_the_end(page)
    expect(comment).to_be_focused()
    expect(comment).to_have_value("The customer reset their router at")
    page.get_by_role("button", name="Keep comment").click()
    expect(page.locator(".ctx .said")).to_have_text("The customer reset their router at")


def test_the_focus_on_stop_goes_to_the_button_that_takes_its_place(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 7)
    page.get_by_role("button", name="Stop").focus()
    wait_for_the_end(page)
    expect(page.get_by_role("button", name="Read tables now")).to_be_focused()


def test_a_page_at_rest_follows_what_somebody_else_asks_again(page: Page, sign_in: SignIn, product: Product):
    refuse_one_table(product)
    page.clock.install()
    sign_in(page, "Portal.Support")
    press(page, 8)
    wait_for_the_end(page)
    page.get_by_role("searchbox").fill("10.")
    page.get_by_role("textbox", name="Comment").fill("The customer reset")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Retry").click()
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("heading", name="Asking Azure")).to_be_visible()
    wait_for_the_end(page)
    expect(page.locator("#failures")).to_be_hidden()
    expect(page.locator("#sum")).to_contain_text("12 of 12 read")
    expect(page.get_by_role("searchbox")).to_have_value("10.")
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("The customer reset")


def test_a_table_is_copied_as_text(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 2)
    wait_for_the_end(page)
    page.get_by_role("button", name="Copy primary ARP table as text").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Primary ARP table of Azure private peering, ")
    assert re.search(r"\nInterface +IP address +MAC address +Age\n", copied)


def test_a_search_of_the_routes_stands_in_the_address_and_in_the_copied_link(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 3)
    wait_for_the_end(page)
    page.keyboard.press("/")
    page.keyboard.type("10.")
    page.wait_for_url("**find=10.**")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("button", name="Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("10.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_and_an_ended_reading_have_no_fault_that_axe_can_see(
    chromium: Browser, product: Product, sign_in: SignIn, scheme: str
):
    context = chromium.new_context(base_url=product.url, color_scheme=scheme)  # type: ignore[arg-type] # one of these
    page = context.new_page()
    sign_in(page, "Portal.Support")
    press(page, 4)
    assert Axe().run(page).response["violations"] == []
    wait_for_the_end(page)
    assert Axe().run(page).response["violations"] == []
    context.close()


def test_no_reading_scrolls_sideways_at_any_width(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 5)
    wait_for_the_end(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_on_a_phone_no_column_of_a_table_is_cut_off(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 9)
    wait_for_the_end(page)
    for width in (390, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for part in page.locator(".lane .scroll").all():
            assert part.evaluate("it => it.scrollWidth <= it.clientWidth"), width
    expect(page.locator("#primary-routes-summary .below")).to_be_visible()


def test_on_paper_the_tables_stay_and_the_buttons_go(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    press(page, 6)
    wait_for_the_end(page)
    page.emulate_media(media="print")
    expect(page.locator("#primary-arp table")).to_be_visible()
    expect(page.get_by_role("table", name=re.compile("Primary BGP"))).to_be_visible()
    for gone in ("Read tables now", "Print", "Copy link", "Keep comment"):
        expect(page.get_by_role("button", name=gone)).to_be_hidden()
