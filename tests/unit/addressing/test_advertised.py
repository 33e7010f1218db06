"""The lists of Microsoft peering: advertised prefixes (M3, M4), communities, and its registry (M7)."""

import pytest

from crossconnections.addressing import MOST_ADVERTISED, ROUTING_REGISTRIES, sentence_of
from tests.unit.addressing.proposals import IPV6_LINKS, microsoft, names, offers

_PUBLIC_ONLY = "Microsoft peering takes public prefixes only."
_NO_IPV4 = {"primary_prefix": "", "secondary_prefix": ""}


def _many(count: int) -> str:
    return "\n".join(f"45.{one // 256}.{one % 256}.0/24" for one in range(count))


@pytest.mark.parametrize(
    "typed",
    [
        "45.12.9.0/24\n45.12.10.0/23",
        "45.12.9.0/24\r\n45.12.10.0/23\r\n",
        "45.12.9.0/24, 45.12.10.0/23",
        "45.12.9.0/24,45.12.10.0/23,",
        "  45.12.9.0/24\t45.12.10.0/23  ",
        "\n\n45.12.9.0/24\n\n45.12.10.0/23\n45.12.9.0/24",
    ],
)
def test_prefixes_stand_one_a_line_or_apart_by_blanks_and_commas_and_count_once(typed: str):
    found = microsoft(advertised_prefixes=typed)
    assert found.breaches == ()
    assert found.values["advertised_prefixes"] == ["45.12.9.0/24", "45.12.10.0/23"]


def test_ipv4_comes_first_each_family_in_the_order_that_it_was_typed():
    typed = "2A0C:4DC0:2::/48 45.12.10.0/24\n2a0c:4dc0:1:0::/64\n45.12.9.7/32"
    found = microsoft(**IPV6_LINKS, advertised_prefixes=typed)
    assert found.breaches == ()
    assert found.values["advertised_prefixes"] == [
        "45.12.10.0/24",
        "45.12.9.7/32",
        "2a0c:4dc0:2::/48",
        "2a0c:4dc0:1::/64",
    ]


@pytest.mark.parametrize("links", [{}, IPV6_LINKS, {**_NO_IPV4, **IPV6_LINKS}])
def test_each_family_that_has_links_needs_prefixes(links):
    found = microsoft(**links, advertised_prefixes="")
    versions = {4, 6} if len(links) == 2 else {6} if links else {4}
    assert {one.values["version"] for one in found.breaches} == versions
    assert {one.key for one in found.breaches} == {"advertised_missing"}


def test_prefixes_of_a_family_without_links_would_go_nowhere():
    (breach,) = microsoft(advertised_prefixes="45.12.9.0/24\n\n2a0c:4dc0:1::/48\n2a0c:4dc0:2::/48").breaches
    assert sentence_of(breach) == (
        "Line 3: 2a0c:4dc0:1::/48 is IPv6, and this peering has no IPv6 links. Add them, or take it off the list."
    )


def test_without_any_links_the_list_is_not_blamed():
    found = microsoft(**_NO_IPV4)
    assert names(found.breaches) == [("V3", "link_missing", "primary_prefix")]


def test_the_line_is_told_and_rewritten_and_all_others_stay_as_they_were_typed():
    typed = "  45.12.9.0/24  # old\r\n\r\n\t45.12.10.7/24,45.12.11.0/24 \nx"
    found = [one for one in microsoft(advertised_prefixes=typed).breaches if one.key == "host_bits"]
    assert sentence_of(found[0]) == "Line 3: 45.12.10.7 is a host in 45.12.10.0/24. Write the network address."
    assert offers(found) == [{"advertised_prefixes": "  45.12.9.0/24  # old\r\n\r\n\t45.12.10.0/24,45.12.11.0/24 \nx"}]
    assert found[0].repairs[0].words == "Use 45.12.10.0/24 in line 3"


@pytest.mark.parametrize(("typed", "is_offered"), [("45.12.9.7", True), ("45.12.9.0", False), ("2a0c:4dc0::1", False)])
def test_an_address_alone_is_meant_as_itself_only_where_it_is_surely_one(typed: str, is_offered: bool):
    found = microsoft(**IPV6_LINKS, advertised_prefixes=f"45.12.10.0/24 2a0c:4dc0:1::/48\n{typed}").breaches
    assert names(found) == [("M3", "advertised_without_length", "advertised_prefixes")]
    whole = {"advertised_prefixes": f"45.12.10.0/24 2a0c:4dc0:1::/48\n{typed}/32"}
    assert offers(found) == ([whole] if is_offered else [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("10.20.0.0/16", f"10.20.0.0/16 is private address space. {_PUBLIC_ONLY}"),
        ("10.20.0.1/16", f"10.20.0.0/16 is private address space. {_PUBLIC_ONLY}"),
        ("8.0.0.0/5", f"8.0.0.0/5 has private address space in it, 10.0.0.0/8. {_PUBLIC_ONLY}"),
        ("0.0.0.0/0", "0.0.0.0/0 is a default route. Microsoft peering takes none."),
        ("::/0", "::/0 is a default route. Microsoft peering takes none."),
        ("fd00::/48", f"fd00::/48 is private address space. {_PUBLIC_ONLY}"),
        ("junk", "junk is no prefix. Write one with its length, like 192.0.2.0/24."),
        ("45.012.0.0/16", "45.012.0.0/16 has leading zeros, so it may mean two addresses. Write it without them."),
        ("::ffff:1.2.3.4/128", "::ffff:1.2.3.4/128 is an IPv4 address in an IPv6 one. Write it as IPv4."),
    ],
)  # fmt: skip
def test_a_line_is_told_with_its_number_and_what_it_is(line: str, sentence: str):
    typed = f"45.12.9.0/24\n2a0c:4dc0:1::/48\n{line}\n45.12.10.0/24"
    (breach,) = microsoft(**IPV6_LINKS, advertised_prefixes=typed).breaches
    assert sentence_of(breach) == f"Line 3: {sentence}"
    assert breach.repairs == ()


