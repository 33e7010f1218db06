"""``/metrics``: nothing without a token in the settings, and with one nothing for whoever does not bring it."""

import re

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from portal.activity.checking import check_the_chain
from portal.health.models import LifeSign
from tests.documents import read_part
from tests.guide import PAGE, blocks

TOKEN = "3f9c07d1b8e64a52a7c0d9f1e6b2483550ac71de"


def scrape(**headers: str):
    return Client(HTTP_HOST="localhost").get("/metrics", headers=headers)


@pytest.fixture
def figures(db, settings):
    """All samples by name and labels."""
    settings.PORTAL_METRICS_TOKEN = TOKEN

    def read() -> dict[tuple[str, ...], float]:
        answer = scrape(authorization=f"Bearer {TOKEN}")
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        samples = [sample for family in families for sample in family.samples]
        return {(sample.name, *sample.labels.values()): sample.value for sample in samples}

    return read


def test_without_a_token_in_the_settings_there_is_no_such_address(db):
    assert scrape(authorization="Bearer ").status_code == 404
    assert scrape(authorization=f"Bearer {TOKEN}").status_code == 404


@pytest.mark.parametrize(
    "told", ["", TOKEN, f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN}x", f"bearer {TOKEN}", "Bearer é"]
)
def test_whoever_does_not_bring_it_gets_nothing(settings, told: str):
    # Without the db fixture, pytest-django refuses every query.
    settings.PORTAL_METRICS_TOKEN = TOKEN
    answer = scrape(authorization=told)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert b"crossconnect" not in answer.content


def test_the_parts_that_were_seen_alive_are_told_with_their_age(figures):
    LifeSign.give("worker of people")
    assert 0 <= figures()["crossconnect_life_sign_age_seconds", "worker of people"] < 5


def test_the_version_and_the_state_of_the_trail_are_told(figures, settings):
    assert ("crossconnect_trail_findings",) not in figures()
    check_the_chain()
    told = figures()
    assert told["crossconnect_info", settings.VERSION] == 1
    assert told["crossconnect_trail_findings",] == 0
    assert told["crossconnect_trail_verified_age_seconds",] < 5


def test_the_guide_and_its_alerts_speak_of_every_figure_and_of_no_other(figures):
    check_the_chain()
    answer = scrape(authorization=f"Bearer {TOKEN}").content.decode()
    known = set(re.findall(r"^# TYPE (\w+) gauge$", answer, re.MULTILINE))
    a_name = re.compile(r"crossconnect_\w+")
    assert set(a_name.findall(read_part(PAGE, "figures"))) == known
    assert set(a_name.findall(blocks("yaml")["alerts"])) <= known


def test_it_is_text_that_is_not_kept(figures, db):
    figures()
    answer = scrape(authorization=f"Bearer {TOKEN}")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_database_it_says_so(figures, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        answer = scrape(authorization=f"Bearer {TOKEN}")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")
