import base64
import json
import time

import jwt
import pytest
from requests import Response

from tests.integration.sandbox.estates import LIST, control, list_pages, refusal, traced_path
from tests.sandbox_process import SandboxProcess

READ = "Microsoft.Network/expressRouteCrossConnections/read"


def list_of(sandbox: SandboxProcess, kind: str = "test") -> Response:
    return sandbox.get(LIST.format(sandbox.subscription(kind)["id"]))


def new_token(sandbox: SandboxProcess, **fields: str) -> str:
    scope = f"{sandbox.manifest['arm']}/.default"
    answer = sandbox.ask_token({"grant_type": "client_credentials", "scope": scope, **fields})
    token: str = answer.json()["access_token"]
    return token


def ask_with(sandbox: SandboxProcess, token: str, **headers: str) -> Response:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    return sandbox.session.get(url, headers={"Authorization": f"Bearer {token}", **headers}, timeout=30)


def test_every_switch_is_listed_with_value_default_and_meaning(sandbox: SandboxProcess) -> None:
    switches = control(sandbox, "GET", "behaviour").json()["behaviour"]
    assert all(one["value"] == one["default"] and one["meaning"].endswith(".") for one in switches)
    assert {"unregistered", "quota", "id_token", "clock_skew_seconds"} <= {one["name"] for one in switches}


def test_a_switch_stays_until_everything_is_reset(sandbox: SandboxProcess) -> None:
    sandbox.behave(list_page_size=7)
    assert sandbox.behaviour()["list_page_size"] == 7
    sandbox.reset()
    assert sandbox.behaviour()["list_page_size"] == 100


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ([], "JSON object"),
        ({"gravity": True}, "gravity"),
        ({"unregistered": 1}, "true or false"),
        ({"quota": "many"}, "quota"),
        ({"quota": True}, "quota"),
        ({"id_token": "nice"}, "wrong_nonce"),
        ({"id_token": ["good"]}, "id_token"),
        ({"missing_permission": [1]}, "missing_permission"),
        ({"hostile_texts": ["markup", "kind"]}, "hostile_texts"),
    ],
)
def test_a_change_that_cannot_be_is_refused_whole(sandbox: SandboxProcess, change: object, word: str) -> None:
    body = {"folded_ids": True, **change} if isinstance(change, dict) else change
    answer = control(sandbox, "PATCH", "behaviour", json=body)
    assert answer.status_code == 400
    assert word in answer.json()["error"]
    assert sandbox.behaviour()["folded_ids"] is False


def test_where_nothing_is_registered_only_the_manager_answers(sandbox: SandboxProcess) -> None:
    sandbox.behave(unregistered=True)
    answer = list_of(sandbox)
    assert refusal(answer) == (409, "MissingSubscriptionRegistration")
    assert answer.json()["error"]["details"][0]["target"] == "Microsoft.Network"
    subscription = f"/subscriptions/{sandbox.subscription('test')['id']}"
    assert sandbox.get(subscription, version="2022-12-01").status_code == 200


def test_who_is_not_enrolled_does_not_see_the_resource_type(sandbox: SandboxProcess) -> None:
    sandbox.behave(unenrolled=True)
    assert refusal(list_of(sandbox)) == (404, "InvalidResourceType")
    path = f"/subscriptions/{sandbox.subscription('test')['id']}/providers/Microsoft.Network"
    registration = sandbox.get(path, version="2021-04-01")
    assert "routeFilters" in registration.text
    assert "expressRouteCrossConnections" not in registration.text


@pytest.mark.parametrize("missing", [READ, ["Microsoft.Other/x", READ.upper()], "Microsoft.Network/*/read"])
def test_a_missing_permission_is_named_with_the_scope(sandbox: SandboxProcess, missing: str | list[str]) -> None:
    sandbox.behave(missing_permission=missing)
    answer = sandbox.get(traced_path(sandbox))
    assert refusal(answer) == (403, "AuthorizationFailed")
    message = answer.json()["error"]["message"]
    assert f"to perform action '{READ}' over scope '{traced_path(sandbox)}'" in message
    assert answer.headers["x-ms-failure-cause"] == "gateway"


def test_what_takes_another_permission_goes_on(sandbox: SandboxProcess) -> None:
    sandbox.behave(missing_permission="Microsoft.Network/expressRouteCrossConnections/peerings/read")
    assert sandbox.get(traced_path(sandbox)).status_code == 200
    assert sandbox.get(f"{traced_path(sandbox)}/peerings").status_code == 403


def test_a_claims_challenge_is_met_by_a_token_asked_with_the_claims(sandbox: SandboxProcess) -> None:
    sandbox.behave(claims_challenge=5)
    answer = ask_with(sandbox, sandbox.token())
    challenge = answer.headers["WWW-Authenticate"]
    assert answer.status_code == 401
    assert 'error="insufficient_claims"' in challenge
    claims = base64.b64decode(challenge.partition('claims="')[2].partition('"')[0]).decode()
    assert ask_with(sandbox, new_token(sandbox, claims=claims)).status_code == 200
    assert ask_with(sandbox, new_token(sandbox)).status_code == 401
    assert sandbox.behaviour()["claims_challenge"] == 3


