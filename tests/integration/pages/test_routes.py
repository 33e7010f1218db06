import pytest
from django.test import Client

from crossconnections.models import CrossConnection
from tests.integration.pages.readings import FIRST, PRIVATE, fail, many, networks, page, read_of, reading, route
from tests.integration.pages.rows import KEY, cross_connection, enlisted


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


def test_routes_of_both_paths_are_one_table_by_network(viewer: Client, row: CrossConnection):
    first = (route("10.20.0.0/16"), route("9.0.0.0/8"), route("2001:db8::/32"), route("10.3.0.0/16"))
    second = (route("10.3.0.0/16", "172.16.18.5"), route("10.9.0.0/16", "172.16.18.5"))
    reading(row, answers={"primary routes": first, "secondary routes": second})
    shown = page(viewer)
    assert networks(shown) == ["9.0.0.0/8", "10.3.0.0/16", "10.9.0.0/16", "10.20.0.0/16", "2001:db8::/32"]
    assert "primary 4, secondary 2" in shown
    assert shown.count(">not received<") == 4


def test_a_network_of_two_gateways_is_shown_twice(viewer: Client, row: CrossConnection):
    first = (route("10.60.0.0/20", "10.60.0.4", "65515"), route("10.60.0.0/20", "10.60.0.5*", "65515"))
    reading(row, answers={"primary routes": first, "secondary routes": first[:1]})
    shown = page(viewer)
    assert networks(shown) == ["10.60.0.0/20", "10.60.0.0/20"]
    assert "10.60.0.5*" in shown
    assert ">not received<" not in shown


def test_repeats_in_an_as_path_are_folded(viewer: Client, row: CrossConnection):
    reading(row, answers={"routes": (route("10.0.0.0/8", path="65020 65020 65020 65031"),)})
    shown = page(viewer)
    assert '<b class="x">65020 ×3</b> <b>65031</b>' in shown
    assert "65020 65020 65020 65031" in shown.split('id="copy-routes"')[1]  # in the text, as Azure told it


@pytest.mark.parametrize(
    ("weights", "has_column", "is_said"),
    [((0, 0), False, True), ((0, 32768), True, False), ((None, None), False, False), ((None, 0), True, False)],
)
def test_weights_have_a_column_unless_all_are_0_which_is_said_or_all_are_missing(
    viewer: Client, row: CrossConnection, weights: tuple[int | None, int | None], has_column: bool, is_said: bool
):
    reading(row, answers={"routes": tuple(route(f"10.{at}.0.0/16", weight=one) for at, one in enumerate(weights))})
    shown = page(viewer)
    assert (">Weight</th>" in shown) is has_column
    assert ("Weight is 0 on every row and left out" in shown) is is_said


def test_a_missing_weight_is_not_copied_as_0(viewer: Client, row: CrossConnection):
    reading(row, answers={"primary routes": (route("10.0.0.0/16", weight=None), route("10.1.0.0/16", weight=0))})
    text = page(viewer).split('id="copy-routes"')[1].split('data-copy="')[1].split('"')[0]
    assert [line.split()[3] for line in text.splitlines()[2:]] == ["-", "0"]


def test_a_side_that_was_not_read_is_not_called_not_received(viewer: Client, row: CrossConnection):
    fail(read_of(reading(row), "secondary", "routes"))
    shown = page(viewer)
    assert "primary 1, secondary not read" in shown
    assert ">not received<" not in shown
    assert ">not read<" in shown


def test_without_any_routes_both_sides_say_why(viewer: Client, row: CrossConnection):
    snapshot = reading(row, answers={"primary routes": ()})
    fail(read_of(snapshot, "secondary", "routes"))
    shown = page(viewer).split('id="found"')[1]
    assert "Azure answered with no rows" in shown
    assert "Not read: Azure failed" in shown


def test_routes_are_shown_a_hundred_at_a_time(viewer: Client, row: CrossConnection):
    reading(row, answers={"routes": many(250)})
    assert networks(page(viewer))[::99] == ["10.0.0.0/24", "10.0.99.0/24"]
    shown = page(viewer, "?page=3")
    assert len(networks(shown)) == 50
    assert "Lines 201 to 250 of 250" in shown
    assert networks(page(viewer, "?page=99")) == networks(shown)
    assert len(networks(page(viewer, "?page=nonsense"))) == 100


def test_a_search_by_script_gets_the_routes_alone_and_its_own_address(viewer: Client, row: CrossConnection):
    reading(row, answers={"routes": many(250)})
    answered = viewer.get(f"{FIRST}?peering={PRIVATE}&find=10.0.&page=2", headers={"HX-Request": "true"})
    shown = answered.content.decode()
    assert shown.strip().startswith('<div id="found">')
    assert "<html" not in shown
    assert answered.headers["HX-Replace-Url"] == f"{FIRST}?peering={PRIVATE}&find=10.0.&page=2"
    assert f"{FIRST}?peering={PRIVATE}&amp;find=10.0.&amp;page=2" in shown.split('id="copy-link"')[1]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("10.0.17", ["10.0.17.0/24"]),
        ("0.7.0", ["10.0.7.0/24"]),
        ("10.0.7.9", ["10.0.7.0/24", "0.0.0.0/0"]),
        ("10.0.6.0/23", ["0.0.0.0/0", "10.0.6.0/24", "10.0.7.0/24"]),
        ("2001:DB8::1", ["2001:db8::/32"]),
    ],
)
def test_a_search_finds_by_text_and_by_what_covers_or_lies_in_it(
    viewer: Client, row: CrossConnection, q: str, found: list[str]
):
    reading(row, answers={"routes": (*many(20), route("0.0.0.0/0"), route("2001:db8::/32"))})
    assert networks(page(viewer, f"?find={q}")) == found


def test_a_search_that_finds_nothing_says_so_and_leads_back(viewer: Client, row: CrossConnection):
    reading(row)
    shown = page(viewer, "?find=nothing")
    assert "No route matches “nothing”." in shown
    assert f'<a href="?peering={PRIVATE}">Show all routes</a>' in shown
