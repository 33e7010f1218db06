"""A customer from the e-mail with the service key to the hand-over, by mouse and keys; and without any script."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_journeys import Customer
from tests.browser.test_peerings import assert_is_accessible, fill, press_review
from tests.product import Product

SignIn = Callable[..., Page]
EDGE = {"Primary subnet": "10.77.0.0/30", "Secondary subnet": "10.77.0.4/30"}
SECONDS = 60_000  # as long as Azure may take


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One of its own: what customers order here would stand in the lists that other tests count and walk."""
    with Product(tmp_path_factory.mktemp("onboarding"), size=40) as running:
        yield running
    assert running.processes() == []


@pytest.fixture
def customer(product: Product) -> Iterator[Customer]:
    customer = Customer(product)
    with customer.session:
        yield customer


@pytest.fixture
def subscription(product: Product) -> str:
    return next(str(one["id"]) for one in product.manifest["subscriptions"] if one["kind"] == "test")


def healthy(customer: Customer, key: str) -> None:
    for path in ("primary", "secondary"):
        body = {"condition": "healthy", "path": path}
        customer.session.post(f"{customer.url}/{key}/conditions", json=body, timeout=10).raise_for_status()


def look_up(page: Page, text: str) -> None:
    page.get_by_label("Service keys, or the customer's e-mail").fill(text)
    page.get_by_role("button", name="Look up").click()


def step(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=re.compile(rf"\d+\. {title}$")))


def stands_at(page: Page, title: str) -> Locator:
    """The step that is open because it is its turn."""
    now = page.locator('[aria-current="step"]')
    expect(now.get_by_role("heading")).to_have_text(re.compile(rf"\. {title}$"))
    return now


def keep_order(page: Page, faults: list[str]) -> None:
    """First with another bandwidth than Azure has, which is refused with nothing lost."""
    order = stands_at(page, "Compare the order")
    assert_is_accessible(page)
    order.get_by_label("Customer").fill("Contoso Retail")
    order.get_by_label("Peering location").fill("EUAP Test")
    order.get_by_label("Bandwidth").select_option("1 Gbps")
    order.get_by_label("Private peering", exact=True).check()
    order.get_by_label("VLAN ID, private").fill("200")
    order.get_by_role("button", name="Keep the order").click()
    expect(page.get_by_text("ordered 1 Gbps, Azure has 500 Mbps")).to_be_visible()
    expect(order.get_by_label("VLAN ID, private")).to_have_value("200")
    assert [one for one in faults if "422" not in one] == []
    faults.clear()
    assert_is_accessible(page)
    order.get_by_label("Bandwidth").select_option("500 Mbps")
    order.get_by_role("button", name="Keep the order").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Onboarding of Contoso Retail")


