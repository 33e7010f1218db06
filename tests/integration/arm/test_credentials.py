import logging
import time
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, ClientSecret, ResourceId, credential_from
from tests.integration.arm.conftest import QUICK
from tests.integration.arm.loopback import Loopback, Script, reply, reply_with, resets_after, sends_then_waits
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
SECRET = "the-client-secret"
TENANT = "33333333-3333-4333-8333-333333333333"
TOKEN = reply({"token_type": "Bearer", "expires_in": 3600, "access_token": "from-entra"})


def credential(entra: Loopback, ca_bundle: str, **options: Any) -> arm.TokenCredential:
    return credential_from(
        authority_host=entra.url,
        secret=ClientSecret(TENANT, "44444444-4444-4444-8444-444444444444", SECRET),
        ca_bundle=ca_bundle,
        instance_discovery=False,
        **options,
    )


def discovery(entra: Loopback) -> Script:
    base = f"{entra.url}/{TENANT}"
    return reply(
        {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
        }
    )


def error_of(client: ArmClient) -> arm.TokenNotObtained:
    with pytest.raises(arm.TokenNotObtained) as raised:
        client.get_cross_connection(resource_id=KEY)
    shown = "".join(traceback.format_exception(raised.value)) + repr(vars(raised.value))
    assert SECRET not in shown
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    return raised.value


def test_the_secret_is_in_no_repr() -> None:
    assert SECRET not in repr(ClientSecret("t", "c", SECRET))


def test_a_token_from_entra_reaches_azure_and_is_kept(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str
) -> None:
    elsewhere.plays(discovery(elsewhere), TOKEN)
    azure.plays(reply(answers.load("trace_get")))
    client = client_for(azure, credential=credential(elsewhere, ca_bundle))
    client.get_cross_connection(resource_id=KEY)
    client.get_cross_connection(resource_id=KEY)
    assert [asked.headers["authorization"] for asked in azure.asked] == ["Bearer from-entra"] * 2
    assert [asked.method for asked in elsewhere.asked] == ["GET", "POST"]


def test_the_environment_changes_nothing_for_entra_either(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    elsewhere.plays(discovery(elsewhere), TOKEN)
    azure.plays(reply(answers.load("trace_get")))
    client_for(azure, credential=credential(elsewhere, ca_bundle)).get_cross_connection(resource_id=KEY)
    assert len(azure.asked) == 1


def test_entra_is_asked_through_the_proxy(
    elsewhere: Loopback, ca_bundle: str, proxy: Loopback, seen_by_proxy: list[bytes]
) -> None:
    elsewhere.plays(discovery(elsewhere), TOKEN)
    through = credential(elsewhere, ca_bundle, proxies={"https": f"http://127.0.0.1:{proxy.port}"})
    assert through.get_token("x/.default").token == "from-entra"
    assert seen_by_proxy[0].startswith(f"CONNECT localhost:{elsewhere.port}".encode())


def test_a_refusal_is_told_by_entras_code_and_ids_only(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str, caplog: pytest.LogCaptureFixture
) -> None:
    trace, correlation = "5" * 8 + "-5555-4555-8555-555555555555", "6" * 8 + "-6666-4666-8666-666666666666"
    told = f"AADSTS7000215: Invalid client secret. Trace ID: {trace} Correlation ID: {correlation}"
    refusal = reply_with(401, {"error": "invalid_client", "error_description": told})
    elsewhere.plays(discovery(elsewhere), refusal)
    with caplog.at_level(logging.DEBUG):
        error = error_of(client_for(azure, credential=credential(elsewhere, ca_bundle)))
    assert (error.code, error.request_id, error.correlation_id) == ("AADSTS7000215", trace, correlation)
    assert str(error) == "Microsoft Entra ID gave the application no token: AADSTS7000215."
    assert SECRET not in caplog.text
    assert azure.connections == 0


def test_an_answer_that_quotes_the_secret_does_not_spread_it(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str
) -> None:
    elsewhere.plays(discovery(elsewhere), reply_with(400, {"error": "x", "error_description": f"got {SECRET}"}))
    error_of(client_for(azure, credential=credential(elsewhere, ca_bundle)))


@pytest.mark.parametrize("script", [reply(b"<html>"), reply([]), reply({}), reply_with(500, {}), resets_after(b"")])
def test_whatever_else_entra_answers_is_no_token(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str, script: Script
) -> None:
    elsewhere.plays(script)
    error_of(client_for(azure, credential=credential(elsewhere, ca_bundle)))
    assert azure.connections == 0


def test_entra_that_says_nothing_is_not_waited_for(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str
) -> None:
    elsewhere.plays(sends_then_waits(b""))
    start = time.monotonic()
    error_of(client_for(azure, time_outs=QUICK, credential=credential(elsewhere, ca_bundle)))
    assert time.monotonic() - start < 2


def test_entra_that_throttles_is_not_waited_for(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, ca_bundle: str
) -> None:
    elsewhere.plays(discovery(elsewhere), reply_with(429, {"error": "temporarily_unavailable"}, Retry_After="60"))
    start = time.monotonic()
    error_of(client_for(azure, credential=credential(elsewhere, ca_bundle)))
    assert time.monotonic() - start < 2
    assert len(elsewhere.asked) == 2


def test_a_connection_to_entra_that_broke_is_tried_once_more(elsewhere: Loopback, ca_bundle: str) -> None:
    elsewhere.plays(resets_after(b""), discovery(elsewhere), TOKEN)
    assert credential(elsewhere, ca_bundle).get_token("x/.default").token == "from-entra"


def test_entra_without_a_trusted_certificate_gets_no_secret(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, stranger: str
) -> None:
    error = error_of(client_for(azure, credential=credential(elsewhere, stranger)))
    assert str(error).endswith("unable to get local issuer certificate.")
    assert elsewhere.asked == []


@pytest.mark.parametrize("host", ["http://localhost:1", ""])
def test_an_authority_must_be_https(host: str, ca_bundle: str) -> None:
    with pytest.raises(ValueError, match="is not an endpoint"):
        credential_from(
            authority_host=host,
            secret=ClientSecret(TENANT, "c", SECRET),
            ca_bundle=ca_bundle,
            instance_discovery=False,
        )
