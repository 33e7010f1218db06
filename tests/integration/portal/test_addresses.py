"""Where a request comes from: only a proxy of ours is believed."""

from typing import NamedTuple

import pytest

from portal.addresses import client_address


class Case(NamedTuple):
    peer: str
    forwarded: str
    trusted: tuple[str, ...]
    address: str


@pytest.mark.parametrize(
    "case",
    [
        Case("203.0.113.9", "", (), "203.0.113.9"),
        Case("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        Case("10.0.0.2", "198.51.100.1", ("10.0.0.2",), "198.51.100.1"),
        Case("10.0.0.2", "192.0.2.66, 198.51.100.1", ("10.0.0.2",), "198.51.100.1"),
        Case("10.0.0.2", "198.51.100.1, 10.0.0.3", ("10.0.0.0/24",), "198.51.100.1"),
        Case("10.0.0.2", "10.0.0.4, 10.0.0.3", ("10.0.0.0/24",), "10.0.0.4"),
        Case("10.0.0.2", "unknown", ("10.0.0.2",), "10.0.0.2"),
        Case("10.0.0.2", "", ("10.0.0.2",), "10.0.0.2"),
        Case("2001:db8::2", "2001:db8::99", ("2001:db8::/64",), "2001:db8::99"),
        Case("", "198.51.100.1", ("10.0.0.2",), ""),
    ],
)
def test_the_address_is_the_last_one_that_no_proxy_of_ours_has(rf, settings, case: Case):
    settings.PORTAL_TRUSTED_PROXIES = case.trusted
    request = rf.get("/", REMOTE_ADDR=case.peer, HTTP_X_FORWARDED_FOR=case.forwarded)
    assert client_address(request) == case.address
