"""Chromium against the running product; a violated policy or an error in the console fails the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.components import lacking
from tests.product import Product

CHROMIUM = Path("/usr/bin/chromium")
# Without these, Chromium looks its maker's hosts up; the network is closed.
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    if not CHROMIUM.exists():
        lacking("Chromium", install="apt-get install chromium")
    with Product(tmp_path_factory.mktemp("product"), size=300) as running:
        yield running
    assert running.processes() == []


# For one module only: while Playwright runs, Django takes the thread for an asynchronous one.
@pytest.fixture(scope="module")
def chromium(product: Product) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test complained of; a test that provokes a fault empties it."""
    return []


@pytest.fixture
def context(chromium: Browser, product: Product, faults: list[str]) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=product.url, viewport={"width": 1440, "height": 900})
    made.set_default_timeout(15_000)
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    watch(made, faults)
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def sign_in(product: Product) -> Callable[..., Page]:
    """``sign_in(page, "Portal.Operator")`` as the first person with just that role, the way a person would."""

    def sign_in_as(page: Page, *roles: str, to: str = "/") -> Page:
        page.goto(to)
        page.get_by_role("link", name="Sign in with Microsoft").click()
        page.locator(f'button[name="person"][value="{person_with(product, *roles)}"]').click()
        page.wait_for_url(f"{product.url}/**")
        return page

    return sign_in_as


def person_with(product: Product, *roles: str) -> str:
    """The first of the sandbox's people who holds exactly these roles."""
    return next(str(person["name"]) for person in product.manifest["people"] if tuple(person["roles"]) == roles)


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Note console errors, uncaught exceptions and violations of the content security policy."""
    context.on("weberror", lambda error: faults.append(f"exception: {error.error}"))
    context.on("console", lambda line: faults.append(line.text) if line.type in {"error", "warning"} else None)
    context.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"
    )
