"""Answers at the two addresses of a long-running operation, as the client reads them."""

import json
from collections.abc import Callable

import pytest

from crossconnections.arm import OperationProgress
from crossconnections.arm.answer import Answer, Head
from crossconnections.arm.long_running import read_accepted, read_status, read_waiting

AZURE = "https://management.azure.com"
PLACE = f"{AZURE}/subscriptions/s/providers/Microsoft.Network/locations/brazilsouth"
STATUS = f"{PLACE}/operations/o-1?api-version=2026-03-01"
RESULT = f"{PLACE}/operationResults/o-1?api-version=2026-03-01"
MOVED = f"{PLACE}/operationResults/o-2?api-version=2026-03-01"
ELSEWHERE = [
    "https://evil.example/x",
    "https://management.azure.com.evil.example/x",
    "https://user@management.azure.com/x",
    "https://management.azure.com:8443/x",
    "http://management.azure.com/x",
    "/subscriptions/s/providers/Microsoft.Network/locations/brazilsouth/operations/o-1",
    "see there",
    # What two headers of one name become.
    f"{RESULT}, https://evil.example/x",
]
# What an error page of a proxy looks like from here.
NOT_AZURES = [b"", b"<html>no</html>", b"[]", {}, {"error": "x"}, {"error": {"code": 7}}]
GERMAN = "Der Vorgang ist nicht gefunden worden: NotFound, Succeeded."


def answer(status: int, body: object, headers: dict[str, str]) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(Head(status, {name.replace("_", "-"): value for name, value in headers.items()}), content)


def accepted(**headers: str) -> OperationProgress:
    return read_accepted(answer(202, b"", headers), endpoint=AZURE)


def at_status(status: int, body: object = b"", **headers: str) -> OperationProgress:
    return read_status(answer(status, body, headers), poll_url=STATUS, result_url=RESULT)


def at_result(status: int, body: object = b"", **headers: str) -> OperationProgress | None:
    return read_waiting(answer(status, body, headers), poll_url=RESULT, endpoint=AZURE)


def goes_on_at_result(**headers: str) -> OperationProgress:
    progress = at_result(202, **headers)
    assert progress is not None
    return progress


def in_progress(**headers: str) -> OperationProgress:
    return at_status(200, {"status": "InProgress"}, **headers)


Look = Callable[..., object]
both_addresses = pytest.mark.parametrize("look", [at_status, at_result])


def with_code(code: str, message: str = "…") -> dict[str, dict[str, str]]:
    return {"error": {"code": code, "message": message}}
