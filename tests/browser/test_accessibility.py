"""axe on every page, light and dark, and no page that scrolls sideways."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.product import Product

SUPPORT, OPERATOR = ("Portal.Support",), ("Portal.Operator",)
KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"
PAGES = {
    "locations": (SUPPORT, "/cross-connections/"),
    "one location": (SUPPORT, "/cross-connections/?location=EUAP+Test"),
    "no match": (SUPPORT, "/cross-connections/?q=nothing-like-this"),
    "one location, to tick": (OPERATOR, "/cross-connections/?location=EUAP+Test"),
    "several": (OPERATOR, "/changes/several/"),
    "review that is over": (OPERATOR, f"/changes/several/{KEY}/"),
    "cross connection": (SUPPORT, f"/cross-connections/{KEY}/"),
    "customer": (SUPPORT, f"/cross-connections/{KEY}/record/"),
    "customers as CSV": (SUPPORT, "/cross-connections/records/import/"),
    "troubleshooting": (SUPPORT, f"/cross-connections/{KEY}/troubleshooting/"),
    "watch": (SUPPORT, f"/cross-connections/{KEY}/watch/"),
    "onboarding": (OPERATOR, "/onboarding/"),
    "onboarding of one": (OPERATOR, f"/cross-connections/{KEY}/onboarding/"),
    "disconnect of one": (OPERATOR, f"/cross-connections/{KEY}/disconnect/"),
    "changes": (SUPPORT, "/changes/?show=failed"),
    "not found": (SUPPORT, "/cross-connections/none/"),
    "communities": (SUPPORT, "/communities/?service=Azure+Storage"),
    "ports": (SUPPORT, "/ports/?bandwidth=1000000"),
    "placement": (OPERATOR, f"/cross-connections/{KEY}/placement/"),
    "activity": (("Portal.Administrator",), "/activity/"),
    "readiness": (OPERATOR, "/readiness/"),
    "subscriptions": (("Portal.Administrator",), "/settings/subscriptions/"),
    "own activity": (SUPPORT, "/activity/?from=nonsense"),
    "access": (("Portal.Administrator",), f"/settings/access/?person=Priya+Raman&object={KEY}"),
    "not allowed": (SUPPORT, "/settings/access/"),
    "no role": ((), "/cross-connections/"),
    "sign in": (None, "/sign-in/"),
    "sign in refused": (None, "/sign-in/callback/"),
    "signed out": (None, "/signed-out/"),
}
WIDTHS = [320, 390, 600, 768, 960, 1180, 1440, 1920]


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, chromium: Browser, product: Product):
    context = chromium.new_context(base_url=product.url, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault_that_axe_can_see(themed: Page, sign_in: Callable[..., Page], name: str):
    roles, address = PAGES[name]
    if roles is not None:
        sign_in(themed, *roles)
    themed.goto(address)
    faults = Axe().run(themed).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []


@pytest.mark.parametrize(
    "name",
    [
        "locations",
        "one location",
        "one location, to tick",
        "several",
        "cross connection",
        "troubleshooting",
        "watch",
        "onboarding",
        "onboarding of one",
        "changes",
        "customer",
        "customers as CSV",
        "communities",
        "ports",
        "placement",
        "activity",
        "readiness",
        "subscriptions",
        "access",
        "no role",
        "sign in",
    ],
)
def test_no_page_scrolls_sideways_at_any_width(page: Page, sign_in: Callable[..., Page], faults: list[str], name: str):
    roles, address = PAGES[name]
    if roles is not None:
        sign_in(page, *roles)
    page.goto(address)
    faults.clear()  # a page that answers 403 is an error to Chromium
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
