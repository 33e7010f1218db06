"""Ways to read a circuit's tables."""

import time
from typing import Any

from requests import Response

from tests.integration.sandbox.estates import control, traced_path
from tests.sandbox_process import SandboxProcess

ARP, ROUTES, SUMMARY = "arpTables", "routeTables", "routeTablesSummary"
TABLES = (ARP, ROUTES, SUMMARY)
PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
PATHS = ("primary", "secondary")
PEERINGS: dict[str, dict[str, Any]] = {
    PRIVATE: {
        "peerASN": 65010,
        "vlanId": 200,
        "primaryPeerAddressPrefix": "172.31.0.0/30",
        "secondaryPeerAddressPrefix": "172.31.0.4/30",
    },
    MICROSOFT: {
        "peerASN": 64900,
        "vlanId": 300,
        "primaryPeerAddressPrefix": "123.0.0.0/30",
        "secondaryPeerAddressPrefix": "123.0.0.4/30",
        "microsoftPeeringConfig": {
            "advertisedPublicPrefixes": ["124.0.0.0/24", "124.0.1.0/24"],
            "advertisedPublicPrefixesState": "Configured",
        },
    },
}
EDGE = {"primary": "172.31.0.1", "secondary": "172.31.0.5"}
IPV6 = {"primaryPeerAddressPrefix": "fd4e::/126", "secondaryPeerAddressPrefix": "fd4e::4/126"}


def order(sandbox: SandboxProcess, **peerings: dict[str, Any] | None) -> str:
    """A new circuit at EUAP Test with a private peering, or with those that are named; returns the service key."""
    test = sandbox.subscription("test")["id"]
    key = sandbox.order(peering_location="EUAP Test", subscription=test)
    sandbox.edit(key, peerings=peerings or {PRIVATE: PEERINGS[PRIVATE]})
    return key


def send(sandbox: SandboxProcess, method: str, path: str, **arguments: Any) -> Response:
    """Ask Azure Resource Manager, with or without parts of its own."""
    url = path if path.startswith("https:") else f"{sandbox.manifest['arm']}{path}?api-version=2025-09-01"
    headers = {"Authorization": f"Bearer {sandbox.token()}"} | arguments.pop("headers", {})
    return sandbox.session.request(method, url, headers=headers, timeout=30, **arguments)


def table_path(sandbox: SandboxProcess, key: str, table: str, path: str = "primary", peering: str = PRIVATE) -> str:
    """Where a table is asked for."""
    return f"{traced_path(sandbox, key)}/peerings/{peering}/{table}/{path}"


def ask_for(sandbox: SandboxProcess, key: str, table: str, path: str = "primary", peering: str = PRIVATE) -> Response:
    """The answer to the POST."""
    return send(sandbox, "POST", table_path(sandbox, key, table, path, peering))


def follow(sandbox: SandboxProcess, accepted: Response) -> Response:
    """What Location answers in the end."""
    assert accepted.status_code == 202
    answer, deadline = accepted, time.monotonic() + 30
    while answer.status_code == 202:
        assert time.monotonic() < deadline
        answer = send(sandbox, "GET", answer.headers["Location"])
    return answer


def read(
    sandbox: SandboxProcess, key: str, table: str, path: str = "primary", peering: str = PRIVATE
) -> list[dict[str, Any]]:
    """The rows of a table."""
    return rows_of(follow(sandbox, ask_for(sandbox, key, table, path, peering)))


def read_at(
    sandbox: SandboxProcess, cross_connection_id: str, table: str, path: str = "primary", peering: str = PRIVATE
) -> list[dict[str, Any]]:
    """The rows of a table of any cross connection."""
    where = f"{cross_connection_id}/peerings/{peering}/{table}/{path}"
    return rows_of(follow(sandbox, send(sandbox, "POST", where)))


def rows_of(answer: Response) -> list[dict[str, Any]]:
    """What a table holds."""
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()["value"]
    return rows


def learned(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The routes that came from our edge: what is left came from the gateways of the VNets."""
    return [row for row in rows if row["path"] != "65515"]


def networks(sandbox: SandboxProcess, key: str, path: str = "primary", peering: str = PRIVATE) -> list[str]:
    """The networks that came from our edge."""
    return [row["network"] for row in learned(read(sandbox, key, ROUTES, path, peering))]


def condition(sandbox: SandboxProcess, key: str, word: str, path: str = "primary", **peering: str) -> Response:
    """Make the network do something."""
    body = {"path": path, "condition": word, **peering}
    return control(sandbox, "POST", f"circuits/{key}/conditions", json=body)


def count(sandbox: SandboxProcess, key: str, number: int, path: str = "primary", peering: str = PRIVATE) -> Response:
    """Let the edge announce as many networks."""
    body = {"peering": peering, "path": path, "count": number}
    return control(sandbox, "POST", f"circuits/{key}/routes", json=body)
