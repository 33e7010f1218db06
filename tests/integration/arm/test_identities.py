# ruff: noqa: PLR0917 - pytest hands fixtures in by name
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_pem_x509_certificate

from crossconnections import arm
from crossconnections.arm import (
    ArmClient,
    ClientCertificate,
    ClientSecret,
    FederatedToken,
    Identity,
    ResourceId,
    credential_from,
)
from tests.integration.arm.conftest import QUICK
from tests.integration.arm.loopback import Loopback, Script, reply, reply_with, sends_then_waits
from tests.integration.arm.test_credentials import TENANT, TOKEN, discovery
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
CLIENT = "44444444-4444-4444-8444-444444444444"
PASSWORD = "the-password"
CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """rsa.pem, locked.pem, locked.pfx (both with PASSWORD), ec.pem, and files that are none."""
    folder, authority = tmp_path_factory.mktemp("certificates"), trustme.CA()
    issued = authority.issue_cert("app.example", key_type=trustme.KeyType.RSA)
    issued.private_key_and_cert_chain_pem.write_to_path(str(folder / "rsa.pem"))
    authority.issue_cert("app.example").private_key_and_cert_chain_pem.write_to_path(str(folder / "ec.pem"))
    key: Any = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    chain = issued.cert_chain_pems[0].bytes()
    lock = serialization.BestAvailableEncryption(PASSWORD.encode())
    locked = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    (folder / "locked.pem").write_bytes(locked + chain)
    packed = pkcs12.serialize_key_and_certificates(b"app", key, load_pem_x509_certificate(chain), None, lock)
    (folder / "locked.pfx").write_bytes(packed)
    (folder / "no-key.pem").write_bytes(chain)
    (folder / "empty.pem").write_bytes(b"")
    (folder / "bad.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nthe-secret\n-----END CERTIFICATE-----\n")
    return folder


def credential(identity: Identity, authority_host: str, ca_bundle: str) -> arm.TokenCredential:
    return credential_from(
        authority_host=authority_host, secret=identity, ca_bundle=ca_bundle, instance_discovery=False
    )


def form(entra: Loopback) -> dict[str, list[str]]:
    return parse_qs(entra.asked[-1].body.decode())


@pytest.mark.parametrize(("name", "password"), [("rsa.pem", ""), ("locked.pem", PASSWORD), ("locked.pfx", PASSWORD)])
def test_a_certificate_signs_for_a_token(
    elsewhere: Loopback, ca_bundle: str, certificates: Path, name: str, password: str
) -> None:
    elsewhere.plays(discovery(elsewhere), TOKEN)
    identity = ClientCertificate(TENANT, CLIENT, str(certificates / name), password)
    signing = credential(identity, elsewhere.url, ca_bundle)
    assert [signing.get_token("x/.default").token for _ in range(2)] == ["from-entra"] * 2
    assert (len(elsewhere.asked), form(elsewhere)["client_id"]) == (2, [CLIENT])
    assert form(elsewhere)["client_assertion"][0].count(".") == 2
    assert b"PRIVATE" not in elsewhere.asked[-1].body


