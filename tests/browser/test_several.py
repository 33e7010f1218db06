"""Several at once: rows ticked with the mouse and by key, up to the end of the set; and without any script."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.product import Product

SignIn = Callable[..., Page]
TWO_ROWS = "/cross-connections/?location=EUAP+Test"
TO_PROVISION = "/cross-connections/?state=NotProvisioned&location=Amsterdam"


@pytest.fixture
def rows(page: Page, sign_in: SignIn) -> Page:
    return sign_in(page, "Portal.Operator", to=TWO_ROWS)


def boxes(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="Select ")


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Selected rows")


def test_the_bar_shows_while_something_is_ticked_and_says_how_many(rows: Page):
    expect(bar(rows)).to_be_hidden()
    boxes(rows).nth(0).check()
    expect(bar(rows)).to_contain_text("1 selected")
    boxes(rows).nth(1).check()
    expect(bar(rows)).to_contain_text("2 selected")
    bar(rows).get_by_role("button", name="Clear selection").click()
    expect(bar(rows)).to_be_hidden()
    expect(rows.locator("#chosen :checked")).to_have_count(0)


def test_x_ticks_the_row_that_has_the_focus_and_unticks_it(rows: Page):
    for key in ("j", "x", "j", "x", "k", "x"):
        rows.keyboard.press(key)
    expect(boxes(rows).nth(0)).not_to_be_checked()
    expect(boxes(rows).nth(1)).to_be_checked()
    expect(bar(rows)).to_contain_text("1 selected")


def test_the_keys_go_on_from_a_box_that_was_clicked(rows: Page):
    boxes(rows).nth(0).click()
    for key in ("j", "j", "x"):
        rows.keyboard.press(key)
    expect(bar(rows)).to_contain_text("2 selected")


def test_whoever_may_change_nothing_has_nothing_to_tick(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support", to=TWO_ROWS)
    expect(page.get_by_role("link", name="aaaa0a0a")).to_be_visible()
    expect(boxes(page)).to_have_count(0)


def test_ticks_stay_when_the_list_shows_itself_anew_as_far_as_their_rows_do(rows: Page):
    boxes(rows).nth(0).check()
    boxes(rows).nth(1).check()
    rows.evaluate("document.querySelector('#chosen').dataset.former = 'yes'; htmx.trigger(document.body, 'synced')")
    expect(rows.locator("#chosen[data-former]")).to_have_count(0)
    expect(bar(rows)).to_contain_text("2 selected")
    rows.get_by_role("searchbox").fill("aaaa0a0a")
    expect(boxes(rows)).to_have_count(1)
    expect(bar(rows)).to_contain_text("1 selected")


def test_what_is_folded_away_is_not_selected_any_more(rows: Page):
    boxes(rows).nth(0).check()
    rows.locator("#list summary").click()
    expect(bar(rows)).to_be_hidden()
    expect(rows.locator("#chosen :checked")).to_have_count(0)


def test_from_the_ticked_rows_to_the_end_of_the_set(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Operator", to=TO_PROVISION)
    chosen = [boxes(page).nth(at).input_value() for at in (0, 1)]
    boxes(page).nth(0).check()
    boxes(page).nth(1).check()
    bar(page).get_by_role("button", name="Set state of these").click()
    expect(page.get_by_label("Service keys")).to_have_value("\n".join(chosen))
    page.get_by_label("Provider provisioning state").select_option("Provisioning")
    page.get_by_role("button", name="Review").click()
    expect(page.get_by_text("2 will be changed.")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Apply 2 changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set Provisioning")
    expect(page.get_by_text("2 succeeded")).to_be_visible(timeout=60_000)
    expect(page.locator("#progress[hx-trigger]")).to_have_count(0)
    assert Axe().run(page).response["violations"] == []
    page.goto(TO_PROVISION)
    for key in chosen:
        expect(page.get_by_role("link", name=key)).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_form_and_the_review_fit_at_any_width(rows: Page, width: int):
    rows.set_viewport_size({"width": width, "height": 800})
    boxes(rows).nth(0).check()
    boxes(rows).nth(1).check()
    fits = f"document.documentElement.scrollWidth <= {width}"
    assert rows.evaluate(fits)
    bar(rows).get_by_role("button", name="Set state of these").click()
    rows.get_by_label("Provider provisioning state").select_option("Provisioned")
    assert rows.evaluate(fits)
    assert Axe().run(rows).response["violations"] == []
    rows.get_by_role("button", name="Review").click()
    expect(rows.get_by_role("heading", name="Left out")).to_be_visible()
    assert rows.evaluate(fits)
    assert Axe().run(rows).response["violations"] == []


def test_without_script_rows_are_ticked_counted_and_sent(chromium: Browser, product: Product, sign_in: SignIn):
    with chromium.new_context(base_url=product.url, java_script_enabled=False) as context:
        page = sign_in(context.new_page(), "Portal.Operator", to=TWO_ROWS)
        expect(bar(page)).to_be_hidden()
        keys = [boxes(page).nth(at).get_attribute("value") for at in (0, 1)]
        boxes(page).nth(0).check()
        expect(bar(page)).to_be_visible()
        boxes(page).nth(1).check()
        bar(page).get_by_role("button", name="Clear selection").click()
        expect(bar(page)).to_be_hidden()
        boxes(page).nth(1).check()
        bar(page).get_by_role("button", name="Set state of these").click()
        expect(page.get_by_label("Service keys")).to_have_value(str(keys[1]))
        page.get_by_label("Provider provisioning state").select_option("Provisioned")
        page.get_by_role("button", name="Review").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Set Provisioned")
