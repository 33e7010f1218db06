import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import CrossConnection
from tests.integration.pages.rows import KEY, cross_connection, enlisted, last_known, private_peering, sync_run

HTMX = {"HTTP_HX_REQUEST": "true"}


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/cross-connections/{query}", **headers)  # type: ignore[arg-type]
    assert response.status_code == 200
    return response.content.decode()


def test_cross_connections_are_grouped_by_location_with_counts_and_state_sums(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, peering_location="Dublin", provider_provisioning_state="NotProvisioned")
    for _ in range(2):
        cross_connection(northlink)
    shown = page(viewer)
    assert shown.index("<b>Amsterdam</b>") < shown.index("<b>Dublin</b>")
    assert "2 provisioned" in shown
    assert "1 not provisioned" in shown
    assert "3 cross connections in 2 locations" in shown


def test_a_row_shows_what_the_phone_asks_for(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY))
    shown = page(viewer)
    for words in (KEY, "er-contoso-prod-ams", "Provisioned", "1 Gbps", "412", "Private", "4 d</time>"):
        assert words in shown


def test_at_most_200_rows_come_with_the_first_answer(viewer: Client) -> None:
    northlink = enlisted()
    for number in range(201):
        cross_connection(northlink, peering_location="London" if number % 2 else "Queretaro (Mexico)")
    shown = page(viewer)
    assert "er-contoso-prod-ams" not in shown
    assert 'href="/cross-connections/?location=Queretaro+%28Mexico%29"' in shown
    assert "201 cross connections in 2 locations" in shown


def test_a_location_shows_its_rows_and_a_way_back(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, peering_location="London")
    cross_connection(northlink, peering_location="Dublin", circuit_name="er-elsewhere")
    shown = page(viewer, "?location=London")
    assert "er-contoso-prod-ams" in shown
    assert "er-elsewhere" not in shown
    assert "All locations" in shown


@pytest.mark.parametrize("query", ["5b2f0c1e", "5B2F0C1E", "3e8d52b7f610", "CONTOSO", "412", "contoso 412"])
def test_a_search_finds_by_part_of_the_key_circuit_or_s_tag(viewer: Client, query: str) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY)
    other = cross_connection(northlink, "aaaaaaaa-0000-4000-8000-000000000000", circuit_name="er-fabrikam", s_tag=7)
    shown = page(viewer, f"?q={query}")
    assert KEY in shown
    assert other.service_key not in shown


def test_search_and_location_combine(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY)
    cross_connection(northlink, peering_location="Dublin")
    shown = page(viewer, "?q=contoso&location=Amsterdam")
    assert KEY in shown
    assert "1 cross connection in 1 location" in shown


def test_a_search_without_a_match_says_so_and_offers_a_way_on(viewer: Client) -> None:
    cross_connection(enlisted())
    shown = page(viewer, "?q=e7aa-zz")
    assert "No cross connection matches “e7aa-zz”" in shown
    assert "Clear search" in shown


def test_a_row_that_no_get_has_read_says_so(viewer: Client) -> None:
    cross_connection(enlisted(), read_at=None, s_tag=None)
    assert "not read yet" in page(viewer)


def test_what_is_gone_in_azure_is_not_listed(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY, gone_at=timezone.now())
    cross_connection(northlink)
    assert KEY not in page(viewer)