def test_a_federated_token_is_exchanged_without_a_discovery(
    elsewhere: Loopback, ca_bundle: str, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text("from-the-cluster")
    elsewhere.plays(TOKEN)
    exchanging = credential(FederatedToken(TENANT, CLIENT, str(file)), elsewhere.url, ca_bundle)
    assert [exchanging.get_token("x/.default").token for _ in range(2)] == ["from-entra"] * 2
    assert (form(elsewhere)["client_assertion"], len(elsewhere.asked)) == (["from-the-cluster"], 1)


def identities(folder: Path, token_file: Path) -> dict[str, Identity]:
    token_file.write_text("from-the-cluster")
    return {
        "secret": ClientSecret(TENANT, CLIENT, "the-client-secret"),
        "certificate": ClientCertificate(TENANT, CLIENT, str(folder / "rsa.pem")),
        "federated": FederatedToken(TENANT, CLIENT, str(token_file)),
    }


@pytest.mark.parametrize("kind", ["secret", "certificate", "federated"])
def test_claims_reach_entra_past_the_token_that_is_kept(
    elsewhere: Loopback, ca_bundle: str, certificates: Path, tmp_path: Path, kind: str
) -> None:
    elsewhere.plays(*([] if kind == "federated" else [discovery(elsewhere)]), TOKEN)
    asking = credential(identities(certificates, tmp_path / "token")[kind], elsewhere.url, ca_bundle)
    asking.get_token("x/.default")
    before = len(elsewhere.asked)
    asking.get_token("x/.default", claims=CLAIMS)
    assert len(elsewhere.asked) == before + 1
    assert "1" in form(elsewhere)["claims"][0]


def failure_of(client: ArmClient, *secrets: str) -> arm.TokenNotObtained:
    start = time.monotonic()
    with pytest.raises(arm.TokenNotObtained) as raised:
        client.get_cross_connection(resource_id=KEY)
    assert time.monotonic() - start < 2
    lines = traceback.format_exception(raised.value)
    shown = "".join(lines) + repr(vars(raised.value))
    assert not any(secret in shown for secret in secrets)
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    return raised.value


@pytest.mark.parametrize(
    "script",
    [
        reply(b"<html>"),
        reply([]),
        reply({}),
        reply_with(500, {}),
        reply_with(429, {"error": "x"}, Retry_After="60"),
        sends_then_waits(b""),
    ],
)
def test_whatever_entra_answers_instead_is_no_token(
    azure: Loopback,
    elsewhere: Loopback,
    client_for: ClientFor,
    ca_bundle: str,
    certificates: Path,
    tmp_path: Path,
    *,
    script: Script,
) -> None:
    for kind, identity in identities(certificates, tmp_path / "token").items():
        elsewhere.plays(*([] if kind == "federated" else [discovery(elsewhere)]), script)
        client = client_for(azure, time_outs=QUICK, credential=credential(identity, elsewhere.url, ca_bundle))
        failure_of(client, "the-client-secret", "from-the-cluster", "PRIVATE KEY")
    assert azure.connections == 0


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("missing.pem", "", "No such file or directory"),
        ("", "", "Is a directory"),
        ("bad.pem", PASSWORD, "it is no PEM or PKCS12 file"),
        ("empty.pem", PASSWORD, "it is no PEM or PKCS12 file"),
        ("no-key.pem", PASSWORD, "it is no PEM or PKCS12 file"),
        ("ec.pem", "", "it is no PEM or PKCS12 file with an RSA key"),
        ("locked.pem", "", "its password is another"),
        ("locked.pem", "the-wrong-one", "its password is another"),
        ("locked.pfx", "the-wrong-one", "its password is another"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_no_token(
    azure: Loopback,
    client_for: ClientFor,
    ca_bundle: str,
    certificates: Path,
    name: str,
    password: str,
    reason: str,
) -> None:
    identity = ClientCertificate(TENANT, CLIENT, str(certificates / name), password)
    client = client_for(azure, credential=credential(identity, "https://localhost:1", ca_bundle))
    error = failure_of(client, PASSWORD, "the-wrong-one", "the-secret", "PRIVATE KEY")
    assert reason in str(error)
    assert azure.connections == 0


def test_a_certificate_that_appears_later_is_read_then(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str, certificates: Path, tmp_path: Path
) -> None:
    elsewhere.plays(discovery(elsewhere), TOKEN)
    azure.plays(reply(answers.load("trace_get")))
    identity = ClientCertificate(TENANT, CLIENT, str(tmp_path / "app.pem"))
    client = client_for(azure, credential=credential(identity, elsewhere.url, ca_bundle))
    failure_of(client)
    (tmp_path / "app.pem").write_bytes((certificates / "rsa.pem").read_bytes())
    assert client.get_cross_connection(resource_id=KEY).s_tag == 3


def test_a_federated_token_that_is_missing_is_no_token(
    azure: Loopback, client_for: ClientFor, ca_bundle: str, tmp_path: Path
) -> None:
    identity = FederatedToken(TENANT, CLIENT, str(tmp_path / "missing"))
    client = client_for(azure, credential=credential(identity, "https://localhost:1", ca_bundle))
    assert str(failure_of(client)).endswith("No such file or directory.")


def test_nothing_secret_is_in_a_repr(certificates: Path, tmp_path: Path, ca_bundle: str) -> None:
    for identity in (
        ClientCertificate(TENANT, CLIENT, str(certificates / "locked.pem"), PASSWORD),
        *identities(certificates, tmp_path / "token").values(),
    ):
        shown = repr(identity) + repr(credential(identity, "https://localhost:1", ca_bundle))
        assert not any(secret in shown for secret in (PASSWORD, "the-client-secret", "from-the-cluster"))


@pytest.mark.parametrize(
    "identity",
    [
        ClientSecret("", CLIENT, "s"),
        ClientSecret(TENANT, "", "s"),
        ClientSecret(TENANT, CLIENT, ""),
        ClientCertificate(TENANT, "", "p"),
        ClientCertificate(TENANT, CLIENT, ""),
        FederatedToken("", CLIENT, "p"),
        FederatedToken(TENANT, CLIENT, ""),
    ],
)
def test_what_is_missing_is_not_taken_from_the_environment(
    identity: Identity, ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"):
        monkeypatch.setenv(name, "from-the-environment")
    with pytest.raises(ValueError, match=r"client secret|needs a"):
        credential(identity, "https://localhost:1", ca_bundle)
