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
