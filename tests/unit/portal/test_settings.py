"""What a start is refused for: one line each, which names the variable and says what it takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from tests.unit.portal.settings_read import COMPLETE, KEY, ON_LOOPBACK, OTHER_KEY, read, reason_not_to_start

EXAMPLE = Path(__file__).parents[3] / "docker" / "example.env"
_FILLED_IN = [line.partition("=") for line in EXAMPLE.read_text().splitlines()]
PLACEHOLDERS = {name: value for name, _, value in _FILLED_IN if "0000" in value or "replace" in value}
NO_PROOF = {"AZURE_CLIENT_SECRET": ""}
LOOPBACKS = (
    *("localhost", "LOCALHOST", "localhost.", "portal.localhost", "localhost.localdomain", "127.0.0.1", "127.9.9.9"),
    *("127.1", "0x7f000001", "2130706433", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "ip6-localhost"),  # noqa: S104 - to be refused
)


def test_a_complete_environment_is_accepted(monkeypatch):
    settings = read(monkeypatch)
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings["PORTAL_ARM_ENDPOINT"] == "https://management.azure.com"
    assert settings["ALLOWED_HOSTS"] == ["portal.contoso.net"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        # where it is
        ("PORTAL_BASE_URL", "", "is missing: it takes the public origin of the portal"),
        ("PORTAL_BASE_URL", "portal.contoso.net", "is 'portal.contoso.net': it takes the public origin"),
        ("PORTAL_BASE_URL", "http://portal.contoso.net", "is plain http: it takes an https origin"),
        ("PORTAL_BASE_URL", "http://localhost.contoso.net", "is plain http: it takes an https origin"),
        ("PORTAL_BASE_URL", "http://192.0.2.1:8000", "is plain http: it takes an https origin"),
        ("PORTAL_BASE_URL", "http://0.0.0.0:8000", "is plain http: it takes an https origin"),
        # keys
        ("PORTAL_SECRET_KEY", "", "is missing: it takes at least 50 random characters"),
        ("PORTAL_SECRET_KEY", KEY[:49], "is weak (49 characters): it takes at least 50 random characters"),
        ("PORTAL_SECRET_KEY", "a" * 64, "is weak (only 1 different characters)"),
        ("PORTAL_SECRET_KEY", "abcdefg" * 10, "is weak (only 7 different characters)"),
        ("PORTAL_SECRET_KEY", "c0rr3ct-h0rse" * 5, "is weak (not random)"),
        ("PORTAL_SECRET_KEY", f"{KEY[:30] * 2}{KEY[:7]}", "is weak (not random)"),
        ("PORTAL_SECRET_KEY", "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghij", "is weak (not random)"),
        ("PORTAL_SECRET_KEY", f"django-insecure-{KEY}", "is weak (copied from an example)"),
        ("PORTAL_SECRET_KEY", f"change-me-{KEY}", "is weak (copied from an example)"),
        ("PORTAL_SECRET_KEY_FILE", "/nowhere/secret-key", "names a file that cannot be read: it takes a file with"),
        ("PORTAL_SECRET_KEY_FALLBACKS", f"{KEY},short", "has a weak key (5 characters)"),
        ("PORTAL_ACTIVITY_KEYS", f"{OTHER_KEY},short", "has a weak key (5 characters): it takes at least 32 random"),
        ("PORTAL_ACTIVITY_KEYS", "0123456789" * 4, "has a weak key (not random)"),
        ("PORTAL_SEALING_KEYS", "short", "has a weak key (5 characters): it takes at least 32 random"),
        ("PORTAL_SEALING_KEYS", f"{OTHER_KEY},replace-me-{OTHER_KEY}", "has a weak key (copied from an example)"),
        # which Azure
        ("PORTAL_CLOUD", "AzureGermany", "is 'AzureGermany': it takes one of AzureCloud, AzureUSGovernment"),
        ("PORTAL_CLOUD", "azurecloud", "is 'azurecloud': it takes one of AzureCloud"),
        ("PORTAL_CLOUD", "Sandbox", "is 'Sandbox': it takes a real cloud"),
        ("PORTAL_ARM_ENDPOINT", "http://management.azure.com", "is 'http://management.azure.com': it takes an https"),
        ("AZURE_AUTHORITY_HOST", "http://login.microsoftonline.com", "is 'http://login.microsoftonline.com'"),
        ("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/common", "is 'https://login.microsoftonline.com/common'"),
        ("AZURE_TENANT_ID", "contoso.onmicrosoft.com", "is 'contoso.onmicrosoft.com': it takes the GUID"),
        ("AZURE_CLIENT_ID", "", "is missing: it takes a GUID"),
        ("AZURE_CLIENT_SECRET", "", "is missing: it takes a client secret"),
        ("AZURE_CLIENT_CERTIFICATE_PATH", "/nowhere.pem", "is '/nowhere.pem', where no file is"),
        ("AZURE_CLIENT_CERTIFICATE_PATH", "/", "is '/', where no file is"),
        ("ENTRA_TENANT_ID", "", "is missing: it takes the GUID"),
        ("ENTRA_TENANT_ID", "common", "is 'common': it takes the GUID"),
        ("ENTRA_CLIENT_ID", "", "is missing: it takes a GUID"),
        ("ENTRA_CLIENT_SECRET", "", "is missing: it takes a client secret"),
        ("PORTAL_CA_BUNDLE", "/nowhere.pem", "is '/nowhere.pem', where no file is: it takes the path of a PEM file"),
        ("PORTAL_CA_BUNDLE", "/etc", "is '/etc', where no file is"),
        # how it works
        ("PORTAL_TRUSTED_PROXIES", "proxy.contoso.net", "has 'proxy.contoso.net': it takes comma-separated addresses"),
        ("PORTAL_TRUSTED_PROXIES", "0.0.0.0/0", "has '0.0.0.0/0': it takes comma-separated addresses"),
        ("PORTAL_TRUSTED_PROXIES", "::/0", "has '::/0': it takes comma-separated addresses"),
        ("PORTAL_SESSION_IDLE_SECONDS", "0", "is '0': it takes seconds, at least 1"),
        ("PORTAL_RETENTION_DAYS", "a year", "is 'a year': it takes days, at least 1"),
        ("PORTAL_LEASE_SECONDS", "65", "is '65': it takes seconds, more than PORTAL_CALL_SECONDS, at least 66"),
        # database and broker
        ("DATABASE_URL", "oracle://x", "is no database URL"),
        ("DATABASE_URL", "sqlite://:memory:", "is in memory: it takes a database that all processes share"),
        ("DATABASE_URL", "postgres://crossconnect:replace-me@db/crossconnect", "has the password of an example"),
        ("CELERY_BROKER_URL", "redis", "is no broker URL: it takes a broker URL, for example redis://host/0"),
        ("CELERY_BROKER_URL", "amqp://crossconnect:change-me@broker//", "has the password of an example"),
    ],
)  # fmt: skip
def test_a_bad_setting_stops_the_start(monkeypatch, name: str, value: str, sentence: str):
    line = reason_not_to_start(monkeypatch, **{name: value})
    assert line.startswith(f"crossconnect: {name} {sentence}")
    assert line.endswith(".")
    assert "\n" not in line


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS.keys() - {"POSTGRES_PASSWORD"}))
def test_what_the_example_holds_is_no_setting(monkeypatch, name: str):
    assert reason_not_to_start(monkeypatch, **{name: PLACEHOLDERS[name]}).startswith(f"crossconnect: {name} ")


def test_the_examples_password_of_the_database_is_none(monkeypatch):
    url = f"postgres://crossconnect:{PLACEHOLDERS['POSTGRES_PASSWORD']}@db/crossconnect"
    assert "DATABASE_URL has the password of an example" in reason_not_to_start(monkeypatch, DATABASE_URL=url)


def test_the_lease_has_to_outlast_a_call(monkeypatch):
    assert "PORTAL_LEASE_SECONDS is '90'" in reason_not_to_start(monkeypatch, PORTAL_CALL_SECONDS="90")


@pytest.mark.parametrize("host", LOOPBACKS)
@pytest.mark.parametrize("name", ["PORTAL_ARM_ENDPOINT", "AZURE_AUTHORITY_HOST"])
def test_a_real_cloud_is_not_on_this_machine(monkeypatch, name: str, host: str):
    line = reason_not_to_start(monkeypatch, **{name: f"https://{host}:8443"})
    assert line.startswith(f"crossconnect: {name} is")
    assert "no address of this machine" in line


@pytest.mark.parametrize("name", ["PORTAL_ARM_ENDPOINT", "AZURE_AUTHORITY_HOST"])
@pytest.mark.parametrize("host", ["management.azure.com", "eastus.management.azure.com", "login.microsoftonline.us"])
def test_the_sandbox_is_not_mixed_with_a_real_azure(monkeypatch, name: str, host: str):
    line = reason_not_to_start(monkeypatch, **ON_LOOPBACK | {name: f"https://{host}"})
    assert line.startswith(f"crossconnect: {name} is 'https://{host}': it takes the sandbox's address")


def test_a_private_endpoint_is_a_place_for_a_real_cloud(monkeypatch):
    there = "https://arm.privatelink.contoso.net"
    assert read(monkeypatch, PORTAL_ARM_ENDPOINT=there)["PORTAL_ARM_ENDPOINT"] == there


def test_the_loopback_host_may_use_plain_http_and_then_plain_cookies(monkeypatch):
    assert read(monkeypatch, PORTAL_BASE_URL="http://localhost:8000")["SESSION_COOKIE_NAME"] == "session"
    assert read(monkeypatch, **ON_LOOPBACK)["PORTAL_CLOUD"] == "Sandbox"


@pytest.mark.parametrize("name", ["DEBUG", "DJANGO_DEBUG", "PORTAL_DEBUG"])
@pytest.mark.parametrize("value", ["1", "true", "True", "on", "yes"])
def test_no_variable_turns_debugging_on(monkeypatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    assert read(monkeypatch, **ON_LOOPBACK)["DEBUG"] is False


def test_a_file_without_certificates_is_no_bundle(monkeypatch, tmp_path: Path):
    (tmp_path / "ca.pem").write_text("not one certificate")
    line = reason_not_to_start(monkeypatch, PORTAL_CA_BUNDLE=str(tmp_path / "ca.pem"))
    assert line.startswith(f"crossconnect: PORTAL_CA_BUNDLE is '{tmp_path}/ca.pem', which holds no certificates")


@pytest.mark.parametrize("name", ["PORTAL_CA_BUNDLE", "AZURE_CLIENT_CERTIFICATE_PATH"])
def test_a_file_that_may_not_be_read_is_named(monkeypatch, tmp_path: Path, name: str):
    file = tmp_path / "file.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    assert reason_not_to_start(monkeypatch, **{name: str(file)}) == ""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    line = reason_not_to_start(monkeypatch, **{name: str(file)})
    assert line.startswith(f"crossconnect: {name} is '{file}', which cannot be read")


def test_a_certificate_or_a_token_may_stand_in_the_place_of_the_secret(monkeypatch, tmp_path: Path):
    (tmp_path / "certificate.pem").touch()
    assert not reason_not_to_start(
        monkeypatch, **NO_PROOF, AZURE_CLIENT_CERTIFICATE_PATH=str(tmp_path / "certificate.pem")
    )
    assert not reason_not_to_start(monkeypatch, **NO_PROOF, AZURE_FEDERATED_TOKEN_FILE="/var/run/secrets/token")


def test_without_a_tenant_for_azure_the_machines_own_identity_is_used(monkeypatch):
    nobody = dict.fromkeys(("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"), "")
    assert not reason_not_to_start(monkeypatch, **nobody)


def test_a_secret_is_not_told_in_an_error(monkeypatch):
    for name in ("PORTAL_SECRET_KEY", "ENTRA_CLIENT_SECRET", "DATABASE_URL", "PORTAL_SEALING_KEYS"):
        assert "s3cr3t" not in reason_not_to_start(monkeypatch, **{name: "s3cr3t-example"})


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "--config", "python:portal.gunicorn_config", "--bind", "127.0.0.1:0", "portal.wsgi"],
        ["-m", "celery", "-A", "portal", "worker"],
        ["-m", "celery", "-A", "portal", "beat"],
    ],
    ids=["manage.py", "the web server", "a worker", "the clock"],
)
def test_every_part_stops_with_that_one_line(command: list[str]):
    environment = {"PATH": os.environ["PATH"]} | COMPLETE | {"PORTAL_CLOUD": "Sandbox"}
    ended = subprocess.run(
        [sys.executable, *command], env=environment, cwd=EXAMPLE.parents[1], capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert ended.stderr.startswith("crossconnect: PORTAL_CLOUD is 'Sandbox': it takes a real cloud")
    assert ended.stderr.count("\n") == 1
