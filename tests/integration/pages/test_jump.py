"""The palette's answers."""

import pytest
from django.test import Client
from django.utils import timezone
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


def test_the_name_of_a_location_means_the_location_first(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert hits(viewer, "amster").index("Peering locations") < hits(viewer, "amster").index("Cross connections")
    assert hits(viewer, "contoso-prod-ams").count("Peering locations") == 0


def test_what_is_gone_from_azure_is_found_by_its_key_and_says_so(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, gone_at=timezone.now())
    found = hits(viewer, KEY[:8])
    assert f'href="/cross-connections/{KEY}/"' in found
    assert "Gone from Azure, er-contoso-prod-ams" in found
    assert KEY not in hits(viewer, KEY[:3])
    page = viewer.get("/cross-connections/", {"q": KEY}).content.decode()
    assert f"“{KEY}” is gone from Azure" in page
    assert f'href="/cross-connections/{KEY}/"' in page


def test_what_moved_between_two_subscriptions_is_not_called_gone(viewer: Client) -> None:
    cross_connection(enlisted("Southlink"), KEY, gone_at=timezone.now())
    cross_connection(enlisted(), KEY)
    assert "Gone from Azure" not in hits(viewer, KEY)
    assert "is gone from Azure" not in viewer.get("/cross-connections/", {"q": KEY, "state": "X"}).content.decode()


def test_what_is_gone_is_found_by_its_circuit_as_well(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, gone_at=timezone.now(), circuit_name="er-margies-dr-mad")
    assert KEY in hits(viewer, "margies")
    assert f'href="/cross-connections/{KEY}/"' in viewer.get("/cross-connections/?q=er-margies").content.decode()


@pytest.mark.parametrize("q", ["Amsterdam", "amsterdam"])
def test_enter_on_a_locations_name_leads_to_the_location(viewer: Client, q: str) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY)
    cross_connection(northlink, peering_location="Amsterdam2")
    address = f"/cross-connections/?location={q}"
    assert viewer.get("/cross-connections/", {"q": q, "open": "only"}).headers["Location"] == address


def test_a_key_in_braces_is_the_key(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    answer = viewer.get("/cross-connections/", {"q": f"{{{KEY}}}", "open": "1"})
    assert answer.headers["Location"] == f"/cross-connections/{KEY}/"


def test_enter_opens_the_only_one_that_is_found(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY)
    assert viewer.get("/cross-connections/", {"q": "", "open": "only"}).headers["Location"] == "/cross-connections/"
    cross_connection(northlink, circuit_name="er-contoso-dr-ams")
    for q, address in ((KEY[:6], f"/cross-connections/{KEY}/"), ("contoso", "/cross-connections/?q=contoso")):
        assert viewer.get("/cross-connections/", {"q": q, "open": "only"}).headers["Location"] == address


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
    with django_assert_num_queries(7):  # session, person, roles; which rows, the rows, locations, the gone
        assert hits(viewer, "contoso").count("<code>") == min(rows, 6)
