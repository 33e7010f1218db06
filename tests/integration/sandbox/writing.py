"""Ways to write a cross connection as the partner."""

import json
import time
from typing import Any

from requests import Response

from tests.integration.sandbox.estates import traced_path
from tests.integration.sandbox.tables import send
from tests.sandbox_process import SandboxProcess

STATE = "Azure-AsyncOperation"
PROVIDER_STATE = "serviceProviderProvisioningState"


def read(sandbox: SandboxProcess, key: str, version: str = "2025-09-01") -> dict[str, Any]:
    """The cross connection of the test subscription as a GET shows it."""
    document: dict[str, Any] = sandbox.get(traced_path(sandbox, key), version=version).json()
    return document


def facts(sandbox: SandboxProcess, key: str) -> dict[str, Any]:
    """Its properties."""
    found: dict[str, Any] = read(sandbox, key)["properties"]
    return found


def body_of(sandbox: SandboxProcess, key: str, **changes: Any) -> dict[str, Any]:
    """What a partner has to send, and what else of properties; one that is None is left out."""
    document = read(sandbox, key)
    names = ("peeringLocation", "bandwidthInMbps", "expressRouteCircuit", PROVIDER_STATE)
    told = {name: document["properties"][name] for name in names} | changes
    return {
        "location": document["location"],
        "properties": {name: value for name, value in told.items() if value is not None},
    }


def put(sandbox: SandboxProcess, key: str, body: object, *, version: str = "2025-09-01", **headers: str) -> Response:
    """The answer to a PUT of the cross connection with that body."""
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox, key)}?api-version={version}"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    asked = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return send(sandbox, "PUT", url, data=data, headers=asked)


def write(sandbox: SandboxProcess, key: str, **changes: Any) -> dict[str, Any]:
    """Write it, and wait until it is done; returns its properties then."""
    answer = put(sandbox, key, body_of(sandbox, key, **changes))
    assert finish(sandbox, answer)["status"] == "Succeeded"
    return facts(sandbox, key)


def finish(sandbox: SandboxProcess, accepted: Response) -> dict[str, Any]:
    """What the operation says in the end."""
    assert accepted.status_code in {200, 201, 202}, accepted.text
    deadline = time.monotonic() + 30
    while True:
        state: dict[str, Any] = send(sandbox, "GET", accepted.headers[STATE]).json()
        if state["status"] != "InProgress":
            return state
        assert time.monotonic() < deadline
        time.sleep(0.01)


def peering_path(sandbox: SandboxProcess, key: str, name: str) -> str:
    """Where a peering of the cross connection is."""
    return f"{traced_path(sandbox, key)}/peerings/{name}"


def put_peering(
    sandbox: SandboxProcess, key: str, name: str, body: object, *, version: str = "2025-09-01", **headers: str
) -> Response:
    """The answer to a PUT of one peering with that body."""
    url = f"{sandbox.manifest['arm']}{peering_path(sandbox, key, name)}?api-version={version}"
    asked = {header.replace("_", "-"): value for header, value in headers.items()}
    return send(sandbox, "PUT", url, json=body, headers=asked)


def write_peering(sandbox: SandboxProcess, key: str, name: str, **facts: Any) -> dict[str, Any]:
    """Write one peering, and wait until it is done; returns what a GET of it shows then."""
    answer = put_peering(sandbox, key, name, {"properties": facts})
    assert finish(sandbox, answer)["status"] == "Succeeded"
    return read_peering(sandbox, key, name)


def read_peering(sandbox: SandboxProcess, key: str, name: str) -> dict[str, Any]:
    """A peering as a GET of it shows it."""
    answer = sandbox.get(peering_path(sandbox, key, name))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def delete_peering(sandbox: SandboxProcess, key: str, name: str, **headers: str) -> Response:
    """The answer to a DELETE of one peering."""
    asked = {header.replace("_", "-"): value for header, value in headers.items()}
    return send(sandbox, "DELETE", peering_path(sandbox, key, name), headers=asked)


def stall(sandbox: SandboxProcess, key: str, **changes: Any) -> Response:
    """A write that runs for ever."""
    sandbox.fault("operation-stall", method="PUT")
    return put(sandbox, key, body_of(sandbox, key, **changes))
