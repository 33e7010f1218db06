"""Patterns of faults: they are found in any case, and none of them takes long."""

import time

import pytest

from sandbox.path_patterns import PathPattern
from sandbox.refused import RefusedError
from tests.integration.sandbox.estates import control, traced_path
from tests.sandbox_process import SandboxProcess


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("routeFilters$", "/subscriptions/s/providers/Microsoft.Network/routefilters"),
        ("/expressRouteCrossConnections/[^/]+$", "/x/expressRouteCrossConnections/k"),
        ("(?i)/oauth2/v2.0/(token|keys)$", "/t/OAUTH2/v2.0/token"),
        (r"^/(?!tenants)\w+/\d+$", "/subscriptions/1"),
        ("", "/anything"),
    ],
)
def test_a_pattern_is_found_anywhere_and_in_any_case(pattern: str, path: str) -> None:
    assert PathPattern(pattern).is_in(path)
    assert not PathPattern(f"{pattern}_").is_in(path)


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a" * 1001, "(" * 999, "a**b"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RefusedError, match="path_pattern"):
        PathPattern(pattern)


# Each of these keeps Python's own matcher busy for seconds at least, most for years.
CATASTROPHES = [
    "(.*)*(.*)*(.*)*x_$",
    "(a+)+_$",
    "(a|aa)+_$",
    "(.+)+(.+)+(.+)+_$",
    f"{'.*' * 100}_$",
    f"{'(a?)' * 60}{'a' * 60}_",
    "((a{0,9}){0,9})*_$",
]


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_no_pattern_keeps_a_request_waiting(sandbox: SandboxProcess, pattern: str) -> None:
    assert control(sandbox, "POST", "faults", json={"fault": "reset", "path_pattern": pattern}).status_code == 201
    started = time.monotonic()
    assert sandbox.get(traced_path(sandbox, "a" * 1500)).status_code == 404
    assert time.monotonic() - started < 5
