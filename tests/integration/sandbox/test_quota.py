"""Each kind of request takes from a bucket of its own, and only who is known is told what is left."""

import pytest
from requests import Response

from tests.integration.sandbox.estates import LIST, refusal
from tests.sandbox_process import SandboxProcess

REMAINING = "x-ms-ratelimit-remaining-"


def send(sandbox: SandboxProcess, method: str, path: str, **headers: str) -> Response:
    url = f"{sandbox.manifest['arm']}{path}?api-version=2022-12-01"
    known = {"Authorization": f"Bearer {sandbox.token()}"} | headers
    return sandbox.session.request(method, url, headers=known, timeout=30)


def subscription_of(sandbox: SandboxProcess) -> str:
    return f"/subscriptions/{sandbox.subscription('test')['id']}"


def remaining(answer: Response) -> dict[str, int]:
    told = {name.lower(): value for name, value in answer.headers.items()}
    return {name.removeprefix(REMAINING): int(told[name]) for name in told if name.startswith(REMAINING)}


@pytest.mark.parametrize(
    ("method", "kind", "full"),
    [("GET", "reads", 3750), ("PUT", "writes", 200), ("PATCH", "writes", 200), ("DELETE", "deletes", 200)],
)
def test_each_kind_of_request_has_a_bucket_of_its_own(
    sandbox: SandboxProcess, method: str, kind: str, full: int
) -> None:
    for _ in range(20):
        answer = send(sandbox, method, subscription_of(sandbox))
    [(name, left)] = remaining(answer).items()
    assert name == f"subscription-{kind}"
    assert full - 20 <= left < full


def test_an_action_is_a_write(sandbox: SandboxProcess) -> None:
    path = f"{subscription_of(sandbox)}/providers/Microsoft.Network/register"
    assert list(remaining(send(sandbox, "POST", path))) == ["subscription-writes"]


@pytest.mark.parametrize(("method", "kind"), [("PUT", "write"), ("DELETE", "delete")])
def test_an_empty_bucket_refuses_in_the_words_of_its_kind(sandbox: SandboxProcess, method: str, kind: str) -> None:
    answers = (send(sandbox, method, subscription_of(sandbox)) for _ in range(900))
    answer = next(answer for answer in answers if answer.status_code == 429)
    assert refusal(answer) == (429, "SubscriptionRequestsThrottled")
    message = answer.json()["error"]["message"]
    assert message.startswith(f"Number of {kind} requests for subscription '{sandbox.subscription('test')['id']}' ")
    assert "exceeded the limit of '200'" in message
    assert answer.headers["Retry-After"] == "1"
    assert remaining(answer) == {f"subscription-{kind}s": 0}
    assert send(sandbox, "GET", subscription_of(sandbox)).status_code == 200


def test_the_tenant_has_a_bucket_of_its_own(sandbox: SandboxProcess) -> None:
    sandbox.behave(quota=2)
    assert list(remaining(send(sandbox, "GET", "/subscriptions"))) == ["tenant-reads"]
    answers = (send(sandbox, "GET", "/subscriptions", **{"Accept-Language": "de"}) for _ in range(400))
    answer = next(answer for answer in answers if answer.status_code == 429)
    assert refusal(answer) == (429, "TenantRequestsThrottled")
    assert f"für den Mandanten '{sandbox.manifest['tenant_id']}'" in answer.json()["error"]["message"]
    assert send(sandbox, "GET", subscription_of(sandbox)).status_code == 200


@pytest.mark.parametrize("query", ["", "?api-version=2022-12-01", "?api-version=tomorrow"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}], ids=["no token", "a bad one"])
def test_who_is_not_known_is_not_told_what_is_left(
    sandbox: SandboxProcess, query: str, headers: dict[str, str]
) -> None:
    url = f"{sandbox.manifest['arm']}{LIST.format(sandbox.subscription('test')['id'])}{query}"
    answer = sandbox.session.get(url, headers=headers, timeout=30)
    assert answer.status_code in (400, 401)
    assert remaining(answer) == {}


def test_of_a_subscription_that_does_not_exist_nothing_is_left(sandbox: SandboxProcess) -> None:
    assert remaining(send(sandbox, "GET", f"/subscriptions/{'0' * 8}")) == {}
