"""Ways to look at a sandbox's estate."""

from typing import Any

from requests import Response

from tests.sandbox_process import SandboxProcess

LIST = "/subscriptions/{}/providers/Microsoft.Network/expressRouteCrossConnections"
NOT_PROVISIONED = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


def list_pages(sandbox: SandboxProcess, subscription_id: str) -> list[list[dict[str, Any]]]:
    """Every page of a subscription's list, each nextLink followed as it is."""
    pages, link = [], LIST.format(subscription_id)
    while link:
        page = sandbox.get(link).json()
        pages.append(page["value"])
        link = page.get("nextLink", "")
    return pages


def list_documents(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """Every cross connection as a GET shows it."""
    enrolled = [one["id"] for one in sandbox.manifest["subscriptions"] if one["kind"] != "customer"]
    entries = [entry for one in enrolled for page in list_pages(sandbox, one) for entry in page]
    return [sandbox.get(entry["id"]).json() for entry in entries]


def traced_path(sandbox: SandboxProcess, name: str = NOT_PROVISIONED) -> str:
    """The path of a cross connection of the test subscription."""
    group = f"/subscriptions/{sandbox.subscription('test')['id']}/resourceGroups/CrossConnection-EUAPTest"
    return f"{group}/providers/Microsoft.Network/expressRouteCrossConnections/{name}"


def keys_of(sandbox: SandboxProcess, kind: str) -> set[str]:
    """The service keys that the first subscription of a kind lists."""
    pages = list_pages(sandbox, sandbox.subscription(kind)["id"])
    return {entry["name"] for page in pages for entry in page}


def control(sandbox: SandboxProcess, method: str, path: str, **arguments: Any) -> Response:
    """Call one of the sandbox's own controls, whatever comes of it."""
    url = f"{sandbox.manifest['arm']}/_sandbox/{path}"
    return sandbox.session.request(method, url, timeout=30, **arguments)


def ask(sandbox: SandboxProcess, path: str, version: str = "2025-09-01", **parameters: str) -> Response:
    """Ask Azure Resource Manager with more in the query than a version."""
    headers = {"Authorization": f"Bearer {sandbox.token()}"}
    url, asked = f"{sandbox.manifest['arm']}{path}", {"api-version": version, **parameters}
    return sandbox.session.get(url, params=asked, headers=headers, timeout=30)


def refusal(answer: Response) -> tuple[int, str]:
    """The status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]


def network(sandbox: SandboxProcess, path: str, kind: str = "production", **parameters: str) -> Response:
    """Ask Microsoft.Network in the first subscription of a kind."""
    subscription = sandbox.subscription(kind)["id"]
    return ask(sandbox, f"/subscriptions/{subscription}/providers/Microsoft.Network{path}", **parameters)


def values(answer: Response) -> list[dict[str, Any]]:
    """The entries of a list."""
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["value"]
    return found
