"""What a person does says so; what a page does by itself does not."""

from collections.abc import Callable

from playwright.sync_api import Page, Request

SignIn = Callable[..., Page]
HEADER = "x-by-person"


def is_fragment_of(path: str) -> Callable[[Request], bool]:
    return lambda request: f"{path}?" in request.url and request.headers.get("hx-request") == "true"


def test_typing_in_the_search_says_that_a_person_did_it(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    with page.expect_request(is_fragment_of("/cross-connections/")) as asked:
        page.get_by_role("searchbox").press_sequentially("ffff")
    assert asked.value.headers[HEADER] == "1"


def test_a_click_says_that_a_person_did_it(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Operator")
    with page.expect_request("**/cross-connections/sync/") as asked:
        page.get_by_role("button", name="Sync now").click()
    assert asked.value.headers[HEADER] == "1"


def test_a_poll_does_not(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    with page.expect_request(is_fragment_of("/cross-connections/sync/state/"), timeout=20_000) as asked:
        pass
    assert HEADER not in asked.value.headers


def test_a_list_that_refreshes_itself_after_a_sync_does_not(page: Page, sign_in: SignIn):
    sign_in(page, "Portal.Viewer")
    with page.expect_request(is_fragment_of("/cross-connections/")) as asked:
        page.evaluate("htmx.trigger(document.body, 'synced')")
    assert HEADER not in asked.value.headers
