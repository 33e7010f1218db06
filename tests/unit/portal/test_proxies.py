"""Which proxies gunicorn believes when they say that the browser came by https."""

import runpy
from pathlib import Path

import pytest
from gunicorn.config import Config

from tests.unit.portal.settings_read import read

CONFIG = Path(__file__).parents[3] / "portal" / "gunicorn_config.py"


def trusted(monkeypatch: pytest.MonkeyPatch, value: str) -> list[str]:
    told = read(monkeypatch, PORTAL_TRUSTED_PROXIES=value)["PORTAL_TRUSTED_PROXIES"]
    monkeypatch.setattr("portal.settings.PORTAL_TRUSTED_PROXIES", told)
    config = Config()
    config.set("forwarded_allow_ips", runpy.run_path(str(CONFIG))["forwarded_allow_ips"])
    return [str(network) for network in config.forwarded_allow_networks()]


def test_nobody_is_believed_by_default(monkeypatch: pytest.MonkeyPatch):
    assert trusted(monkeypatch, "") == []


def test_addresses_and_networks_are_believed_however_they_are_written(monkeypatch: pytest.MonkeyPatch):
    given = "10.0.0.2/8, 192.0.2.7 ,2001:db8::1/32, 2001:db8::7"
    assert trusted(monkeypatch, given) == ["10.0.0.0/8", "192.0.2.7/32", "2001:db8::/32", "2001:db8::7/128"]


@pytest.mark.parametrize("value", ["*", "proxy.example.net", "10.0.0.0/33", "10.0.0"])
def test_what_is_neither_stops_the_process(monkeypatch: pytest.MonkeyPatch, value: str):
    with pytest.raises(SystemExit, match="PORTAL_TRUSTED_PROXIES"):
        trusted(monkeypatch, value)