def test_a_claims_challenge_ends_after_as_many_requests_as_were_asked_for(sandbox: SandboxProcess) -> None:
    sandbox.behave(claims_challenge=2)
    assert [ask_with(sandbox, sandbox.token()).status_code for _ in range(3)] == [401, 401, 200]


@pytest.mark.parametrize("claims", ["{", "[]", '{"access_token":7}', '{"access_token":{"acrs":{"value":[]}}}'])
def test_claims_that_cannot_be_read_add_nothing_to_a_token(sandbox: SandboxProcess, claims: str) -> None:
    assert "acrs" not in jwt.decode(new_token(sandbox, claims=claims), options={"verify_signature": False})


def spend(sandbox: SandboxProcess) -> Response:
    """Read until the bucket, which refills meanwhile, has nothing left."""
    sandbox.token()
    answers = (list_of(sandbox) for _ in range(400))
    return next(answer for answer in answers if answer.status_code != 200)


def test_an_empty_bucket_refuses_and_says_when_to_come_back(sandbox: SandboxProcess) -> None:
    sandbox.behave(quota=3)
    answer = spend(sandbox)
    assert refusal(answer) == (429, "SubscriptionRequestsThrottled")
    assert answer.headers["Retry-After"] == "1"
    assert answer.headers["x-ms-ratelimit-remaining-subscription-reads"] == "0"
    assert sandbox.subscription("test")["id"] in answer.json()["error"]["message"]
    assert list_of(sandbox, "production").status_code == 200
    time.sleep(0.2)
    assert list_of(sandbox).status_code == 200


def test_an_empty_bucket_may_keep_silent_about_when_to_come_back(sandbox: SandboxProcess) -> None:
    sandbox.behave(quota=3, throttle_without_retry_after=True)
    answer = spend(sandbox)
    assert answer.status_code == 429
    assert answer.json() == {
        "error": {"code": "TooManyRequests", "message": "Too many requests. Please try again after sometime."}
    }
    assert "Retry-After" not in answer.headers
    assert "x-ms-failure-cause" not in answer.headers


def test_three_hundred_reads_at_once_fit(sandbox: SandboxProcess) -> None:
    assert {list_of(sandbox).status_code for _ in range(300)} == {200}


def test_folded_ids_have_the_group_in_lower_case_and_all_else_as_before(sandbox: SandboxProcess) -> None:
    plain = sandbox.get(traced_path(sandbox)).json()
    sandbox.behave(folded_ids=True)
    folded = sandbox.get(traced_path(sandbox)).json()
    assert "/resourcegroups/crossconnection-euaptest/providers/Microsoft.Network/" in folded["id"]
    assert "/resourcegroups/karthik" in folded["properties"]["expressRouteCircuit"]["id"]
    assert json.dumps(folded).casefold() == json.dumps(plain).casefold()
    assert sandbox.get(folded["id"]).json() == folded


def test_hostile_texts_stand_where_somebody_typed_and_move_the_etag(sandbox: SandboxProcess) -> None:
    plain = sandbox.get(traced_path(sandbox)).json()
    sandbox.behave(hostile_texts=["markup", "turned"])
    told = sandbox.get(traced_path(sandbox)).json()
    place = told["properties"].pop("peeringLocation")
    assert place.startswith(f"{plain['properties'].pop('peeringLocation')}<script>")
    assert "\u202e" in place
    assert (told["id"], told["name"]) == (plain["id"], plain["name"])
    assert told["etag"] == f'{plain["etag"][:-1]}-markup-turned"'
    assert told["properties"]["provisioningState"] == plain["properties"]["provisioningState"]


@pytest.mark.parametrize("kind", ["markup", "formulas", "escapes", "turned", "nul", "halves"])
def test_an_answer_with_hostile_texts_is_json_all_the_same(sandbox: SandboxProcess, kind: str) -> None:
    sandbox.behave(hostile_texts=kind)
    assert list_of(sandbox).json()["value"]
    refused = sandbox.get(f"{traced_path(sandbox)}-not-there").json()["error"]
    assert refused["code"] == "ResourceNotFound"
    assert len(refused["message"]) > len("The Resource")


def test_pages_are_as_long_as_they_shall_be(sandbox: SandboxProcess) -> None:
    production = sandbox.subscription("production")["id"]
    entries = [one for page in list_pages(sandbox, production) for one in page]
    sandbox.behave(list_page_size=60)
    pages = list_pages(sandbox, production)
    assert [len(page) for page in pages] == [60, 60, 39]
    assert [one for page in pages for one in page] == entries
