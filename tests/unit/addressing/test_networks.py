import pytest

from crossconnections.addressing.networks import Network, parse_network


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("10.0.0.0/8", Network(4, 10 << 24, 8)),
        ("10.0.0.1", Network(4, (10 << 24) + 1, 32)),
        ("10.1.2.3/8", Network(4, 10 << 24, 8)),
        ("10.0.0.3/31", Network(4, (10 << 24) + 2, 31)),
        ("255.255.255.255/0", Network(4, 0, 0)),
        ("2001:db8::1/32", Network(6, 0x20010DB8 << 96, 32)),
        ("::1", Network(6, 1, 128)),
        ("2001:DB8::/32", Network(6, 0x20010DB8 << 96, 32)),
        *(
            (text, None)
            for text in (
                "",
                "10.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/٣",
                "10.0.0.0/0008",
                "x",
                "::/129",
            )
        ),
        ("10.0.0.0\0/8", None),
        ("10.0.0.0/0008", None),
        ("1" * 10_000, None),
    ],
)
def test_a_text_is_a_network_or_none(text: str, network: Network | None) -> None:
    assert parse_network(text) == network


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("10.0.0.0/8", "10.1.2.3", True),
        ("0.0.0.0/0", "255.255.255.255", True),
        ("10.0.0.0/9", "10.128.0.0/9", False),
        ("2001:db8::/32", "2001:db8:1::/48", True),
        ("::/0", "0.0.0.0/0", False),
        ("10.0.0.0/8", "10.0.0.0/8", True),
    ],
)
def test_networks_overlap_where_one_covers_the_other(one: str, other: str, is_so: bool) -> None:
    first, second = parse_network(one), parse_network(other)
    assert first
    assert second
    assert first.overlaps(second) is second.overlaps(first) is is_so


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("10.0.0.0/8", "10.0.0.0/8", True),
        ("10.0.0.0/8", "10.255.0.0/16", True),
        ("10.255.0.0/16", "10.0.0.0/8", False),
        ("10.0.0.0/8", "11.0.0.0/8", False),
        ("::/0", "10.0.0.0/8", False),
        ("::/0", "2001:db8::1", True),
    ],
)
def test_a_network_covers_itself_and_what_lies_in_it(one: str, other: str, is_so: bool) -> None:
    wide, narrow = parse_network(one), parse_network(other)
    assert wide
    assert narrow
    assert wide.covers(narrow) is is_so


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("10.1.2.3", 8, "10.0.0.0/8"),
        ("10.1.2.3", 32, "10.1.2.3/32"),
        ("10.1.2.3", 0, "0.0.0.0/0"),
        ("2001:db8:1::/48", 32, "2001:db8::/32"),
    ],
)
def test_a_network_is_cut_to_the_one_that_it_lies_in(text: str, length: int, cut: str) -> None:
    network = parse_network(text)
    assert network
    assert network.cut(length) == parse_network(cut)


def test_what_is_of_no_family_overlaps_nothing() -> None:
    assert not Network(9, 0, 0).overlaps(Network(9, 0, 0))


def test_networks_stand_in_the_order_of_their_numbers_and_the_wider_before_what_lies_in_it() -> None:
    texts = ["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.2.0.0/16", "10.10.0.0/16", "::/0", "2001:db8::/32"]
    found = [network for text in reversed(texts) if (network := parse_network(text))]
    assert [parse_network(text) for text in texts] == sorted(found)


@pytest.mark.parametrize("text", ["0.0.0.0/0", "10.1.2.3/32", "10.1.0.0/16", "::/0", "2001:db8::/32", "::1/128"])
def test_a_network_is_written_as_it_was_read(text: str) -> None:
    network = parse_network(text)
    assert network
    assert network.text == text
