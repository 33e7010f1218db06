"""Readiness and subscriptions as they are used: check again, register, enlist, pause; and the places on a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.product import Product

SignIn = Callable[..., Page]
Azure = Callable[..., None]


@pytest.fixture
def azure(product: Product) -> Iterator[Azure]:
    """``azure(unregistered=True)``: switches of the sandbox, as they were before once the test is over."""
    address = f"{product.manifest['arm']}/_sandbox/behaviour"

    def behave(**switches: Any) -> None:
        requests.patch(address, json=switches, timeout=10, verify=product.manifest["ca"]).raise_for_status()

    before = requests.get(address, timeout=10, verify=product.manifest["ca"]).json()["behaviour"]
    yield behave
    behave(**{one["name"]: one["default"] for one in before})


def check_again(page: Page) -> None:
    """Press, and wait until a worker has made the checks."""
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("Checking", exact=True)).to_be_visible()
    expect(page.get_by_text("Checking", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Check again")).to_be_focused()


def test_what_is_broken_is_told_with_the_command_and_comes_right_again(page: Page, sign_in: SignIn, azure: Azure):
    sign_in(page, "Portal.Operator", to="/readiness/")
    azure(missing_permission="Microsoft.Network/expressRouteCrossConnections/write")
    check_again(page)
    lacking = page.locator("li.check.bad").first
    expect(lacking).to_contain_text("Microsoft.Network/expressRouteCrossConnections/write to provision circuits")
    lacking.get_by_role("button", name="Copy command").click()
    assert "az role assignment create --assignee" in page.evaluate("navigator.clipboard.readText()")
    azure(missing_permission="")
    check_again(page)
    expect(page.locator("li.check.bad")).to_have_count(0)


def test_an_administrator_registers_the_provider_by_a_press(page: Page, sign_in: SignIn, azure: Azure):
    azure(unregistered=True)
    sign_in(page, "Portal.Administrator", to="/readiness/")
    check_again(page)
    page.get_by_role("button", name="Register Microsoft.Network").first.click()
    expect(page.get_by_text("Microsoft.Network is registered.")).to_be_visible()


def test_a_customers_subscription_is_checked_and_not_enlisted(
    page: Page, sign_in: SignIn, product: Product, faults: list[str]
):
    customers = next(one for one in product.manifest["subscriptions"] if one["kind"] == "customer")
    sign_in(page, "Portal.Administrator", to="/settings/subscriptions/")
    page.get_by_role("textbox", name="Subscription id").fill(customers["id"])
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("Say what your teams call it.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Subscription id")).to_have_value(customers["id"])
    page.get_by_label("Label").fill("A customer's")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("It cannot be enlisted yet")).to_be_visible()
    page.get_by_role("button", name="Do not enlist").click()
    expect(page.get_by_role("heading", name="Enlist a subscription")).to_be_visible()
    expect(page.get_by_text("About to be enlisted")).to_have_count(0)
    faults.clear()  # the 422 of the first press is an error to Chromium


def test_a_subscription_is_paused_and_resumed(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Administrator", to="/settings/subscriptions/")
    page.get_by_role("link", name="northlink-er-test").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    page.goto("/cross-connections/?location=EUAP+Test")
    expect(page.get_by_text("A subscription is paused.")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Looked after", exact=True)).to_be_visible()


def test_every_place_can_be_reached_on_a_phone(page: Page, sign_in: SignIn):
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, "Portal.Administrator")
    expect(page.locator(".nav > .wide").first).to_be_hidden()
    page.get_by_text("More", exact=True).click()
    page.locator(".places").get_by_role("link", name="Subscriptions").click()
    expect(page.get_by_role("heading", name="Subscriptions", exact=True)).to_be_visible()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("heading", name="Subscriptions", exact=True).click()
    expect(page.locator(".places")).to_be_hidden()
