"""What a proxy says counts only from a proxy of ours, as gunicorn and the portal together have it (ASVS 4.1.3).

The portal at an https address, served as in production on this machine, is asked in plain http. Whoever it believes
that the browser came by https is led to the sign-in page; whoever it does not is led to the https address.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

from tests.product import free_ports

BASE = "https://portal.example.net"
LIST = "/cross-connections/"
SAYS_HTTPS = {"X-Forwarded-Proto": "https"}
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn_config", "portal.wsgi", "--bind"]


class Served:
    """A web process of the portal."""

    def __init__(self, port: int, log: Path) -> None:
        self._port, self._log = port, log

    def get(self, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        connection.request("GET", path, headers={"Host": "portal.example.net"} | (headers or {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def lines(self) -> list[str]:
        return self._log.read_text().splitlines()

    def wait(self) -> None:
        for _ in range(200):
            with contextlib.suppress(OSError):
                self.get("/healthz")
                return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text())


@contextlib.contextmanager
def serving(folder: Path, proxies: str) -> Iterator[Served]:
    told = {"PORTAL_BASE_URL": BASE, "PORTAL_CLOUD": "AzureCloud", "PORTAL_TRUSTED_PROXIES": proxies}
    told |= {
        "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_STATIC_ROOT": str(folder),
    }
    left = {
        name: value for name, value in os.environ.items() if name not in {"PORTAL_ARM_ENDPOINT", "AZURE_AUTHORITY_HOST"}
    }
    port, log = free_ports(1), folder / "log"
    with log.open("wb") as out:
        web = subprocess.Popen(
            [*GUNICORN, f"127.0.0.1:{port}"], cwd=settings.BASE_DIR, env=left | told, stdout=out, stderr=out
        )
    served = Served(port, log)
    try:
        served.wait()
        yield served
    finally:
        web.terminate()
        web.wait(timeout=20)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """No proxy is trusted."""
    with serving(tmp_path_factory.mktemp("alone"), "") as served:
        yield served


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The proxy on this machine is."""
    with serving(tmp_path_factory.mktemp("behind"), "127.0.0.1") as served:
        yield served


@pytest.mark.parametrize(
    "forged",
    [
        SAYS_HTTPS,
        {"X_Forwarded_Proto": "https"},
        {"X-Forwarded-Ssl": "on", "X-Forwarded-Protocol": "ssl"},
        {"Forwarded": "proto=https"},
        SAYS_HTTPS | {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "portal.example.net"},
    ],
    ids=str,
)
def test_a_browser_that_says_itself_that_it_came_by_https_is_not_believed(alone: Served, forged: dict[str, str]):
    answer = alone.get(LIST, forged)
    assert (answer.status, answer.headers["Location"]) == (301, f"{BASE}{LIST}")
    assert "Strict-Transport-Security" not in answer.headers


def test_a_proxy_of_ours_is_believed(behind: Served):
    answer = behind.get(LIST, SAYS_HTTPS)
    assert (answer.status, answer.headers["Location"]) == (302, f"/sign-in/?next={LIST}")
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize("name", ["X_Forwarded_Proto", "X-Forwarded_Proto"])
def test_what_a_browser_writes_otherwise_does_not_pass_for_what_the_proxy_says(behind: Served, name: str):
    assert behind.get(LIST, {name: "https"}).status == 301


def test_a_host_that_a_proxy_passes_on_is_not_taken_for_the_portals(behind: Served):
    forged = SAYS_HTTPS | {"Host": "evil.example", "X-Forwarded-Host": "portal.example.net"}
    assert "Location" not in behind.get(LIST, forged).headers
    assert (
        behind.get(LIST, SAYS_HTTPS | {"X-Forwarded-Host": "evil.example"}).headers["Location"].startswith("/sign-in/")
    )


def test_every_line_that_the_process_writes_is_an_object(alone: Served, behind: Served):
    for served in (alone, behind):
        lines = [json.loads(line) for line in served.lines()]
        assert {one["level"] for one in lines} <= {"info", "warning", "error"}
        assert lines
