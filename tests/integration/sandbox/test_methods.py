"""Every method is answered in Azure's way, and the query's names in any case."""

import pytest
from requests import Response

from tests.integration.sandbox.estates import LIST, ask, list_pages, refusal, traced_path
from tests.sandbox_process import SandboxProcess


def send(sandbox: SandboxProcess, method: str, path: str, version: str = "2025-03-01") -> Response:
    url = f"{sandbox.manifest['arm']}{path}?api-version={version}"
    return sandbox.session.request(method, url, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=30)


def test_a_head_is_a_get_without_content(sandbox: SandboxProcess) -> None:
    answer, whole = (send(sandbox, method, traced_path(sandbox)) for method in ("HEAD", "GET"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(whole.content))
    assert answer.headers.keys() == whole.headers.keys()


def test_a_head_of_what_is_not_there_is_a_404(sandbox: SandboxProcess) -> None:
    assert send(sandbox, "HEAD", traced_path(sandbox, "nothing")).status_code == 404


@pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_is_not_answered_is_told_which_are(sandbox: SandboxProcess, method: str) -> None:
    answer = send(sandbox, method, f"/subscriptions/{sandbox.subscription('test')['id']}")
    assert refusal(answer) == (405, "HttpMethodNotSupported")
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["x-ms-failure-cause"] == "gateway"


def test_an_action_is_only_posted(sandbox: SandboxProcess) -> None:
    path = f"/subscriptions/{sandbox.subscription('test')['id']}/providers/Microsoft.Network/register"
    for method in ("GET", "HEAD"):
        answer = send(sandbox, method, path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("name", ["api-version", "API-VERSION", "Api-Version"])
def test_the_names_of_a_query_are_read_in_any_case(sandbox: SandboxProcess, name: str) -> None:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}"
    headers = {"Authorization": f"Bearer {sandbox.token()}"}
    assert sandbox.session.get(url, params={name: "2025-09-01"}, headers=headers, timeout=30).status_code == 200


def test_filters_and_tokens_are_read_in_any_case(sandbox: SandboxProcess) -> None:
    path = LIST.format(sandbox.subscription("production")["id"])
    assert refusal(ask(sandbox, path, **{"$Filter": "rubbish"})) == (400, "InvalidFilter")
    first, *_ = list_pages(sandbox, sandbox.subscription("production")["id"])
    token = sandbox.get(path).json()["nextLink"].partition("$skiptoken=")[2].replace("%3D", "=")
    assert ask(sandbox, path, **{"$SkipToken": token}).json()["value"][0] not in first
