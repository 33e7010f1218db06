"""A browser, and an authority that the portal has not met yet."""

from collections.abc import Iterator

import pytest

from portal.accounts import entra
from tests.integration.portal.sign_in.browser import Browser, operator
from tests.sandbox_process import SandboxProcess


@pytest.fixture(autouse=True)
def _an_authority_not_met_yet() -> Iterator[None]:
    """What was discovered, the keys and msal's cache of answers are kept for a process; here, for a test."""
    entra._discovered.cache_clear()
    yield
    entra._discovered.cache_clear()


@pytest.fixture
def browser(azure: SandboxProcess, db: None) -> Browser:
    """Of nobody yet."""
    return Browser()


@pytest.fixture
def lotte(browser: Browser, azure: SandboxProcess) -> Browser:
    """The Operator's, signed in."""
    browser.sign_in(operator(azure))
    assert browser.status_of_list() == 200
    return browser
