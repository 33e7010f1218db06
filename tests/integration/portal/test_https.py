"""At an https address: HSTS on every answer, and cookies that no other host and no plain request ever sees."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from tests.integration.portal.headers import lacking
from tests.sandbox_process import SandboxProcess

HSTS_NAME = "Strict-Transport-Security"
HSTS = "max-age=31536000; includeSubDomains; preload"


@pytest.fixture(scope="module")
def walked(sandbox: SandboxProcess) -> dict[str, Any]:
    """What a process at an https address was asked, and answered."""
    told = {
        "PORTAL_BASE_URL": "https://localhost:8000",
        "DATABASE_URL": "sqlite://:memory:",
        "AZURE_AUTHORITY_HOST": sandbox.manifest["authority"],
        "PORTAL_CA_BUNDLE": sandbox.manifest["ca"],
    }
    told |= {f"ENTRA_{name.upper()}": sandbox.manifest[name] for name in ("tenant_id", "client_id", "client_secret")}
    walking = subprocess.run(
        [sys.executable, "-m", "tests.integration.portal.https_walk"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(walking.stdout)
    return found


@pytest.fixture(scope="module")
def walk(walked: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What every address answered, by who asked and its name."""
    answers: dict[str, dict[str, Any]] = walked["answers"]
    return answers


def secure_ones(walk: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: answer for name, answer in walk.items() if not name.startswith("plain")}


def test_every_answer_over_https_says_so_for_a_year(walk):
    assert [name for name, one in secure_ones(walk).items() if one["headers"].get(HSTS_NAME) != HSTS] == []
    assert {one["status"] for one in walk.values()} >= {200, 286, 301, 302, 303, 400, 403, 404, 405, 429, 500}


def test_every_answer_has_all_headers_and_only_files_may_be_kept(walk):
    assert {name: lacking(one["headers"], may_be_kept=name == "file") for name, one in walk.items()} == {
        name: [] for name in walk
    }


def test_no_cookie_is_seen_by_another_host_a_script_or_a_plain_request(walk):
    cookies = [(name, one) for answer in walk.values() for name, one in answer["cookies"].items()]
    assert {name for name, _ in cookies} == {"__Host-session", "__Host-csrf"}
    for name, cookie in cookies:
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), name
    given = [cookie for _, cookie in cookies if cookie["max-age"] != 0]
    assert {(one["httponly"], one["samesite"]) for one in given} == {(True, "Lax")}


def test_what_a_script_keeps_no_other_host_can_set(walked):
    assert walked["theme"] == "dark"


def test_a_plain_request_is_led_to_the_portals_own_address_whatever_its_host(walk):
    assert walk["plain"]["headers"]["Location"] == "https://localhost:8000/cross-connections/?q=a"
    assert walk["plain, other host"]["headers"]["Location"] == "https://localhost:8000/cross-connections/"
    assert not walk["plain"]["cookies"]


def test_signing_out_clears_what_the_browser_keeps_but_not_other_applications_cookies(walk):
    answer = walk["sign-out"]
    assert answer["headers"]["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["cookies"]["__Host-session"]["max-age"] == 0
