import json
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from crossconnections.models import Catalogue, Peering, Subscription
from crossconnections.queries.catalogues import OF_COMMUNITIES
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

HTMX = {"HTTP_HX_REQUEST": "true"}
ADDRESS = "/communities/"


def community(value: str, name: str, region: str = "Global", **values: Any) -> dict[str, Any]:
    """An entry as the reading writes it."""
    defaults = {"service": name.replace(" ", ""), "group": "", "prefixes": ["40.64.8.0/24"], "is_authorized": True}
    return {"value": value, "name": name, "region": region} | defaults | values


def route_filter(name: str = "rf-m365", **values: Any) -> dict[str, Any]:
    """A route filter that allows Exchange and a community that nobody documents."""
    rule = {"name": "allow-office", "access": "Allow", "communities": ["12076:5010", "12076:59999"]}
    defaults = {
        "resource_id": f"/r/{name}",
        "location": "westeurope",
        "provisioning_state": "Succeeded",
        "rules": [rule],
    }
    return {"name": name} | defaults | values


def catalogue(subscription: Subscription, kind: str, *entries: dict[str, Any], **values: Any) -> Catalogue:
    """A list that was read just now."""
    defaults = {"read_at": timezone.now(), "entries": list(entries)}
    return Catalogue.objects.create(subscription=subscription, kind=kind, **(defaults | values))


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"{ADDRESS}{query}", **headers)  # type: ignore[arg-type]
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.fixture
def northlink(viewer: Client) -> Subscription:
    """A subscription that has told of two communities and a route filter."""
    subscription = enlisted()
    exchange = community("12076:5010", "Exchange Online", prefixes=["52.96.0.0/14", "2603:1006::/40"])
    azure = community("12076:51004", "Azure East US", "East US", prefixes=["13.68.128.0/17", "not-a-prefix"])
    catalogue(subscription, "communities", exchange, azure)
    catalogue(subscription, "route-filters", route_filter())
    return subscription


def test_a_viewer_sees_the_services_and_the_route_filters(viewer: Client, northlink: Subscription) -> None:
    shown = page(viewer)
    for words in ("<b>Online services</b>", "<b>Azure Storage</b>", "rf-m365", "Exchange Online", "not documented"):
        assert words in shown
    assert "No routes come from Microsoft until the customer attaches a route filter" in shown


def test_a_person_without_a_role_sees_nothing_and_changes_nothing(signed_in: Callable[..., Client]) -> None:
    enlisted()
    browser = signed_in()
    assert browser.get(ADDRESS).status_code == 403
    assert browser.post(f"{ADDRESS}read/").status_code == 403
    assert not Catalogue.objects.exists()


def test_the_way_to_the_page_is_in_the_navigation_of_every_page(viewer: Client, northlink: Subscription) -> None:
    assert 'href="/communities/" data-go="m" aria-current="false"' in viewer.get("/cross-connections/").content.decode()
    shown = page(viewer)
    assert 'href="/communities/" data-go="m" aria-current="page"' in shown
    assert 'href="/cross-connections/" data-go="c" aria-current="false"' in shown


@pytest.mark.parametrize(
    "query",
    ["12076:51004", "51004", "azure east us", "EAST US", "13.68.200.7", "13.68.128.0/24", "13.68.0.0/16", "13.68.1"],
)
def test_a_search_finds_by_value_name_region_address_or_prefix(
    viewer: Client, northlink: Subscription, query: str
) -> None:
    shown = page(viewer, f"?q={query}")
    assert "<code>12076:51004</code>" in shown
    assert 'data-copy="12076:5010"' not in shown


@pytest.mark.parametrize(("query", "found"), [("2603:1006:2::1", True), ("2603:1106::1", False), ("52.100.0.1", False)])
def test_an_address_counts_where_a_prefix_holds_it(
    viewer: Client, northlink: Subscription, query: str, *, found: bool
) -> None:
    assert ('data-copy="12076:5010"' in page(viewer, f"?q={query}")) is found


def test_a_whole_value_finds_that_one_alone_with_all_its_prefixes(viewer: Client, northlink: Subscription) -> None:
    many = [f"20.{number // 256}.{number % 256}.0/24" for number in range(1_500)]
    Catalogue.objects.filter(kind="communities").update(
        entries=[community("12076:5100", "Other", prefixes=many), community("12076:51002", "Azure West Europe")]
    )
    shown = page(viewer, "?q=12076:5100")
    assert "1 community" in shown
    assert "1,500 prefixes" in shown
    assert many[-1] in shown


