"""Groups that load their rows when they are opened, rows by parts, and orders."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.integration.pages.rows import cross_connection, enlisted

HTMX = {"HX-Request": "true"}


@pytest.fixture
def estate(viewer: Client) -> Client:
    northlink = enlisted()
    for number in range(401):
        location = "Dublin" if number == 400 else "London"
        cross_connection(northlink, f"{number:036d}", peering_location=location, circuit_name=f"er-{400 - number:03d}")
    return viewer


def shown(client: Client, address: str) -> list[int]:
    answer = client.get(address, headers=HTMX)
    assert answer.status_code == 200
    return [int(key) for key in re.findall(r'id="to-(\d{36})"', answer.content.decode())]


def test_a_closed_group_loads_its_rows_where_it_stands(estate: Client) -> None:
    page = estate.get("/cross-connections/").content.decode()
    assert 'href="/cross-connections/?location=Dublin" hx-get="/cross-connections/rows/?location=Dublin"' in page
    assert shown(estate, "/cross-connections/rows/?location=Dublin") == [400]


def test_rows_come_two_hundred_at_a_time(estate: Client) -> None:
    first = estate.get("/cross-connections/?location=London").content.decode()
    assert "Show 200 more of 400" in first
    assert 'hx-get="/cross-connections/rows/?location=London&amp;start=200"' in first
    following = estate.get("/cross-connections/rows/?location=London&start=200", headers=HTMX).content.decode()
    assert "All 400 are shown" in following
    assert "<details" not in following


def test_every_row_is_shown_once_and_in_order(estate: Client) -> None:
    addresses = ("/cross-connections/?location=London", "/cross-connections/rows/?location=London&start=200")
    assert [key for address in addresses for key in shown(estate, address)] == list(range(400))


def test_without_script_the_next_rows_are_a_page_with_a_way_back(estate: Client) -> None:
    page = estate.get("/cross-connections/?location=London&start=200").content.decode()
    assert "Show the first rows" in page
    assert f"{399:036d}" in page
    assert f"{199:036d}" not in page


def test_a_search_that_finds_very_many_shows_two_hundred_and_links_to_the_rest(estate: Client) -> None:
    page = estate.get("/cross-connections/?q=er-").content.decode()
    assert len(re.findall(r'id="to-', page)) == 200
    assert "401 cross connections in 2 locations" in page
    assert 'href="/cross-connections/?q=er-&amp;location=London&amp;start=199"' in page


def test_a_list_that_refreshes_itself_keeps_what_a_person_opened(estate: Client) -> None:
    assert shown(estate, "/cross-connections/?opened=Dublin") == [400]
    assert len(shown(estate, "/cross-connections/?opened=London&shown=400")) == 400
    assert len(shown(estate, "/cross-connections/?opened=London&shown=99999")) == 400
    part = estate.get("/cross-connections/?opened=Dublin", headers=HTMX).content.decode()
    assert '<input type="hidden" name="opened" value="Dublin" form="filters">' in part


def test_several_opened_groups_keep_the_rows_of_the_longest(estate: Client) -> None:
    assert len(shown(estate, "/cross-connections/?opened=London&opened=Dublin&shown=400&shown=200")) == 401


@pytest.mark.parametrize("opened", [1, 12])
def test_many_opened_groups_cost_no_more_queries_than_one(
    estate: Client, opened: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    southlink = enlisted("Southlink")
    names = [f"Place {number}" for number in range(opened)]
    for number, name in enumerate(names):
        cross_connection(southlink, f"{800 + number:036d}", peering_location=name)
    query = "&".join(f"opened={name}" for name in names)
    with django_assert_num_queries(14):
        assert len(shown(estate, f"/cross-connections/?{query}")) == opened


def test_groups_that_were_opened_out_of_a_large_search_stay_open(estate: Client) -> None:
    assert shown(estate, "/cross-connections/?q=er-").count(399) == 0
    opened = shown(estate, "/cross-connections/?q=er-&opened=London&shown=400")
    assert sorted(opened) == list(range(401))
    assert len(shown(estate, "/cross-connections/?q=er-&opened=London")) == 201


def test_every_row_of_a_location_in_two_spellings_is_shown_once(viewer: Client) -> None:
    northlink = enlisted()
    for number in range(500):
        spelling = "Amsterdam" if number % 2 else "AMSTERDAM"
        cross_connection(northlink, f"{number:036d}", peering_location=spelling)
    first = shown(viewer, "/cross-connections/?opened=Amsterdam")
    assert len(first) == 200
    more = shown(viewer, "/cross-connections/rows/?location=Amsterdam&start=200")
    last = shown(viewer, "/cross-connections/rows/?location=Amsterdam&start=400")
    assert sorted([*first, *more, *last]) == list(range(500))


def test_opened_groups_keep_the_order_that_was_chosen(estate: Client) -> None:
    keys = shown(estate, "/cross-connections/?opened=London&opened=Dublin&sort=circuit")
    assert keys == [400, *range(399, 199, -1)]


def test_a_group_without_a_name_can_be_opened_like_any_other(estate: Client) -> None:
    cross_connection(enlisted("Southlink"), f"{500:036d}", peering_location="")
    page = estate.get("/cross-connections/").content.decode()
    assert 'hx-get="/cross-connections/rows/?location=none"' in page
    assert page.index("Dublin") < page.index("London") < page.index("Peering location not told")
    for address in ("rows/?location=none", "?location=none", "?opened=none"):
        assert shown(estate, f"/cross-connections/{address}") == [500]
    assert "peering location not told" in estate.get("/cross-connections/?location=none").content.decode()


def test_a_location_in_several_spellings_is_one_group_under_the_most_frequent_one(estate: Client) -> None:
    southlink = enlisted("Southlink")
    for number, spelling in enumerate(("dublin", "DUBLIN")):
        cross_connection(southlink, f"{600 + number:036d}", peering_location=spelling)
    cross_connection(southlink, f"{700:036d}", peering_location="Dublin")
    page = estate.get("/cross-connections/").content.decode()
    assert page.count("?location=Dublin") == 2  # one link, and where it loads its rows from
    assert "?location=DUBLIN" not in page
    assert "?location=dublin" not in page
    for address in ("rows/?location=Dublin", "?location=dublin", "?opened=Dublin"):
        assert sorted(shown(estate, f"/cross-connections/{address}")) == [400, 600, 601, 700]


@pytest.mark.parametrize("query", ["opened=Nowhere", "opened=%00", "start=-1&location=London", "start=x", "shown=x"])
def test_what_no_link_of_ours_asks_for_breaks_nothing(estate: Client, query: str) -> None:
    assert estate.get(f"/cross-connections/?{query}").status_code == 200
    assert estate.get(f"/cross-connections/rows/?{query}", headers=HTMX).status_code in (200, 302)


def test_the_rows_asked_for_without_htmx_are_a_page(estate: Client) -> None:
    answer = estate.get("/cross-connections/rows/?location=London&start=200")
    assert answer.headers["Location"] == "/cross-connections/?location=London"


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "a"), ("service_key", "a"), ("-service_key", "c"), ("circuit", "b"), ("-circuit", "a"), ("state", "c"),
     ("bandwidth", "b"), ("-bandwidth", "c"), ("s_tag", "c"), ("-s_tag", "b"), ("password", "a"), ("-", "a")],
)  # fmt: skip
def test_rows_are_sorted_inside_their_group(viewer: Client, sort: str, first: str) -> None:
    northlink = enlisted()
    cross_connection(northlink, "a" * 36, circuit_name="er-three", bandwidth_mbps=1000, s_tag=None)
    cross_connection(northlink, "b" * 36, circuit_name="er-one", bandwidth_mbps=500, s_tag=20)
    cross_connection(
        northlink, "c" * 36, circuit_name="er-six", bandwidth_mbps=2000, s_tag=3,
        provider_provisioning_state="NotProvisioned",
    )  # fmt: skip
    page = viewer.get("/cross-connections/", {"sort": sort}).content.decode()
    found = re.search(r'id="to-(.)', page)
    assert found
    assert found[1] == first


def test_a_head_sorts_and_sorts_the_other_way_round(viewer: Client) -> None:
    cross_connection(enlisted())
    assert "/cross-connections/?sort=-changed" in viewer.get("/cross-connections/").content.decode()
    page = viewer.get("/cross-connections/?sort=-changed").content.decode()
    assert 'aria-sort="descending">Changed' in page
    assert 'href="/cross-connections/?sort=changed"' in page


def test_the_order_stays_when_the_filters_change(viewer: Client) -> None:
    cross_connection(enlisted())
    page = viewer.get("/cross-connections/?sort=circuit&q=er").content.decode()
    assert '<input type="hidden" name="sort" value="circuit" form="filters">' in page
    assert 'href="/cross-connections/export.csv?q=er&amp;sort=circuit"' in page
