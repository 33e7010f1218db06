"""The log is one JSON object a line, whatever a browser sends: nobody forges one (ASVS 16.4.1)."""

import json
import logging
from io import StringIO
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.integration.access.matrix import World
from tests.integration.portal.lines import written

FORGED = 'x"}\r\n{"event": "forged", "level": "info"}\n\x1b[31mred\x1b[0m\x1b]0;title\x07\u2028\u202e\x00\x85'
SHOWN = FORGED.replace("\r", "").replace("\n", "").replace("\x00", "")
# A path that is none, a key that is none, a query, a form's value, and what a browser says of itself.
ASKED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("GET", f"/{quote(FORGED)}/", {}),
    ("GET", f"/cross-connections/{quote(FORGED)}/", {}),
    ("GET", f"/cross-connections/?q={quote(FORGED)}&location={quote(FORGED)}", {}),
    ("GET", f"/sign-in/?next={quote(FORGED)}", {}),
    ("GET", f"/sign-in/callback/?state={quote(FORGED)}&error={quote(FORGED)}", {}),
    ("POST", "/cross-connections/sync/", {"q": FORGED}),
    ("POST", "/changes/several/", {"service_keys": FORGED}),
    ("POST", "/onboarding/", {"text": FORGED}),
    ("POST", "/settings/access/", {"principal_name": FORGED, "principal_id": FORGED, "role": FORGED}),
)


@pytest.fixture
def lines(world: World) -> list[str]:
    """All that is logged of these, at any level."""
    logging.getLogger().setLevel(logging.DEBUG)
    browser = world.browser("adminis")
    browser.raise_request_exception = False
    hostile = {"User-Agent": SHOWN, "Referer": SHOWN, "X-Request-ID": SHOWN, "X-Forwarded-For": SHOWN}
    with written() as text:
        for method, address, form in ASKED:
            _ask(browser, method, address, form, hostile)
            _ask(browser, method, address, form, hostile | {"HX-Request": "true", "HX-Current-URL": SHOWN})
        browser.get("/", headers=hostile | {"Host": "evil.example\r\n"})
    logging.getLogger().setLevel(logging.INFO)
    return text.getvalue().split("\n")[:-1]


def _ask(browser: Client, method: str, address: str, form: dict[str, str], headers: dict[str, str]) -> None:
    browser.generic(method, address, "&".join(f"{name}={quote(text)}" for name, text in form.items()),
                    "application/x-www-form-urlencoded", headers=headers).getvalue()  # fmt: skip


def test_every_line_is_an_object_with_a_time_in_utc_and_none_is_forged(lines: list[str]):
    told = [json.loads(line) for line in lines]
    assert len(told) > len(ASKED) * 2
    assert {"event", "level", "logger", "timestamp"} <= set.intersection(*(set(one) for one in told))
    assert {one["timestamp"][-1] for one in told} == {"Z"}
    assert "forged" not in {one["event"] for one in told}


def test_no_line_does_anything_to_a_terminal(lines: list[str]):
    assert not [line for line in lines if any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in line)]
    assert not [line for line in lines if {"\u2028", "\u202e"} & set(line)]


def test_lines_of_one_request_have_its_id_its_address_and_no_query(lines: list[str]):
    told = [json.loads(line) for line in lines]
    ended = [one for one in told if one["event"] == "request_finished"]
    assert len(ended) >= len(ASKED) * 2
    assert {len(one["request_id"]) for one in ended} == {36}  # drawn here, whatever X-Request-ID says
    assert {one["ip"] for one in ended} == {"127.0.0.1"}  # whatever X-Forwarded-For says
    assert not [one for one in ended if "q=" in one["request"] or "state=" in one["request"]]


WITH_A_FILE = ("/sign-out/", {"file": StringIO("MZ")})
# Whoever tries to get past something: what the log says of it, and the request.
TRIED = {
    "a form without our token": ("Forbidden (CSRF", lambda one: one.post("/cross-connections/sync/")),
    "another host": ("Invalid HTTP_HOST header", lambda one: one.get("/", headers={"Host": "evil.example"})),
    "a file where none is taken": ("no file is taken here", lambda one: (one.get("/changes/"), one.post(*WITH_A_FILE))),
    "more than the limit": ("limit_reached", lambda one: [one.get("/sign-in/callback/") for _ in range(61)]),
    "an answer that nobody asked for": ("activity", lambda one: one.get("/sign-in/callback/?state=x")),
    "a role too low": ("activity", lambda one: one.post("/settings/access/")),
}


@pytest.mark.parametrize("what", TRIED)
def test_who_tries_to_get_past_a_guard_leaves_a_line(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, what: str
):
    says, attempt = TRIED[what]
    browser = world.browser("viewer")
    browser.handler.enforce_csrf_checks = what in {"a form without our token", "a file where none is taken"}
    a_minute = time_machine.travel("2026-11-25 12:00:05Z", tick=False)
    with written() as text, django_capture_on_commit_callbacks(execute=True), a_minute:
        attempt(browser)
    told = [json.loads(line) for line in text.getvalue().splitlines()]
    assert [one for one in told if says in one["event"]]
