"""``/metrics``: nothing without a token in the settings, and with one nothing for whoever does not bring it."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from crossconnections.models import Subscription
from crossconnections.queries import figures as domain_figures
from portal.activity.checking import check_the_chain
from portal.health import own_figures
from portal.health.figures import PREFIX
from portal.health.models import LifeSign
from tests.documents import read_part, read_table
from tests.guide import PAGE, blocks
from tests.integration.domain.runs import synced
from tests.sandbox_process import SandboxProcess

TOKEN = "3f9c07d1b8e64a52a7c0d9f1e6b2483550ac71de"
AZURE_REFUSES = "CrossconnectAzureRefusesTheIdentity"
NO_TOKEN = "CrossconnectEntraGivesNoToken"
_MATCHER = r'(\w+)(=~|=)"([^"]*)"'


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


def test_the_guide_tells_the_labels_of_each_figure_and_its_alerts_use_no_other(db):
    check_the_chain()
    known = {f"{PREFIX}_{one.name}": one.labels for one in (*own_figures.figures(), *domain_figures.figures())}
    told = {
        name: tuple(re.findall(r"\w+", labels))
        for names, labels, _ in read_table(PAGE, "figures")
        for name in re.findall(r"\w+", names)
    }
    assert told == known
    selectors = [one for rule in rules().values() for one in re.findall(r"(crossconnect_\w+)(?:\{(.*?)\})?", rule)]
    assert len(selectors) > 8
    for figure, matchers in selectors:
        assert matchers.count("=") == len(re.findall(_MATCHER, matchers)), matchers
        assert {label for label, _, _ in re.findall(_MATCHER, matchers)} <= set(known[figure]), (figure, matchers)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("secret", "fault", "alert"),
    [
        pytest.param("another", {}, NO_TOKEN, id="the secret is refused"),
        pytest.param("none", {"status": 503, "path_pattern": "/oauth2/"}, NO_TOKEN, id="no Entra"),
        pytest.param("", {"status": 401, "code": "ExpiredAuthenticationToken"}, AZURE_REFUSES, id="the token is over"),
        pytest.param("", {"status": 403, "code": "AuthorizationFailed"}, AZURE_REFUSES, id="no role"),
    ],
)
def test_who_refuses_the_portals_identity_is_told_by_an_alert_of_the_guide(
    azure: SandboxProcess, settings, secret: str, fault: dict[str, Any], alert: str
):
    found = azure.subscription("test")
    row = Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])
    # Another secret is another credential: one that has its token asks nobody for an hour.
    settings.AZURE_CLIENT_SECRET = secret or settings.AZURE_CLIENT_SECRET
    if fault:
        azure.fault("status", times=100, **{"path_pattern": "/subscriptions/"} | fault)
    for _ in range(6):
        assert synced(row).state == "failed"
    answer = scrape(authorization=f"Bearer {TOKEN}").content.decode()
    assert {name for name, rule in rules().items() if fires(rule, answer)} == {alert}


def rules() -> dict[str, str]:
    """Of the guide: expressions by the names of their alerts."""
    return dict(re.findall(r"- alert: (\w+)\n\s+expr: (.+)", blocks("yaml")["alerts"]))


def fires(rule: str, answer: str) -> bool:
    """Prometheus' ``sum(figure{label="…",label=~"…"}) > number``; other rules are not worked out."""
    parts = re.fullmatch(r"sum\((\w+)\{(.*)\}\) > (\d+)", rule)
    if not parts:
        return False
    figure, matchers, limit = parts.groups()
    wanted = {
        label: pattern if sign == "=~" else re.escape(pattern)
        for label, sign, pattern in re.findall(_MATCHER, matchers)
    }
    values = [
        sample.value
        for family in text_string_to_metric_families(answer)
        for sample in family.samples
        if sample.name == figure and all(re.fullmatch(wanted[label], sample.labels[label]) for label in wanted)
    ]
    return sum(values) > int(limit)


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
