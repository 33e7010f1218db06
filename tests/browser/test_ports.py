"""Port pairs as they are used: read when the page is opened, asked for room, and picked for a circuit."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]


def test_the_pairs_come_by_themselves_and_tell_while_a_bandwidth_is_typed(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    page.goto("/ports/")
    expect(page.locator("progress.gauge").first).to_be_visible()
    page.get_by_label("Room for a circuit of").fill("1000000")
    expect(page.get_by_text("Order capacity from Microsoft.").first).to_be_visible()
    page.wait_for_url("**/ports/?bandwidth=1000000")
    page.get_by_label("in", exact=True).select_option("London")
    expect(page.locator(".pairs")).to_have_count(1)


def test_a_pick_stays_while_the_pairs_are_read_anew(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Operator")
    page.goto("/ports/?location=London")
    page.locator("a.circuits").first.click()
    page.locator("#list tbody .row a").first.click()
    page.get_by_role("link", name="Move to another port pair").click()
    expect(page.get_by_role("heading", name="to another port pair")).to_be_visible()
    value = page.locator(".pick input:not(:checked):not(:disabled)").first.get_attribute("value")
    page.locator(f".pick input[value='{value}']").check()
    with page.expect_response(lambda answer: f"placement/?pair={value}" in answer.url):
        page.evaluate("htmx.trigger(document.body, 'catalogued')")
    expect(page.locator(f".pick input[value='{value}']")).to_be_checked()
    page.get_by_role("button", name="Review changes").click()
    expect(page.get_by_role("heading", name=f"Move to {value}")).to_be_visible()
