"""Peerings set up, edited and removed: with the mouse and by key, with and without script, wide and narrow."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.product import Product

SignIn = Callable[..., Page]
PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
SECRET = "Zq7Zq7Zq7"
LONG = "2a10:1111:2222:3333:4444:5555:6666:7770"
NEW = {"Peer ASN": "65010", "VLAN ID (C-tag)": "201", "Primary subnet": "10.77.0.0/29"}
PUBLIC = {
    "Peer ASN": "65010",
    "VLAN ID (C-tag)": "3201",
    "Primary subnet": "20.77.0.0/30",
    "Secondary subnet": "20.77.0.4/30",
    "Prefixes": "20.78.0.0/24",
}


@pytest.fixture
def operator(page: Page, sign_in: SignIn) -> Page:
    return sign_in(page, "Portal.Operator")


@pytest.fixture(params=[("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)], ids=str)
def themed(request: pytest.FixtureRequest, chromium: Browser, product: Product, sign_in: SignIn) -> Iterator[Page]:
    theme, width = request.param
    with chromium.new_context(base_url=product.url, color_scheme=theme) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        yield sign_in(page, "Portal.Operator")


def circuit(page: Page, *there: str) -> str:
    """The address of one in service with just these peerings."""
    rows = page.request.get("/cross-connections.json?state=Provisioned&limit=200").json()["results"]
    fits = (row for row in rows if {one["peering_type"] for one in row["peerings"]} == {*there})
    return f"/cross-connections/{next(fits)['service_key']}/"


def new(page: Page, peering_type: str = PRIVATE) -> str:
    """The form of one that is missing where the other is there."""
    other = MICROSOFT if peering_type == PRIVATE else PRIVATE
    return f"{circuit(page, other)}peerings/{peering_type}/"


def known(page: Page, peering_type: str = PRIVATE, tail: str = "") -> str:
    """The form of one that is there, beside the other."""
    return f"{circuit(page, PRIVATE, MICROSOFT)}peerings/{peering_type}/{tail}"


def fill(page: Page, texts: dict[str, str]) -> None:
    for label, text in texts.items():
        field(page, label).fill(text)


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}( optional)?$"))


def press_review(page: Page) -> None:
    """The button at the foot; another one, which nobody sees, is for the key Enter."""
    page.locator(".go").get_by_role("button", name="Review changes").click()


def assert_is_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def was_refused(faults: list[str]) -> None:
    """A page that answers 422 is an error to Chromium; nothing else may be."""
    assert [fault for fault in faults if "422" not in fault] == []
    faults.clear()


def test_one_is_set_up_from_the_page_of_its_circuit_with_a_net_that_is_halved_by_a_press(operator: Page):
    operator.goto(circuit(operator, MICROSOFT))
    operator.get_by_role("link", name="Set up Azure private peering").click()
    field(operator, "Shared key").fill(SECRET)
    fill(operator, NEW)
    operator.get_by_role("button", name="Use 10.77.0.0/30 and 10.77.0.4/30").click()
    expect(field(operator, "Primary subnet")).to_have_value("10.77.0.0/30")
    expect(field(operator, "Secondary subnet")).to_have_value("10.77.0.4/30")
    expect(field(operator, "Shared key")).to_have_value(SECRET)
    expect(operator.locator("#live-primary_prefix")).to_contain_text("Your router 10.77.0.1")
    press_review(operator)
    expect(operator.get_by_role("heading", level=1)).to_have_text("Set up private peering")
    expect(operator.get_by_role("row", name="Shared key")).to_contain_text("set, and not shown")
    operator.get_by_role("button", name="Send to Azure").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text("Change applied", timeout=60_000)
    assert SECRET not in operator.content()


def test_the_addresses_come_while_the_subnet_is_typed(operator: Page):
    operator.goto(new(operator))
    field(operator, "Primary subnet").press_sequentially("10.77.0.8/30")
    live = operator.locator("#live-primary_prefix")
    expect(live).to_contain_text("Your router 10.77.0.9")
    expect(live).to_contain_text("Microsoft 10.77.0.10")
    expect(field(operator, "Primary subnet")).to_be_focused()
    field(operator, "Primary subnet").fill("10.77.0.9/30")
    expect(live).to_contain_text("10.77.0.9 is a host in 10.77.0.8/30. Write the network address.")


def test_the_key_leaves_the_browser_with_the_form_alone(operator: Page):
    operator.goto(new(operator))
    field(operator, "Shared key").fill(SECRET)
    with operator.expect_request("**/check/**") as asked:
        field(operator, "VLAN ID (C-tag)").fill("201")
    assert "shared_key=" not in (asked.value.post_data or "")
    assert SECRET not in (asked.value.post_data or "")


def test_enter_in_a_field_leads_to_the_review_and_into_no_repair(operator: Page):
    operator.goto(new(operator, MICROSOFT))
    fill(operator, PUBLIC)
    field(operator, "Secondary subnet").fill("20.77.0.6/30")
    expect(operator.get_by_role("button", name="Use 20.77.0.4/30")).to_be_visible()
    field(operator, "Secondary subnet").fill("20.77.0.4/30")
    field(operator, "VLAN ID (C-tag)").press("Enter")
    expect(operator.get_by_role("heading", level=1)).to_have_text("Set up Microsoft peering")


def test_enter_where_something_is_wrong_repairs_nothing(operator: Page, faults: list[str]):
    operator.goto(new(operator))
    fill(operator, NEW)
    expect(operator.get_by_role("button", name="Use 10.77.0.0/30 and 10.77.0.4/30")).to_be_visible()
    field(operator, "VLAN ID (C-tag)").press("Enter")
    expect(operator.get_by_role("alert")).to_be_focused()
    expect(field(operator, "Primary subnet")).to_have_value("10.77.0.0/29")
    operator.get_by_role("alert").get_by_role("link", name="Primary subnet").click()
    expect(field(operator, "Primary subnet")).to_be_focused()
    was_refused(faults)


def test_a_key_that_is_typed_is_one_to_set(operator: Page):
    operator.goto(known(operator))
    expect(operator.get_by_role("radio", name="Leave it alone")).to_be_checked()
    field(operator, "Shared key").press_sequentially("a")
    expect(operator.get_by_role("radio", name="Set it")).to_be_checked()


def test_back_from_the_review_all_is_there_but_the_key(operator: Page):
    operator.goto(new(operator, MICROSOFT))
    fill(operator, PUBLIC | {"Shared key": SECRET})
    press_review(operator)
    operator.get_by_role("link", name="Back").click()
    for label, text in PUBLIC.items():
        expect(field(operator, label)).to_have_value(text)
    expect(field(operator, "Shared key")).to_have_value("")
    expect(operator.locator("#live-shared_key")).to_contain_text("Type the key again")


def test_without_script_it_is_repaired_and_reviewed(chromium: Browser, product: Product, sign_in: SignIn):
    with chromium.new_context(base_url=product.url, java_script_enabled=False) as context:
        page = sign_in(context.new_page(), "Portal.Operator")
        page.goto(new(page))
        fill(page, NEW)
        press_review(page)
        page.get_by_role("button", name="Use 10.77.0.0/30 and 10.77.0.4/30").click()
        expect(field(page, "Secondary subnet")).to_have_value("10.77.0.4/30")
        expect(page.locator("#live-secondary_prefix")).to_contain_text("Microsoft 10.77.0.6")
        expect(field(page, "VLAN ID (C-tag)")).to_have_value("201")
        field(page, "Peer ASN").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up private peering")
        expect(page.get_by_role("button", name="Send to Azure")).to_be_visible()


def test_no_page_of_it_has_a_fault_that_axe_can_see(themed: Page):
    for peering_type in (PRIVATE, MICROSOFT):
        themed.goto(new(themed, peering_type))
        assert_is_accessible(themed)
        fill(themed, {"Peer ASN": "0", "VLAN ID (C-tag)": "5000", "Primary subnet": "10.0.0.0/29"})
        expect(themed.locator("#live-primary_prefix button")).to_be_visible()
        assert_is_accessible(themed)
        press_review(themed)
        expect(themed.get_by_role("alert")).to_be_visible()
        assert_is_accessible(themed)
    fill(themed, PUBLIC)
    press_review(themed)
    expect(themed.get_by_role("heading", level=1)).to_have_text("Set up Microsoft peering")
    themed.locator("summary").last.click()
    assert_is_accessible(themed)


def test_neither_has_one_that_is_there(themed: Page):
    themed.goto(known(themed, MICROSOFT))
    assert_is_accessible(themed)
    themed.goto(known(themed, tail="remove/"))
    assert_is_accessible(themed)
    press_review(themed)
    expect(themed.get_by_label("Last 4 characters of the service key")).to_be_visible()
    assert_is_accessible(themed)
    themed.goto(circuit(themed, PRIVATE, MICROSOFT))
    assert_is_accessible(themed)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_scrolls_sideways_at_any_width(operator: Page, faults: list[str], width: int):
    operator.set_viewport_size({"width": width, "height": 800})
    fits = f"document.documentElement.scrollWidth <= {width}"
    operator.goto(new(operator, MICROSOFT))
    assert operator.evaluate(fits)
    fill(operator, PUBLIC | {"Primary IPv6 subnet": f"{LONG}/125", "Prefixes": "x" * 90})
    expect(operator.locator("#live-ipv6_primary_prefix button")).to_be_visible()
    assert operator.evaluate(fits)
    press_review(operator)
    expect(operator.get_by_role("alert")).to_be_visible()
    assert operator.evaluate(fits)
    fill(operator, PUBLIC | {"Primary IPv6 subnet": ""})
    press_review(operator)
    expect(operator.get_by_role("heading", level=1)).to_have_text("Set up Microsoft peering")
    assert operator.evaluate(fits)
    for tail in ("", "remove/"):
        operator.goto(known(operator, tail=tail))
        assert operator.evaluate(fits)
    was_refused(faults)
