"""The palette's answers."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.integration.pages.rows import KEY, cross_connection, enlisted


def hits(client: Client, q: str) -> str:
    response = client.get("/jump/", {"q": q}, HTTP_HX_REQUEST="true")
    assert response.status_code == 200
    return response.content.decode()


def test_a_fragment_of_a_key_finds_it_with_its_circuit_and_location(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    found = hits(viewer, "5b2f0c")
    assert f'href="/cross-connections/{KEY}/"' in found
    assert "er-contoso-prod-ams, Amsterdam" in found


def test_whatever_the_list_searches_is_found_here_as_well(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    for q in ("contoso", "412", "Amsterdam", KEY.upper()):
        assert KEY in hits(viewer, q)


def test_a_location_is_found_once_and_leads_to_its_group(viewer: Client) -> None:
    northlink = enlisted()
    for _ in range(3):
        cross_connection(northlink, peering_location="São Paulo")
    assert hits(viewer, "paulo").count('href="/cross-connections/?location=S%C3%A3o+Paulo"') == 1


def test_nothing_typed_shows_the_places_and_their_keys(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    shown = hits(viewer, "")
    assert 'href="/communities/"' in shown
    assert KEY not in shown


def test_what_matches_nothing_says_so_and_is_escaped(viewer: Client) -> None:
    enlisted()
    assert "Nothing is called “&lt;b&gt;”" in hits(viewer, "<b>")


def test_without_script_the_list_searches(viewer: Client) -> None:
    assert viewer.get("/jump/", {"q": "5b2f"}).headers["Location"] == "/cross-connections/?q=5b2f"


def test_nobody_without_a_role_finds_anything(signed_in) -> None:
    cross_connection(enlisted(), KEY)
    assert KEY not in signed_in().get("/jump/", {"q": KEY}, HTTP_HX_REQUEST="true").content.decode()


@pytest.mark.parametrize("rows", [1, 60])
def test_a_handful_of_rows_is_found_in_a_constant_number_of_queries(
    viewer: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    northlink = enlisted()
    for _ in range(rows):
        cross_connection(northlink)
    with django_assert_num_queries(5):  # session and person; which rows, the rows, locations
        assert hits(viewer, "contoso").count("<code>") == min(rows, 6)
