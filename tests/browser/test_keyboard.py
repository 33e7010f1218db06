"""Hands on the keys: every shortcut, and where they must keep still."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"
OTHER = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
TWO_ROWS = "/cross-connections/?location=EUAP+Test"
SignIn = Callable[..., Page]


@pytest.fixture
def rows(page: Page, sign_in: SignIn) -> Page:
    """A list with two rows, the keys in order."""
    return sign_in(page, "Portal.Support", to=TWO_ROWS)


def row(page: Page, key: str) -> Locator:
    return page.locator(f"#to-{key}")


def palette(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search or jump")


def test_j_and_k_move_and_enter_opens(rows: Page):
    rows.keyboard.press("j")
    expect(row(rows, OTHER)).to_be_focused()
    rows.keyboard.press("j")
    expect(row(rows, KEY)).to_be_focused()
    rows.keyboard.press("k")
    rows.keyboard.press("j")
    rows.keyboard.press("Enter")
    rows.wait_for_url(f"**/cross-connections/{KEY}/")


def test_a_closed_group_is_a_stop_and_enter_opens_it_where_it_stands(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Support")
    page.keyboard.press("j")
    group = page.locator("#list a.grp").first
    expect(group).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list .row a").first).to_be_visible()


def test_c_copies_the_key_of_the_row_and_of_the_page(rows: Page):
    rows.keyboard.press("j")
    rows.keyboard.press("c")
    expect(rows.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert rows.evaluate("navigator.clipboard.readText()") == OTHER
    rows.goto(f"/cross-connections/{KEY}/")
    rows.keyboard.press("c")
    rows.wait_for_function(f"navigator.clipboard.readText().then((text) => text === '{KEY}')")


def test_g_leads_to_the_places(rows: Page):
    rows.keyboard.press("g")
    rows.keyboard.press("m")
    rows.wait_for_url("**/communities/")
    rows.keyboard.press("g")
    rows.keyboard.press("c")
    rows.wait_for_url("**/cross-connections/")


def test_t_switches_the_theme(rows: Page):
    rows.keyboard.press("T")
    expect(rows.locator("html")).to_have_attribute("data-theme", "dark")


def test_keys_are_letters_while_somebody_types(rows: Page):
    rows.keyboard.press("/")
    rows.keyboard.type("jT?c")
    expect(rows.get_by_role("searchbox")).to_have_value("jT?c")
    expect(rows.get_by_role("dialog")).to_have_count(0)


def test_the_sheet_opens_by_its_key_and_by_its_button_and_gives_the_focus_back(rows: Page):
    rows.keyboard.press("j")
    rows.keyboard.press("?")
    sheet = rows.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    rows.keyboard.press("j")
    rows.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(row(rows, OTHER)).to_be_focused()
    rows.get_by_role("button", name="Keyboard shortcuts").click()
    expect(sheet).to_be_visible()


def test_a_group_that_was_opened_by_a_key_is_where_the_next_key_goes_on(page: Page, sign_in: Callable[..., Page]):
    sign_in(page, "Portal.Support")
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("summary.grp:focus")).to_have_count(1)
    opened = page.locator("details[open]").first
    page.keyboard.press("j")
    expect(opened.locator("a:focus")).to_have_count(1)


def test_single_keys_can_be_switched_off_and_stay_off(rows: Page):
    rows.keyboard.press("?")
    rows.get_by_role("checkbox", name="Single keys are shortcuts").uncheck()
    rows.keyboard.press("Escape")
    rows.reload()
    rows.keyboard.press("j")
    rows.keyboard.press("?")
    expect(rows.get_by_role("dialog")).to_have_count(0)
    expect(rows.get_by_text("all shortcuts")).to_be_hidden()
    rows.keyboard.press("Control+k")
    expect(palette(rows)).to_be_visible()


def test_the_palette_finds_a_key_by_a_fragment_and_enter_opens_it(rows: Page):
    rows.keyboard.press("Control+k")
    rows.keyboard.type("ffffff5f")
    expect(palette(rows).get_by_role("option", name=KEY)).to_have_attribute("aria-selected", "true")
    rows.keyboard.press("Enter")
    rows.wait_for_url(f"**/cross-connections/{KEY}/")


def test_a_pasted_key_and_enter_at_once_open_the_page(rows: Page):
    rows.keyboard.press("Control+k")
    rows.keyboard.insert_text(KEY)
    rows.keyboard.press("Enter")
    rows.wait_for_url(f"**/cross-connections/{KEY}/")


def test_arrows_choose_among_the_hits_and_around(rows: Page):
    rows.get_by_role("link", name="Jump to").click()
    expect(palette(rows).get_by_role("option")).to_have_count(3)  # the places, while nothing is typed
    for chosen in ("Communities", "Connections", "Communities"):
        rows.keyboard.press("ArrowUp" if chosen == "Communities" else "ArrowDown")
        expect(palette(rows).locator("[aria-selected=true]")).to_contain_text(chosen)
    rows.keyboard.press("Enter")
    rows.wait_for_url("**/communities/")


def test_the_palette_leads_to_a_location(rows: Page):
    rows.keyboard.press("Control+k")
    rows.keyboard.type("amster")
    palette(rows).get_by_role("option", name="Amsterdam", exact=True).click()
    rows.wait_for_url("**location=Amsterdam")


def test_the_palette_closes_by_escape_and_by_a_click_outside(rows: Page):
    for close in (lambda: rows.keyboard.press("Escape"), lambda: rows.mouse.click(5, 890)):
        rows.keyboard.press("Control+k")
        expect(palette(rows)).to_be_visible()
        close()
        expect(palette(rows)).to_be_hidden()


@pytest.mark.parametrize("key", ["Control+k", "?"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_sees_no_fault_in_what_opens_above_the_page(rows: Page, key: str, scheme: str):
    rows.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two that it takes
    rows.keyboard.press(key)
    expect(rows.get_by_role("dialog")).to_be_visible()
    rows.wait_for_timeout(300)
    faults = Axe().run(rows).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
