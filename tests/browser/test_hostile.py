"""The pages as Chromium shows them while all that was typed at Azure is hostile, and so is the person's name."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Dialog, Page, expect

from tests.product import Product

SignIn = Callable[..., Page]
KINDS = ["markup", "formulas", "escapes", "turned"]
SECONDS = 60_000
# What a page shows in front of or behind a text that turns the direction of writing must not move: no such character is
# left in anything that is shown, but in what can be edited.
TURNED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data) && !node.parentElement.closest('textarea')) {
      found.push(node.parentElement.outerHTML.slice(0, 300));
    }
  }
  return found;
}"""


def control(product: Product, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    with requests.Session() as session:
        session.trust_env = False
        url = f"{product.manifest['arm']}/_sandbox/{path}"
        answer = session.request(method, url, json=body, timeout=10, verify=product.manifest["ca"])
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One of its own: nobody else wants to see these texts."""
    with Product(tmp_path_factory.mktemp("hostile"), size=40) as running:
        control(running, "PATCH", "behaviour", {"hostile_texts": KINDS, "id_token": "hostile_claims"})
        yield running
    assert running.processes() == []


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    """Whatever a page has said in a window of its own."""
    found: list[str] = []

    def note(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return found


def looked_at(page: Page, address: str) -> None:
    """Open a page with all that is folded; nothing of it is obeyed, and none of it scrolls sideways."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate(TURNED) == [], address
    assert page.evaluate("document.querySelectorAll('main img, main script, main [onerror]').length") == 0, address
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_no_page_does_what_hostile_texts_say(page: Page, sign_in: SignIn, dialogs: list[str]):
    sign_in(page, "Portal.Administrator", to="/cross-connections/")
    page.get_by_role("button", name="Sync now").click()
    expect(page.locator("main")).to_contain_text("alert(1)", timeout=SECONDS)
    key = key_with_both_peerings(page)
    one = f"/cross-connections/{key}/"
    page.goto(one)
    expect(page.locator("main")).to_contain_text("alert(1)", timeout=SECONDS)
    page.goto(f"{one}troubleshooting/")
    page.get_by_role("button", name="Read tables now").click()
    expect(page.get_by_role("button", name="Read tables now")).to_be_visible(timeout=SECONDS)
    for address in ("/communities/", "/ports/"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("alert(1)", timeout=SECONDS)
    for address in (
        *("/cross-connections/", "/cross-connections/?q=alert", "/communities/", "/ports/", "/changes/", "/activity/"),
        *("/settings/access/", "/onboarding/", "/changes/several/", one, f"{one}provisioning/", f"{one}tags/"),
        *(f"{one}placement/", f"{one}record/", f"{one}peerings/AzurePrivatePeering/", f"{one}troubleshooting/"),
        *(f"{one}peerings/MicrosoftPeering/", f"{one}peerings/MicrosoftPeering/remove/", f"{one}handover/"),
        *(f"{one}watch/", f"{one}onboarding/", f"{one}disconnect/"),
    ):
        looked_at(page, address)
    assert dialogs == []


def key_with_both_peerings(page: Page) -> str:
    found = page.evaluate("fetch('/cross-connections.json').then(answer => answer.json())")["results"]
    return next(str(row["service_key"]) for row in found if len(row["peerings"]) > 1)
