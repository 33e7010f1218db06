import pytest
from django.test import Client


@pytest.fixture
def pages(signed_in) -> list[object]:
    browser, anonymous = signed_in("Portal.Viewer"), Client(HTTP_HOST="localhost")
    paths = ["/cross-connections/", "/cross-connections.json", "/cross-connections/none/", "/nothing/here"]
    return [browser.get(path) for path in paths] + [
        anonymous.get(path) for path in ("/", "/sign-in/", "/sign-in/callback/", "/readyz", "/cross-connections/")
    ]


def test_every_answer_forbids_storing_sniffing_and_framing(pages):
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store", page
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_answer_has_a_policy_without_inline_anything(pages):
    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_sessions_cookie_is_http_only_and_lax(azure, db):
    answer = Client(HTTP_HOST="localhost").get("/sign-in/start/")
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


@pytest.mark.parametrize("path", ["/static/not-there.css", "/cross-connections/none/"])
def test_a_page_that_says_it_is_missing_is_kept_by_no_cache_wherever_it_stands(signed_in, path: str):
    answer = signed_in("Portal.Viewer").get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_a_static_file_may_be_kept(db):
    answer = Client(HTTP_HOST="localhost").get("/static/icon.svg")
    assert "max-age" in answer.headers["Cache-Control"]
    answer.close()


@pytest.mark.parametrize("path", ["/cross-connections/", "/cross-connections.json", "/sign-in/"])
def test_a_head_request_is_answered_like_a_get(signed_in, path: str):
    assert signed_in("Portal.Viewer").head(path).status_code in {200, 302}