def test_two_hundred_prefixes_of_each_family_are_the_most():
    ipv6 = "\n".join(f"2a0c:4dc0:{one:x}::/48" for one in range(1, MOST_ADVERTISED + 1))
    assert microsoft(**IPV6_LINKS, advertised_prefixes=f"{_many(MOST_ADVERTISED)}\n{ipv6}").breaches == ()
    (breach,) = microsoft(**IPV6_LINKS, advertised_prefixes=f"{_many(MOST_ADVERTISED + 1)}\n{ipv6}").breaches
    assert sentence_of(breach) == "201 IPv4 prefixes are too many: Microsoft peering takes 200. Aggregate them."


def test_repeated_lines_do_not_count_towards_the_limit():
    assert microsoft(advertised_prefixes=f"{_many(MOST_ADVERTISED)}\n{_many(MOST_ADVERTISED)}").breaches == ()


def test_of_many_bad_lines_the_first_twenty_are_told_and_how_many_more():
    found = microsoft(advertised_prefixes="\n".join(f"10.0.{one}.0/24" for one in range(100))).breaches
    assert [one.key for one in found] == ["not_public"] * 20 + ["more_lines"]
    assert sentence_of(found[19]).startswith("Line 20: ")
    assert sentence_of(found[20]) == "80 more entries are wrong. Mend those above first."


def test_twenty_bad_lines_are_all_told():
    found = microsoft(advertised_prefixes="\n".join(f"10.0.{one}.0/24" for one in range(20))).breaches
    assert [one.key for one in found] == ["not_public"] * 20


def test_a_text_that_nobody_can_mean_is_refused_as_a_whole():
    found = microsoft(advertised_prefixes="45.12.9.0/24\n" * 10_000)
    assert sentence_of(found.breaches[0]) == ("This list has 130000 characters, and is read up to 32768. Shorten it.")
    assert "advertised_prefixes" not in found.values


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("", []),
        ("12076:5010", ["12076:5010"]),
        ("12076:5010\r\n0:0, 65535:65535 12076:5010", ["12076:5010", "0:0", "65535:65535"]),
    ],
)
def test_communities_are_pairs_of_16_bit_numbers_each_once(typed: str, values: list[str]):
    found = microsoft(advertised_communities=typed)
    assert found.breaches == ()
    assert found.values["advertised_communities"] == values


def test_a_community_with_leading_zeros_is_rewritten_in_its_line():
    (breach,) = microsoft(advertised_communities="12076:5010\n12076:05020\n").breaches
    assert sentence_of(breach).startswith("Line 2: 12076:05020 is no BGP community.")
    assert offers([breach]) == [{"advertised_communities": "12076:5010\n12076:5020\n"}]


@pytest.mark.parametrize("name", ROUTING_REGISTRIES)
def test_each_registry_will_do_in_any_case(name: str):
    for typed in (name, name.lower(), f" {name} "):
        found = microsoft(routing_registry=typed)
        assert found.breaches == ()
        assert found.values["routing_registry"] == name


@pytest.mark.parametrize("typed", ["", " ", "NONE", "none"])
def test_no_registry_is_one_as_well(typed: str):
    found = microsoft(routing_registry=typed)
    assert found.breaches == ()
    assert found.values["routing_registry"] == ""


@pytest.mark.parametrize("typed", ["ripe", "RIPE NCC", "ripe-ncc"])
def test_a_registry_by_its_everyday_name_is_offered_by_azures(typed: str):
    assert offers(microsoft(routing_registry=typed).breaches) == [{"routing_registry": "RIPENCC"}]


def test_a_registry_that_is_none_is_told_with_all_that_are():
    (breach,) = microsoft(routing_registry="IRR").breaches
    assert sentence_of(breach) == (
        "IRR is no routing registry that Azure knows. Take one of ARIN, APNIC, AFRINIC, LACNIC, RIPENCC, RADB, ALTDB, "
        "LEVEL3, or none."
    )
