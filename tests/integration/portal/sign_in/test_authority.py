"""An authority that is away, slow or talks nonsense: a page within the time-out, nobody let in, and all well after."""

import time
from typing import Any

import pytest
import trustme

from portal.accounts import entra
from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import LIST, Browser, operator

DISCOVERY, KEYS, TOKEN = "openid-configuration", "/keys", "/token"
FAULTS: list[dict[str, Any]] = [
    {"fault": "status", "status": 500},
    {"fault": "status", "status": 503, "retry_after": 30},
    {"fault": "status", "status": 429, "retry_after": 30},
    {"fault": "delay", "seconds": 5},
    {"fault": "garbage"},
    {"fault": "truncate"},
    {"fault": "reset"},
]


@pytest.fixture(autouse=True)
def _a_short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entra, "CONNECT_AND_READ_SECONDS", (1, 0.5))


def fault_id(fault: dict[str, Any]) -> str:
    return f"{fault['fault']}{fault.get('status', '')}"


def is_told_so(answer: Any) -> bool:
    return answer.status_code == 503 and "Microsoft Entra ID did not answer" in answer.content.decode()


@pytest.mark.rule(20)
@pytest.mark.parametrize("fault", FAULTS, ids=fault_id)
def test_discovery_that_fails_gives_a_page_in_time_and_keeps_what_was_wanted(browser, azure, fault: dict[str, Any]):
    azure.fault(path_pattern=DISCOVERY, times=9, **fault)
    begun = time.monotonic()
    answer = browser.portal.get("/sign-in/start/", {"next": f"{LIST}?q=ams"})
    assert time.monotonic() - begun < 3
    assert is_told_so(answer)
    assert "next=%2Fcross-connections%2F%3Fq%3Dams" in answer.content.decode()
    azure.clear_faults()
    browser.sign_in(operator(azure))
    assert browser.is_signed_in


@pytest.mark.rule(20)
@pytest.mark.parametrize("path", [KEYS, TOKEN])
@pytest.mark.parametrize("fault", FAULTS, ids=fault_id)
def test_keys_or_tokens_that_cannot_be_had_let_nobody_in(browser, azure, path: str, fault: dict[str, Any]):
    location = browser.choose(browser.start(f"{LIST}?q=ams"), operator(azure))
    azure.fault(path_pattern=path, times=9, **fault)
    begun = time.monotonic()
    answer = browser.come_back(location)
    assert time.monotonic() - begun < 3
    assert is_told_so(answer)
    assert "next=%2Fcross-connections%2F%3Fq%3Dams" in answer.content.decode()
    assert not browser.is_signed_in
    assert not User.objects.exists()
    azure.clear_faults()
    browser.sign_in(operator(azure))
    assert browser.is_signed_in


@pytest.mark.rule(20)
def test_discovery_that_fails_the_second_time_it_is_asked_is_a_failure_too(browser, azure):
    # msal asks once more by itself.
    azure.fault("delay", path_pattern=DISCOVERY, seconds=0)
    azure.fault("status", path_pattern=DISCOVERY, status=500, times=9)
    assert is_told_so(browser.portal.get("/sign-in/start/"))


@pytest.mark.rule(20)
def test_an_authority_where_nobody_listens_is_a_page_as_well(db, settings):
    settings.AZURE_AUTHORITY_HOST = "https://localhost:1"
    assert is_told_so(Browser().portal.get("/sign-in/start/", {"next": f"{LIST}?q=ams"}))


@pytest.mark.rule(20)
def test_an_authority_whose_certificate_is_not_trusted_is_asked_nothing(azure, db, settings, monkeypatch, tmp_path):
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "stranger.pem"))
    settings.CA_BUNDLE = str(tmp_path / "stranger.pem")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, azure.manifest["ca"])  # what would have the sandbox trusted
    before = max((one["number"] for one in azure.requests()), default=0)
    assert is_told_so(Browser().portal.get("/sign-in/start/"))
    assert [one for one in azure.requests(after=before) if "_sandbox" not in one["path"]] == []


@pytest.mark.rule(20)
def test_who_signs_out_while_entra_is_away_is_signed_out_here(lotte, azure):
    entra._discovered.cache_clear()
    azure.fault("status", path_pattern=DISCOVERY, status=500, times=9)
    page = lotte.portal.get(lotte.portal.post("/sign-out/").headers["Location"])
    assert page.status_code == 200
    assert "close it" in page.content.decode()
    assert not lotte.is_signed_in


DEFECTS = (
    *("wrong_issuer", "keys_elsewhere", "tokens_elsewhere", "people_elsewhere", "way_out_elsewhere", "not_an_object"),
)


@pytest.mark.rule(20)
@pytest.mark.parametrize("defect", DEFECTS)
def test_an_authority_that_names_another_issuer_or_another_hosts_addresses_is_none(browser, azure, defect: str):
    azure.behave(discovery=defect)
    assert is_told_so(browser.portal.get("/sign-in/start/"))
    azure.behave(discovery="good")
    browser.sign_in(operator(azure))
    assert browser.is_signed_in


@pytest.mark.rule(20)
def test_every_defect_of_discovery_is_tried_here(azure):
    assert set(azure.values_of("discovery")) == {"good", *DEFECTS}