def test_of_many_communities_only_the_first_prefixes_are_shown_and_the_page_stays_light(
    viewer: Client, northlink: Subscription
) -> None:
    many = [f"20.{number // 256}.{number % 256}.0/24" for number in range(1_500)]
    Catalogue.objects.filter(kind="communities").update(
        entries=[community(f"12076:510{number:02}", "Azure", f"Region {number}", prefixes=many) for number in range(44)]
    )
    shown = page(viewer, "?service=Microsoft+peering")
    assert "1488 more" in shown
    assert many[-1] not in shown
    assert len(shown) < 80_000
    assert len(page(viewer)) < 20_000


def test_what_azure_did_not_list_is_marked_as_documented(viewer: Client, northlink: Subscription) -> None:
    assert '<span class="tag">documented</span>' in page(viewer, "?q=12076:50004")
    assert '<span class="tag">documented</span>' not in page(viewer, "?q=12076:51004")


def test_of_two_answers_the_newest_counts(viewer: Client, northlink: Subscription) -> None:
    older = timezone.now() - timedelta(hours=9)
    catalogue(enlisted("Abroad"), "communities", community("12076:5010", "Exchange of old"), read_at=older)
    shown = page(viewer, "?q=12076:5010")
    assert "Exchange Online" in shown
    assert "Exchange of old" not in shown


def test_a_service_that_is_not_documented_has_a_group_of_its_own(viewer: Client, northlink: Subscription) -> None:
    entry = community("12076:57001", "Quantum West Europe", "West Europe")
    Catalogue.objects.filter(kind="communities").update(entries=[entry])
    assert "<b>Quantum</b>" in page(viewer)


def test_htmx_gets_the_lists_alone_under_the_address_of_the_search(viewer: Client, northlink: Subscription) -> None:
    response = viewer.get(f"{ADDRESS}?q=exchange", HTTP_HX_REQUEST="true")
    assert response.headers["HX-Replace-Url"] == "/communities/?q=exchange"
    assert "<html" not in response.content.decode()


def test_a_service_opens_where_it_stands_and_without_script_on_the_page(
    viewer: Client, northlink: Subscription
) -> None:
    query = "?service=Microsoft+peering"
    opened = viewer.get(f"{ADDRESS}service/{query}", HTTP_HX_REQUEST="true").content.decode()
    assert opened.lstrip().startswith("<details open")
    assert opened.count('<li class="com">') == 40
    assert viewer.get(f"{ADDRESS}service/{query}").headers["Location"] == f"{ADDRESS}{query}"
    assert page(viewer, query).count('<li class="com">') == 40


def test_nothing_found_is_said(viewer: Client, northlink: Subscription) -> None:
    assert "No community matches “198.51.100.7”" in page(viewer, "?q=198.51.100.7")


@pytest.mark.parametrize(("peerings", "words"), [([], "Attached to no peering"), (None, "")])
def test_a_route_filter_tells_what_it_is_attached_to(
    viewer: Client, northlink: Subscription, peerings: list[str] | None, words: str
) -> None:
    Catalogue.objects.filter(kind="route-filters").update(entries=[route_filter(peerings=peerings, rules=[])])
    shown = page(viewer)
    assert "No rule: it lets nothing through" in shown
    assert words in shown if words else "Attached" not in shown


def test_a_route_filter_names_the_circuits_of_its_peerings(viewer: Client, northlink: Subscription) -> None:
    circuit = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCircuits/er-contoso"
    entry = route_filter(peerings=[f"{circuit}/peerings/MicrosoftPeering"] * 2 + ["elsewhere"])
    Catalogue.objects.filter(kind="route-filters").update(entries=[entry])
    assert "Attached to er-contoso, elsewhere" in page(viewer)


def test_route_filters_that_may_not_be_read_lose_only_their_card(viewer: Client, northlink: Subscription) -> None:
    Catalogue.objects.filter(kind="route-filters").update(
        entries=[], read_at=None, read_error_code="AuthorizationFailed", read_correlation_id="c-1"
    )
    shown = page(viewer)
    assert "The route filters of Northlink could not be read." in shown
    assert "Give the application a role with Microsoft.Network/routeFilters/read there" in shown
    assert "c-1" in shown
    assert "<b>Online services</b>" in shown
    assert '<h2 id="filters' not in shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Throttled", "Azure had too many calls to answer this one."),
        ("AADSTS7000222", "Check AZURE_TENANT_ID"),
        ("MissingSubscriptionRegistration", "then read again"),
        ("InvalidResourceType", "Azure could not show what was asked of it."),
    ],
)
def test_each_failure_has_its_words(viewer: Client, northlink: Subscription, code: str, words: str) -> None:
    Catalogue.objects.filter(kind="communities").update(read_error_code=code)
    shown = page(viewer)
    assert words in shown
    assert "sync" not in shown[shown.index("could not be read") : shown.index(f"<code>{code}</code>")].lower()
    assert "as of" in shown


