"""The pages as Chromium shows them while all that was typed at Azure is hostile, and so is the person's name."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Dialog, Page, expect

from tests.product import Product

SignIn = Callable[..., Page]
KINDS = ["markup", "formulas", "escapes", "turned"]
SECONDS = 60_000
WIDTHS = (390, 1440)
SERVICE_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Files, and the ways out.
NO_PAGE = re.compile(r"\.\w+$|/sign-(in|out)/|^/static/")
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


def looked_at(page: Page, address: str) -> str:
    """Open a page with all that is folded; nothing of it is obeyed, and none of it scrolls sideways."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate(TURNED) == [], address
    assert page.evaluate("document.querySelectorAll('main img, main script, main [onerror]').length") == 0, address
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    return address


def pages_from(page: Page, *addresses: str, key: str) -> Iterator[str]:
    """These pages and all that links lead to from there, one of each kind, and of cross connections that of ``key``."""
    waiting, kinds = list(addresses), {kind_of(one) for one in addresses}
    while waiting:
        yield waiting.pop(0)
        for link in page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.pathname)"):
            is_another = "/cross-connections/" in link and SERVICE_KEY.search(link) and key not in link
            if kind_of(link) not in kinds and not is_another and not NO_PAGE.search(link):
                kinds.add(kind_of(link))
                waiting.append(link)


def kind_of(address: str) -> str:
    return re.sub(r"\d+(?=/)", "n", SERVICE_KEY.sub("key", address))


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
    looked = [
        looked_at(page, address)
        for address in pages_from(
            page, one, "/cross-connections/?q=alert", f"{one}disconnect/", f"{one}watch/", key=key
        )
    ]
    assert len(looked) >= 28
    assert dialogs == []


def key_with_both_peerings(page: Page) -> str:
    found = page.evaluate("fetch('/cross-connections.json').then(answer => answer.json())")["results"]
    return next(str(row["service_key"]) for row in found if len(row["peerings"]) > 1)
