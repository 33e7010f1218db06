"""What anybody on the network can ask for, and how little it tells (ASVS 8.2.1, 13.4.5)."""

import pytest
from django.test import Client

from tests.urlconf import ADDRESSES, views

OPEN = {"home", "sign-in", "sign-in-start", "sign-in-callback", "sign-out", "signed-out", "readyz", "metrics"}
NOT_THERE = (
    *("/metrics", "/metrics/", "/admin/", "/api/", "/docs/", "/openapi.json", "/swagger/", "/graphql", "/.git/HEAD"),
    *("/.env", "/_sandbox/", "/debug/", "/static/", "/static/../portal/settings.py", "/robots.txt", "/server-status"),
)


def test_these_addresses_and_no_others_are_open_to_everybody():
    assert {str(one.name) for one in views() if not getattr(one.callback, "login_required", True)} == OPEN


@pytest.mark.parametrize("address", NOT_THERE)
def test_nothing_else_answers(db: None, address: str):
    assert Client(HTTP_HOST="localhost").get(address).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "OPTIONS"])
def test_no_method_echoes_a_request_or_tells_of_others(db: None, method: str):
    for address in ADDRESSES:
        answer = Client(HTTP_HOST="localhost").generic(method, address, headers={"X-Secret": "hunter2"})
        assert answer.status_code in {302, 405}, address
        assert "hunter2" not in answer.content.decode(), address


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/sign-in/", "/signed-out/"])
def test_what_is_open_names_no_component_and_nobody(db: None, address: str):
    said = Client(HTTP_HOST="localhost").get(address)
    text = said.content.decode() + str(said.headers)
    assert not [
        word for word in ("Django", "gunicorn", "Python", "sqlite", "postgres", "redis", "celery") if word in text
    ]
