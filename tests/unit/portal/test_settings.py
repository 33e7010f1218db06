"""Settings are read in a process of their own: they stop it or they do not."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "PORTAL_BASE_URL": "https://portal.example.net",
    "PORTAL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghij",
} | {f"{prefix}_{name}": "x" for prefix in ("AZURE", "ENTRA") for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET")}
GOOD["AZURE_TENANT_ID"] = GOOD["ENTRA_TENANT_ID"] = "00000000-0000-4000-8000-000000000000"


def read_settings(**changed: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | GOOD | changed
    code = "from portal import settings as s; print(s.SESSION_COOKIE_NAME, s.PORTAL_ARM_ENDPOINT, s.ALLOWED_HOSTS)"
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_a_complete_environment_is_accepted():
    assert read_settings().stdout == "__Host-session https://management.azure.com ['portal.example.net']\n"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_BASE_URL", "", "PORTAL_BASE_URL is missing"),
        ("PORTAL_BASE_URL", "http://portal.example.net", "PORTAL_BASE_URL is plain http"),
        ("PORTAL_SECRET_KEY", "short", "PORTAL_SECRET_KEY is weak"),
        ("PORTAL_ACTIVITY_KEYS", f"{'k3y-' * 9},short", "PORTAL_ACTIVITY_KEYS has a weak key"),
        ("PORTAL_SEALING_KEYS", "short", "PORTAL_SEALING_KEYS has a weak key"),
        ("PORTAL_CLOUD", "AzureGermany", "PORTAL_CLOUD is 'AzureGermany'"),
        ("PORTAL_CLOUD", "Sandbox", "PORTAL_CLOUD is 'Sandbox'"),
        ("PORTAL_ARM_ENDPOINT", "http://management.azure.com", "PORTAL_ARM_ENDPOINT is 'http://management.azure.com'"),
        ("PORTAL_LEASE_SECONDS", "65", "PORTAL_LEASE_SECONDS is '65'"),
        ("PORTAL_CALL_SECONDS", "90", "PORTAL_LEASE_SECONDS is '90'"),  # the lease has to outlast a call
        ("PORTAL_CA_BUNDLE", "/nowhere.pem", "PORTAL_CA_BUNDLE is '/nowhere.pem', where no file is"),
        ("AZURE_CLIENT_SECRET", "", "AZURE_CLIENT_SECRET is missing"),
        ("ENTRA_TENANT_ID", "", "ENTRA_TENANT_ID is missing"),
        ("ENTRA_TENANT_ID", "contoso.onmicrosoft.com", "ENTRA_TENANT_ID is 'contoso.onmicrosoft.com'"),
        ("DATABASE_URL", "oracle://x", "DATABASE_URL"),
    ],
)
def test_a_bad_setting_stops_the_process_with_one_line(name: str, value: str, sentence: str):
    ended = read_settings(**{name: value})
    assert ended.returncode == 1
    assert ended.stderr.startswith("crossconnect: ")
    assert sentence in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_loopback_host_may_use_plain_http_and_then_plain_cookies():
    assert read_settings(PORTAL_BASE_URL="http://localhost:8000").stdout.startswith("session ")


def test_a_certificate_may_stand_in_the_place_of_the_secret(tmp_path):
    (tmp_path / "certificate.pem").touch()
    read = read_settings(AZURE_CLIENT_SECRET="", AZURE_CLIENT_CERTIFICATE_PATH=str(tmp_path / "certificate.pem"))
    assert read.returncode == 0


def test_without_a_tenant_for_azure_the_machines_own_identity_is_used():
    assert read_settings(AZURE_TENANT_ID="", AZURE_CLIENT_ID="", AZURE_CLIENT_SECRET="").returncode == 0