def test_hostile_names_are_escaped(viewer: Client) -> None:
    name = "<script>alert(1)</script>"
    cross_connection(enlisted(label=name), peering_location=name, circuit_name=name)
    shown = page(viewer, "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert name not in shown
    assert name in unescape(shown)


def test_a_peering_in_trouble_says_what_it_is(viewer: Client) -> None:
    private_peering(cross_connection(enlisted()), state="Disabled")
    assert "Private disabled" in page(viewer)


def links(shown: str) -> list[str]:
    """How the two links of each row are drawn."""
    return re.findall(r'<path class="(\w+)" d="M1 [27]h12"/>', shown)


def test_a_row_says_of_both_paths_what_was_last_known_and_how_old_it_is(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary")
    last_known(row, "secondary", "down")
    shown = page(viewer)
    assert '<span class="vh">, Primary up, secondary down, read 12 min ago</span>' in shown
    assert links(shown) == ["up", "down"]
    assert "12 min</time>" in shown


def test_a_row_that_nobody_has_read_says_nothing_of_its_paths(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY))
    shown = page(viewer)
    assert links(shown) == []
    assert "Primary" not in shown


def test_a_path_that_is_not_known_is_not_up_because_the_other_one_is(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary")
    shown = page(viewer)
    assert links(shown) == ["up", "un"]
    assert "Primary up, secondary not read, read 12 min ago" in shown


def test_two_peerings_are_told_apart_where_they_differ_and_the_worst_is_drawn(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    for peering_type in ("AzurePrivatePeering", "MicrosoftPeering"):
        private_peering(row, peering_type=peering_type)
        last_known(row, "primary", peering_type=peering_type)
    last_known(row, "secondary")
    last_known(row, "secondary", "down", peering_type="MicrosoftPeering")
    shown = page(viewer)
    words = "Private primary up, secondary up; Microsoft primary up, secondary down, read 12 min ago"
    assert words in shown
    assert links(shown) == ["up", "down"]


def test_what_was_read_at_very_different_times_says_each_age_and_shows_the_oldest(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    last_known(row, "primary", minutes=3 * 24 * 60)
    last_known(row, "secondary", "down", minutes=2)
    shown = page(viewer)
    assert "Primary up 3 d ago, secondary down 2 min ago" in shown
    assert "3 d</time>" in shown


@pytest.mark.parametrize(
    ("state", "peering"), [("Provisioning", "Enabled"), ("Deprovisioning", "Enabled"), ("Provisioned", "Disabled")]
)
def test_what_is_not_in_service_is_neither_up_nor_down(viewer: Client, state: str, peering: str) -> None:
    row = cross_connection(enlisted(), KEY, provider_provisioning_state=state)
    private_peering(row, state=peering)
    last_known(row, "primary", "down")
    assert links(page(viewer)) == []


@pytest.mark.parametrize("rows", [10, 150])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    viewer: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    northlink = enlisted()
    for _ in range(rows):
        row = cross_connection(northlink)
        private_peering(row)
        last_known(row, "primary")
    # Session and person; sums, which rows, rows, peerings, paths, what waits; subscriptions, their newest syncs; the
    # menus' choices; other clouds, sums of what waits (and the oldest of each kind, where there is one).
    with django_assert_num_queries(14):
        page(viewer)


def test_htmx_gets_the_list_alone_and_the_address_to_show(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    response = viewer.get("/cross-connections/", {"q": "5b2f", "location": ""}, HTTP_HX_REQUEST="true")
    assert "<html" not in response.content.decode()
    assert response.headers["HX-Replace-Url"] == "/cross-connections/?q=5b2f"


def test_htmx_restoring_history_gets_the_whole_page(viewer: Client) -> None:
    enlisted()
    assert "<html" in page(viewer, HTTP_HX_REQUEST="true", HTTP_HX_HISTORY_RESTORE_REQUEST="true")


def test_enter_on_a_whole_service_key_opens_its_page(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    response = viewer.get("/cross-connections/", {"q": f" {KEY.upper()} ", "open": "1"})
    assert response.headers["Location"] == f"/cross-connections/{KEY}/"


def test_enter_on_anything_else_stays_on_the_list(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    response = viewer.get("/cross-connections/", {"q": "5b2f", "location": "Amsterdam", "open": "1"})
    assert response.headers["Location"] == "/cross-connections/?q=5b2f&location=Amsterdam"


def test_a_link_with_a_whole_service_key_shows_the_list(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert "1 cross connection in 1 location" in page(viewer, f"?q={KEY}")


def test_a_failed_sync_is_told_with_azures_ids(viewer: Client) -> None:
    failed = {"error_code": "AuthorizationFailed", "error_message": "403", "correlation_id": "e3dfc967-a64c"}
    sync_run(enlisted(), "failed", finished_at=timezone.now() - timedelta(minutes=1), **failed)
    shown = page(viewer)
    assert "Northlink could not be synced" in shown
    assert "e3dfc967-a64c" in shown


def test_without_a_subscription_the_page_names_the_command(viewer: Client) -> None:
    shown = page(viewer)
    assert "python manage.py enlist" in shown
    assert "Sync now" not in shown


def test_a_row_that_has_not_changed_since_it_was_first_seen_claims_no_change(viewer: Client) -> None:
    now = timezone.now()
    cross_connection(enlisted(), KEY, first_seen_at=now, changed_at=None)
    page = viewer.get("/cross-connections/").content.decode()
    assert "No change seen yet" in page


@pytest.mark.parametrize("address", ["?q=a%00b", "?location=%00", "?q=%00", "?q=" + "x" * 5000, "?q=%ff%fe"])
def test_a_text_that_no_database_takes_finds_nothing_and_breaks_nothing(viewer: Client, address: str) -> None:
    enlisted()
    assert viewer.get(f"/cross-connections/{address}").status_code == 200
    assert viewer.get(f"/cross-connections.json{address}").status_code == 200
    assert viewer.get("/cross-connections/%00/").status_code == 404


def test_what_was_not_seen_to_change_is_told_alike_everywhere_and_stands_last(viewer: Client) -> None:
    northlink, now = enlisted(), timezone.now()
    cross_connection(northlink, KEY, changed_at=None, circuit_name="")
    cross_connection(northlink, "a" * 36, changed_at=now - timedelta(days=3))
    assert viewer.get(f"/cross-connections/{KEY}.json").json()["changed_at"] is None
    for sort in ("changed", "-changed", "circuit", "-circuit"):
        shown = page(viewer, f"?sort={sort}")
        assert shown.index(f'id="to-{"a" * 36}"') < shown.index(f'id="to-{KEY}"'), sort


def test_a_row_that_could_not_be_read_says_so_wherever_it_stands(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, read_error_code="AnswerNotUnderstood")
    assert "Could not be read" in page(viewer)
    assert "not read</span>" in page(viewer)
    CrossConnection.objects.update(read_at=None)
    assert "could not be read</span>" in page(viewer)
    assert viewer.get(f"/cross-connections/{KEY}.json").json()["read_error_code"] == "AnswerNotUnderstood"
    assert b"AnswerNotUnderstood" in viewer.get("/cross-connections/export.csv").getvalue()


def test_whoever_may_change_something_can_tick_each_row(signed_in: Callable[..., Client]) -> None:
    cross_connection(enlisted(), KEY)
    shown = page(signed_in("Portal.Operator"))
    box = f'<input type="checkbox" name="service_key" value="{KEY}" aria-label="Select er-contoso-prod-ams">'
    form = shown.partition('<form id="chosen" method="post" action="/changes/several/"')[2].partition("</form>")[0]
    assert box in form
    assert "csrfmiddlewaretoken" in form
    assert re.search(r'<button [^>]*type="submit">.*Set state of these', form)
    assert "<kbd>x</kbd>" in shown


def test_a_row_without_a_circuit_is_ticked_by_its_key(signed_in: Callable[..., Client]) -> None:
    cross_connection(enlisted(), KEY, circuit_name="")
    assert f'aria-label="Select {KEY}"' in page(signed_in("Portal.Operator"))


def test_whoever_may_change_nothing_is_offered_no_ticks(support: Client) -> None:
    cross_connection(enlisted(), KEY)
    shown = page(support)
    for words in ('name="service_key"', "/changes/several/", "Set state of these", "<kbd>x</kbd>"):
        assert words not in shown


def test_rows_that_are_loaded_later_can_be_ticked_as_well(signed_in: Callable[..., Client]) -> None:
    northlink = enlisted()
    for _ in range(201):
        cross_connection(northlink)
    operator = signed_in("Portal.Operator")
    assert page(operator).count('name="service_key"') == 0
    for query, count in (("", 200), ("&start=200", 1)):
        address = f"/cross-connections/rows/?location=Amsterdam{query}"
        rows = operator.get(address, headers={"HX-Request": "true"}).content.decode()
        assert rows.count('name="service_key"') == count