def test_the_page_asks_for_what_is_old_when_it_loads_and_opening_it_changes_nothing(viewer: Client) -> None:
    enlisted()
    assert 'hx-trigger="submit, load"' in page(viewer)
    assert not Catalogue.objects.exists()
    answer = viewer.post(f"{ADDRESS}read/", HTTP_HX_REQUEST="true").content.decode()
    assert "Reading from Azure" in answer
    assert 'hx-trigger="every 2s"' in answer
    assert set(Catalogue.objects.exclude(wanted_at=None).values_list("kind", flat=True)) == set(OF_COMMUNITIES)


def test_a_page_that_is_fresh_asks_for_nothing_until_a_person_does(viewer: Client, northlink: Subscription) -> None:
    assert 'hx-trigger="submit"' in page(viewer)
    viewer.post(f"{ADDRESS}read/")
    assert not Catalogue.objects.exclude(wanted_at=None).exists()
    told = viewer.post(f"{ADDRESS}read/", {"now": "1"}, HTTP_HX_REQUEST="true").headers["HX-Trigger"]
    assert json.loads(told) == {"say": {"value": "Read within the last minute"}}
    Catalogue.objects.update(read_at=timezone.now() - timedelta(minutes=2))
    assert viewer.post(f"{ADDRESS}read/", {"now": "1"}).headers["Location"] == ADDRESS
    assert Catalogue.objects.exclude(wanted_at=None).count() == 2


def test_a_reading_that_no_worker_takes_is_told(viewer: Client, northlink: Subscription) -> None:
    Catalogue.objects.update(wanted_at=timezone.now() - timedelta(minutes=1))
    assert "No worker has taken the reading yet, as of" in page(viewer)
    Catalogue.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert "Reading from Azure" in page(viewer)


def test_a_link_back_from_a_sign_in_asks_for_nothing(viewer: Client) -> None:
    enlisted()
    assert viewer.get(f"{ADDRESS}read/").headers["Location"] == ADDRESS
    assert not Catalogue.objects.exists()


@pytest.mark.parametrize(("seen", "is_told"), [("seen=1", True), ("seen=9999999999999", False), ("waiting=1", True)])
def test_a_page_that_missed_a_reading_is_told_to_refresh(
    viewer: Client, northlink: Subscription, seen: str, *, is_told: bool
) -> None:
    answer = viewer.get(f"{ADDRESS}state/?{seen}", HTTP_HX_REQUEST="true")
    assert ("catalogued" in answer.headers.get("HX-Trigger", "")) is is_told


def test_another_clouds_lists_are_not_shown(viewer: Client, northlink: Subscription, settings: Settings) -> None:
    settings.PORTAL_CLOUD = "AzureChinaCloud"
    shown = page(viewer)
    assert "rf-m365" not in shown
    assert "China East 2" in shown
    assert "Exchange" not in shown


def test_the_page_costs_the_same_queries_whatever_it_shows(
    viewer: Client, northlink: Subscription, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        page(viewer)
    for label in ("Abroad", "Test"):
        entries = [route_filter(f"rf-{number}") for number in range(30)]
        catalogue(enlisted(label), "route-filters", *entries)
    with django_assert_num_queries(5):
        assert page(viewer).count("allow-office") == 61


def test_a_microsoft_peering_names_its_communities_in_words(viewer: Client) -> None:
    peering = private_peering(cross_connection(enlisted(), KEY), peering_type="MicrosoftPeering")
    Peering.objects.filter(pk=peering.pk).update(advertised_communities=["12076:51004", "12076:1"])
    shown = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    assert "<code>12076:51004</code> Microsoft peering, East US" in shown
    assert '<code>12076:1</code> <span class="dim">not documented</span>' in shown
    document = viewer.get(f"/cross-connections/{KEY}.json").json()
    assert document["peerings"][0]["advertised_communities"] == ["12076:51004", "12076:1"]
