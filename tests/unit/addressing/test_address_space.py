"""Which addresses and AS numbers may be met in public."""

import pytest

from crossconnections.addressing.address_space import (
    Kept,
    Space,
    asns_of,
    find_kept,
    is_default,
    is_documentation_asn,
    is_half_of_all,
    is_long_documentation_asn,
    is_private_asn,
    is_public,
    is_six_to_four,
)  # fmt: skip
from crossconnections.addressing.networks import Network, parse_network


def _network(text: str) -> Network:
    network = parse_network(text)
    assert network
    return network


# EXPRESSROUTE.md M2 and P6: the first and the last address of each, and the public neighbours, if they are public.
_RANGES = [
    ("0.0.0.0", "0.255.255.255", None, "1.0.0.0"),  # noqa: S104 - an address
    ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
    ("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"),
    ("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"),
    ("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"),
    ("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"),
    ("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"),
    ("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
    ("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"),
    ("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"),
    ("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"),
    ("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"),
    ("224.0.0.0", "239.255.255.255", "223.255.255.255", None),
    ("240.0.0.0", "255.255.255.255", None, None),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"),
]


@pytest.mark.parametrize("address", [address for first, last, *_ in _RANGES for address in (first, last)])
def test_the_ends_of_each_range_are_not_public(address: str) -> None:
    assert not is_public(_network(address))


@pytest.mark.parametrize(
    "address", [outside for *_, before, after in _RANGES for outside in (before, after) if outside]
)
def test_the_neighbours_of_each_range_are_public(address: str) -> None:
    assert is_public(_network(address))


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("2000::", True),
        ("3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", True),
        ("1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", False),
        ("4000::", False),
        ("fd00::/8", False),
        ("fe80::/10", False),
        ("::1", False),
        ("2a00::/12", True),
        ("2001:db8:1::/48", False),
        ("2001::/16", False),
        ("2000::/3", False),
        ("8.0.0.0/7", True),
        ("10.0.0.0/7", False),
        ("10.1.2.0/24", False),
        ("0.0.0.0/0", False),
        ("::/0", False),
        ("0.0.0.0/1", False),
        ("128.0.0.0/1", False),
    ],
)
def test_a_network_is_public_when_no_part_of_it_is_kept(text: str, is_so: bool) -> None:
    assert is_public(_network(text)) is is_so


@pytest.mark.parametrize(
    ("text", "is_all", "is_half"),
    [
        ("0.0.0.0/0", True, False),
        ("::/0", True, False),
        ("0.0.0.0/1", False, True),
        ("128.0.0.0/1", False, True),
        ("0.0.0.0/2", False, False),
        ("::/1", False, False),
        ("0.0.0.0", False, False),  # noqa: S104 - an address
        ("::", False, False),
        ("64.0.0.0/2", False, False),
    ],
)
def test_a_default_route_and_its_halves_are_known(text: str, is_all: bool, is_half: bool) -> None:
    assert (is_default(_network(text)), is_half_of_all(_network(text))) == (is_all, is_half)


@pytest.mark.parametrize(
    ("asn", "is_documentation", "is_private"),
    [
        (0, False, False),
        (12076, False, False),
        (64_495, False, False),
        (64_496, True, False),
        (64_511, True, False),
        (64_512, False, True),
        (65_534, False, True),
        (65_535, False, False),
        (4_199_999_999, False, False),
        (4_200_000_000, False, True),
        (4_294_967_294, False, True),
        (4_294_967_295, False, False),
    ],
)
def test_an_as_number_is_of_documentation_or_private_to_its_last(asn, is_documentation, is_private) -> None:
    assert (is_documentation_asn(asn), is_private_asn(asn)) == (is_documentation, is_private)


@pytest.mark.parametrize(
    ("path", "asns"),
    [
        ("", ()),
        ("65001", (65001,)),
        (" 65001  12076 65001 ", (65001, 12076, 65001)),
        ("65001 i", (65001,)),
        ("65001 {1 2} (3) 4", (65001, 4)),
        ("1,2", ()),
        ("٦٥ 7", (7,)),
        ("-1 +2 3.4 5", (5,)),
        ("4294967295", (4_294_967_295,)),
        ("9999999999 10000000000", (9_999_999_999,)),
    ],
)
def test_the_numbers_of_a_path_stand_in_their_order(path: str, asns: tuple[int, ...]) -> None:
    assert asns_of(path) == asns


@pytest.mark.parametrize(
    ("text", "block", "space"),
    [
        ("10.20.0.0/16", "10.0.0.0/8", Space.PRIVATE),
        ("8.0.0.0/5", "10.0.0.0/8", Space.PRIVATE),
        ("100.127.0.0/16", "100.64.0.0/10", Space.SHARED),
        ("2001:db8:1::/48", "2001:db8::/32", Space.DOCUMENTATION),
        ("fdff::/16", "fc00::/7", Space.PRIVATE),
        ("::1/128", "::/127", Space.LOOPBACK),
        ("4000::/16", "4000::/16", Space.NOT_GLOBAL),
    ],
)
def test_what_is_not_public_is_told_by_the_block_that_it_overlaps(text: str, block: str, space: Space) -> None:
    assert find_kept(_network(text)) == Kept(_network(block), space)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("2002::", True), ("2002:ffff::/32", True), ("2001:ffff::", False), ("2003::", False), ("2000::/12", False)],
)
def test_6to4_space_is_known(text: str, is_so: bool) -> None:
    assert is_six_to_four(_network(text)) is is_so


@pytest.mark.parametrize(("asn", "is_so"), [(65_535, False), (65_536, True), (65_551, True), (65_552, False)])
def test_an_as_number_of_four_bytes_is_of_documentation_to_its_last(asn: int, is_so: bool) -> None:
    assert is_long_documentation_asn(asn) is is_so