def send(page: Page) -> None:
    """The change at hand from its review to its end, and back to the work."""
    page.get_by_role("button", name=re.compile("^Send .*to Azure$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change applied", timeout=SECONDS)
    page.get_by_role("link", name="Go on").click()


def set_state(page: Page, title: str) -> None:
    stands_at(page, title).get_by_role("link", name=title).click()
    page.get_by_role("button", name="Review changes").last.click()
    send(page)


def test_from_the_customers_e_mail_to_the_hand_over(
    page: Page, sign_in: SignIn, customer: Customer, subscription: str, faults: list[str]
):
    sign_in(page, "Portal.Operator", to="/onboarding/")
    assert_is_accessible(page)
    key = customer.order(subscription)
    look_up(page, f"Dear NOC,\n\nplease provision our circuit, key {key.upper()}.\n\nRegards\nAda\n")
    expect(page.get_by_text("No circuit of this key was given to you.")).to_be_visible()
    page.get_by_role("button", name="Look in Azure now").click()
    expect(page.get_by_role("heading", name="Found", exact=True)).to_be_visible(timeout=SECONDS)
    expect(page.locator("#look-up[hx-trigger]")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_be_checked()
    assert_is_accessible(page)
    page.get_by_role("button", name="Begin").click()

    keep_order(page, faults)
    set_state(page, "Set Provisioning")
    page.get_by_role("button", name="Copy for layer 2").click()
    assert key in str(page.evaluate("navigator.clipboard.readText()"))
    for title in ("Build layer 2, primary", "Build layer 2, secondary"):
        now = stands_at(page, title)
        now.get_by_role("textbox").fill("Port 3, tested.")
        now.get_by_role("button", name="Done").click()
    set_state(page, "Set Provisioned")

    stands_at(page, "Set up private peering").get_by_role("link", name="VLAN ID 200").click()
    expect(page.get_by_label("VLAN ID (C-tag)")).to_have_value("200")
    fill(page, {"Peer ASN": "65010"} | EDGE)
    press_review(page)
    send(page)

    healthy(customer, key)
    stands_at(page, "Read the tables").get_by_role("button", name="Read tables now").click()
    expect(page.get_by_text("Reading 1, shown here, 6 of 6 read")).to_be_visible(timeout=SECONDS)
    page.get_by_role("link", name="Go on").click()
    now = stands_at(page, "Verify")
    assert_is_accessible(page)
    now.get_by_role("button", name="Verified").click()
    stands_at(page, "Failover check, primary").get_by_role("button", name="Done").click()
    stands_at(page, "Failover check, secondary").get_by_role("button", name="Done").click()
    now = stands_at(page, "Hand over")
    expect(now.get_by_role("link", name="Hand-over sheet")).to_be_visible()
    now.get_by_role("button", name="Handed over").click()
    expect(page.get_by_text("11 of 11 steps done")).to_be_visible()
    expect(page.get_by_text(re.compile("Finished by"))).to_be_visible()
    assert_is_accessible(page)


def test_who_has_the_page_open_learns_that_somebody_else_was_there(
    page: Page, chromium: Browser, product: Product, sign_in: SignIn, begun: str
):
    sign_in(page, "Portal.Operator", to=begun)
    with chromium.new_context(base_url=product.url) as context:
        other = sign_in(context.new_page(), "Portal.Administrator", to=begun)
        step(other, "Build layer 2, primary").get_by_role("heading").click()
        step(other, "Build layer 2, primary").get_by_role("button", name="Done").click()
    expect(page.get_by_text("It has moved on since you opened this page.")).to_be_visible(timeout=SECONDS)
    page.get_by_role("link", name="Show it as it is now").click()
    expect(step(page, "Build layer 2, primary")).to_contain_text("by ")


@pytest.fixture
def begun(chromium: Browser, product: Product, sign_in: SignIn) -> str:
    """The page of an onboarding that somebody has begun with one that waits for it."""
    with chromium.new_context(base_url=product.url) as context:
        page = sign_in(context.new_page(), "Portal.Operator", to="/onboarding/")
        page.get_by_role("region", name="Just ordered").get_by_role("link").first.click()
        page.get_by_role("button", name="Begin").click()
        stands_at(page, "Compare the order")
        return page.url.removeprefix(product.url)


def test_without_script_a_key_is_looked_up_and_a_step_is_said_to_be_done(
    chromium: Browser, product: Product, sign_in: SignIn, customer: Customer, subscription: str
):
    key = customer.order(subscription)
    with chromium.new_context(base_url=product.url, java_script_enabled=False) as context:
        page = sign_in(context.new_page(), "Portal.Operator", to="/onboarding/")
        look_up(page, key)
        page.get_by_role("button", name="Look in Azure now").click()
        while not page.get_by_role("heading", name="Found", exact=True).count():
            page.get_by_role("button", name="Look up").click()
        page.get_by_role("button", name="Begin").click()
        step(page, "Build layer 2, primary").get_by_role("heading").click()
        step(page, "Build layer 2, primary").get_by_role("button", name="Done").click()
        expect(page.get_by_text("1 of 11 steps done")).to_be_visible()
        page.get_by_label("Why it is given up").fill("Ordered twice.")
        page.get_by_role("button", name="Give up").click()
        expect(page.get_by_text("Given up by")).to_be_visible()
        expect(page.get_by_role("button", name="Begin anew")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_board_what_was_found_and_a_piece_of_work_fit_at_any_width(
    page: Page, sign_in: SignIn, begun: str, width: int
):
    sign_in(page, "Portal.Operator", to="/onboarding/")
    page.set_viewport_size({"width": width, "height": 800})
    fits = f"document.documentElement.scrollWidth <= {width}"
    assert page.evaluate(fits)
    look_up(page, f"{begun.split('/')[2]} {'a' * 200}4")
    expect(page.get_by_role("heading", name="Found", exact=True)).to_be_visible()
    assert page.evaluate(fits)
    assert_is_accessible(page)
    page.goto(begun)
    page.locator("details.step").evaluate_all("all => all.forEach(one => one.open = true)")
    assert page.evaluate(fits)
    assert_is_accessible(page)
