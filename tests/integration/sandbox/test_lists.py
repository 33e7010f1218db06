import pytest

from tests.integration.sandbox.estates import LIST, NOT_PROVISIONED, ask, list_pages, refusal, traced_path
from tests.sandbox_process import SandboxProcess

FILTER = "$filter"


def group_list(entry_id: str) -> str:
    return entry_id.rpartition("/")[0]


def test_a_resource_group_lists_its_own_and_nothing_else(sandbox: SandboxProcess) -> None:
    entries = [one for page in list_pages(sandbox, sandbox.subscription("production")["id"]) for one in page]
    path = group_list(entries[0]["id"])
    expected = [entry for entry in entries if entry["id"].startswith(f"{path}/")]
    assert sandbox.get(path).json() == {"value": expected}
    assert sandbox.get(path.lower()).json() == {"value": expected}


def test_a_resource_group_comes_in_pages_of_its_own(sandbox: SandboxProcess) -> None:
    entry = list_pages(sandbox, sandbox.subscription("production")["id"])[0][0]
    path = group_list(entry["id"])
    whole = sandbox.get(path).json()["value"]
    sandbox.behave(list_page_size=4)
    first = sandbox.get(path).json()
    assert first["value"] == whole[:4]
    assert first["nextLink"].startswith(f"{sandbox.manifest['arm']}{path}?api-version=2025-09-01&$skiptoken=")
    assert sandbox.get(first["nextLink"]).json()["value"] == whole[4:8]


def test_a_resource_group_that_is_not_there_is_named(sandbox: SandboxProcess) -> None:
    path = group_list(traced_path(sandbox)).replace("EUAPTest", "Atlantis")
    assert refusal(sandbox.get(path)) == (404, "ResourceGroupNotFound")


def test_a_filter_finds_one_by_its_service_key_in_any_case(sandbox: SandboxProcess) -> None:
    path = LIST.format(sandbox.subscription("test")["id"])
    entry = list_pages(sandbox, sandbox.subscription("test")["id"])[0][1]
    found = ask(sandbox, path, **{FILTER: f"name eq '{NOT_PROVISIONED.upper()}'"})
    assert found.json() == {"value": [entry]}


def test_a_filter_finds_nothing_of_another_subscription(sandbox: SandboxProcess) -> None:
    path = LIST.format(sandbox.subscription("production")["id"])
    assert ask(sandbox, path, **{FILTER: f"name eq '{NOT_PROVISIONED}'"}).json() == {"value": []}
    assert ask(sandbox, path, **{FILTER: "name eq 'it''s nothing'"}).json() == {"value": []}


@pytest.mark.parametrize("text", ["", "name eq", "name ne 'x'", "name eq 'a'b'", "location eq 'x'"])
def test_any_other_filter_is_refused(sandbox: SandboxProcess, text: str) -> None:
    path = LIST.format(sandbox.subscription("test")["id"])
    assert refusal(ask(sandbox, path, **{FILTER: text})) == (400, "InvalidFilter")


@pytest.mark.parametrize("text", ["", "rubbish", f"name eq '{NOT_PROVISIONED}'"])
def test_a_resource_group_takes_no_filter(sandbox: SandboxProcess, text: str) -> None:
    answer = ask(sandbox, group_list(traced_path(sandbox)), **{FILTER: text})
    assert refusal(answer) == (400, "InvalidFilter")


@pytest.mark.parametrize(("version", "status"), [("2023-11-01", 400), ("2024-01-01", 200)])
def test_filters_are_there_since_january_2024(sandbox: SandboxProcess, version: str, status: int) -> None:
    path = LIST.format(sandbox.subscription("test")["id"])
    answer = ask(sandbox, path, version, **{FILTER: f"name eq '{NOT_PROVISIONED}'"})
    assert answer.status_code == status
