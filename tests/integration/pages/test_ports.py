"""The page of port pairs: how full each is, where the next circuit goes, and what is told without Azure's list."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import Catalogue, CrossConnection, Subscription
from portal.access.roles import Role
from tests.integration.pages.ports import entry, listed, used
from tests.integration.pages.rows import cross_connection, enlisted
from tests.people import given, person, signed_in_as

ADDRESS = "/ports/"
SECOND = "AMS-06GMR-CIS-4"


def page(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"{ADDRESS}{query}", headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def pair(shown: str, name: str) -> str:
    """What stands in the line of a pair, without the markup."""
    [line] = [one for one in re.findall(r'<li class="pair">.*?</li>', shown) if f"<b>{name}</b>" in one]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", line)).strip()


@pytest.fixture
def northlink(viewer: Client) -> Subscription:
    """Two pairs in Amsterdam, of which the second has more left; one circuit on the first."""
    subscription = enlisted()
    listed(subscription, entry(**used(1_000)), entry(SECOND, **used(0)))
    cross_connection(subscription)
    return subscription


def test_each_pair_tells_how_full_it_is_as_a_bar_and_in_words(viewer: Client, northlink: Subscription):
    shown = page(viewer)
    assert '<progress class="gauge " value="2" max="100" aria-label="2 % used, 1 Gbps of 40 Gbps">' in shown
    told = pair(shown, "AMS-06GMR-CIS-3")
    assert "39 Gbps left 2 % used, 1 Gbps of 40 Gbps" in told
    assert "port bandwidth 40 Gbps, over-provisioning factor 4" in told
    assert 'data-copy="AMS-06GMR-CIS-3-PRI-A" aria-label="Copy primary port"' in shown
    assert 'data-copy="AMS-06GMR-CIS-3-SEC-A" aria-label="Copy secondary port"' in shown


def test_the_next_circuit_goes_where_the_most_is_left(viewer: Client, northlink: Subscription):
    shown = page(viewer)
    assert f"The next circuit goes on {SECOND}: 40 Gbps left." in shown
    assert "Next circuit goes here" in pair(shown, SECOND)
    assert "Next circuit goes here" not in pair(shown, "AMS-06GMR-CIS-3")


def test_its_circuits_are_a_link_to_the_list(viewer: Client, northlink: Subscription):
    key = CrossConnection.objects.get().service_key
    elsewhere = cross_connection(northlink, primary_azure_port=f"{SECOND}-PRI-A").service_key
    shown = page(viewer)
    assert "1 circuit on AMS-06GMR-CIS-3" in pair(shown, "AMS-06GMR-CIS-3")
    [address] = re.findall(r'href="(/cross-connections/\?port=AMS-06GMR-CIS-3-PRI-A)"', shown)
    listing = viewer.get(address).content.decode()
    assert key in listing
    assert elsewhere not in listing
    assert "on the pair of AMS-06GMR-CIS-3-PRI-A" in listing
    assert 'name="port" value="AMS-06GMR-CIS-3-PRI-A"' in listing


@pytest.mark.parametrize("port", ["ams-06gmr-cis-3-pri-a", "AMS-06GMR-CIS-3-SEC-A"])
def test_the_list_takes_either_port_in_any_case(viewer: Client, northlink: Subscription, port: str):
    assert CrossConnection.objects.get().service_key in viewer.get(f"/cross-connections/?port={port}").content.decode()


def test_what_azure_counts_and_the_mirror_does_not_is_told(viewer: Client, northlink: Subscription):
    assert "By Azure" not in page(viewer)
    Catalogue.objects.update(entries=[entry(**used(5_000))])
    told = pair(page(viewer), "AMS-06GMR-CIS-3")
    assert "By Azure 5 Gbps are used; the circuits known here have 1 Gbps." in told


def test_circuits_without_known_ports_are_counted(viewer: Client, northlink: Subscription):
    cross_connection(northlink, primary_azure_port="", secondary_azure_port="")
    assert "1 circuit there is on no port yet, or not read in full." in page(viewer)


class TestBandwidth:
    def test_it_marks_the_pairs_where_it_does_not_fit(self, viewer: Client, northlink: Subscription):
        shown = page(viewer, "?bandwidth=39500")
        assert "39.5 Gbps does not fit" in pair(shown, "AMS-06GMR-CIS-3")
        assert f"A circuit of 39.5 Gbps goes on {SECOND}: 40 Gbps left." in shown
        assert 'name="bandwidth" value="39500"' in shown

    def test_where_none_has_room_capacity_has_to_be_ordered(self, viewer: Client, northlink: Subscription):
        shown = page(viewer, "?bandwidth=50000")
        assert "No pair has 50 Gbps left in Amsterdam. Order capacity from Microsoft." in shown
        assert "Next circuit goes here" not in shown

    @pytest.mark.parametrize("text", ["", "0", "-5", "1e3", "abc", "9" * 30])
    def test_what_is_no_bandwidth_asks_for_nothing(self, viewer: Client, northlink: Subscription, text: str):
        assert "does not fit" not in page(viewer, f"?bandwidth={text}")


class TestWarnings:
    @pytest.mark.parametrize(
        ("mbps", "tone", "word"),
        [
            (31_999, "", "Next circuit"),
            (32_000, "warn", "Next circuit"),
            (40_000, "bad", "Full"),
            (41_000, "bad", "Full"),
        ],
    )
    def test_from_eighty_per_cent_on(self, viewer: Client, mbps: int, tone: str, word: str):
        listed(enlisted(), entry(**used(mbps)))
        shown = page(viewer)
        assert f'class="gauge {tone}"' in shown
        assert word in pair(shown, "AMS-06GMR-CIS-3")

    def test_a_pair_that_is_not_the_next_says_that_it_is_nearly_full(self, viewer: Client):
        listed(enlisted(), entry(**used(32_000)), entry(SECOND, **used(0)))
        shown = page(viewer)
        assert "Nearly full" in pair(shown, "AMS-06GMR-CIS-3")
        assert "Order capacity" not in shown

    def test_where_all_are_nearly_full_capacity_has_to_be_ordered(self, viewer: Client):
        listed(enlisted(), entry(**used(32_000)), entry(SECOND, **used(40_000)))
        assert "All pairs in Amsterdam are used to 80 % or more. Order capacity from Microsoft." in page(viewer)

    def test_where_nothing_is_left_at_all_as_well(self, viewer: Client):
        listed(enlisted(), entry(**used(40_000)))
        assert "Nothing is left on any pair in Amsterdam. Order capacity from Microsoft." in page(viewer)


class TestWithoutAzuresList:
    def test_pairs_are_those_seen_on_the_circuits(self, viewer: Client):
        cross_connection(enlisted())
        told = pair(page(viewer), "AMS-06GMR-CIS-3")
        assert "Azure does not tell how much is left" in told
        assert "1 circuit" in told

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            (
                "SubscriptionNotRegisteredForFeature",
                "Ask Microsoft to register it",
            ),
            (
                "AuthorizationFailed",
                "a role with Microsoft.Network/expressRouteProviderPorts/read",
            ),
            ("InvalidResourceType", "Azure does not know port pairs in this subscription."),
            ("MissingSubscriptionRegistration", "Register the resource provider Microsoft.Network"),
        ],
    )
    def test_why_they_could_not_be_read_and_what_to_do_is_told(self, viewer: Client, code: str, words: str):
        subscription = enlisted()
        cross_connection(subscription)
        listed(subscription, read_at=None, read_error_code=code, read_correlation_id="c-1")
        shown = page(viewer)
        assert "The port pairs of Northlink could not be read." in shown
        assert words in shown
        assert "c-1" in shown
        assert "Azure does not tell how much is left" in shown

    def test_of_a_pair_whose_numbers_azure_leaves_out_the_rest_is_told(self, viewer: Client):
        silent = {"bandwidth_mbps": None, "used_mbps": None, "remaining_mbps": None, "overprovision_factor": None}
        listed(enlisted(), entry() | silent)
        assert "Not told by Azure" in pair(page(viewer), "AMS-06GMR-CIS-3")

    @pytest.mark.parametrize("missing", ["used_mbps", "remaining_mbps"])
    def test_two_of_the_three_numbers_tell_the_third(self, viewer: Client, missing: str):
        listed(enlisted(), entry(**used(10_000)) | {missing: None})
        assert "30 Gbps left 25 % used, 10 Gbps of 40 Gbps" in pair(page(viewer), "AMS-06GMR-CIS-3")

    def test_nothing_known_at_all_is_said(self, viewer: Client):
        assert "No port pair is known yet" in page(viewer)


class TestLocations:
    @pytest.fixture
    def valley(self, northlink: Subscription) -> None:
        cross_connection(northlink, peering_location="Silicon Valley", primary_azure_port="SV-1-PRI-A",
                         secondary_azure_port="SV-1-SEC-A")  # fmt: skip
        entries = [*Catalogue.objects.get().entries, entry("SV-1", "SiliconValley", **used(1_000))]
        Catalogue.objects.update(entries=entries)

    def test_one_that_azure_squeezes_is_spelled_as_the_mirror_does(self, viewer: Client, valley: None):
        shown = page(viewer)
        assert ">Silicon Valley</h2>" in shown
        assert "SiliconValley" not in shown
        assert "1 circuit on SV-1" in pair(shown, "SV-1")

    @pytest.mark.parametrize("spelled", ["Silicon Valley", "SiliconValley", "silicon valley"])
    def test_one_can_be_chosen(self, viewer: Client, valley: None, spelled: str):
        shown = page(viewer, f"?location={spelled}")
        assert "1 port pair in 1 location" in shown
        assert SECOND not in shown
        assert '<option value="Silicon Valley" selected>' in shown

    def test_one_that_is_not_there_is_said(self, viewer: Client, valley: None):
        assert "No port pair in “Atlantis”" in page(viewer, "?location=Atlantis")

    def test_htmx_gets_the_pairs_alone_under_the_address_of_what_was_chosen(self, viewer: Client, valley: None):
        answer = viewer.get(f"{ADDRESS}?location=Amsterdam&bandwidth=500", headers={"HX-Request": "true"})
        assert answer.headers["HX-Replace-Url"] == "/ports/?location=Amsterdam&bandwidth=500"
        assert "<html" not in answer.content.decode()


def test_who_sees_one_location_sees_its_pairs_alone(viewer: Client, northlink: Subscription):
    cross_connection(northlink, peering_location="Frankfurt", primary_azure_port="FRA-1-PRI-A")
    cross_connection(northlink, peering_location="Frankfurt", primary_azure_port="", secondary_azure_port="")
    Catalogue.objects.update(entries=[entry(), entry("FRA-1", "Frankfurt")])
    somebody = person("Jonas Lindqvist")
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Amsterdam")
    shown = page(signed_in_as(somebody))
    assert "AMS-06GMR-CIS-3" in shown
    assert "FRA" not in shown
    assert "Frankfurt" not in shown
    assert "on no port yet" not in shown


def test_a_person_without_a_role_sees_nothing_and_reads_nothing(signed_in: Callable[..., Client]):
    enlisted()
    browser = signed_in()
    assert browser.get(ADDRESS).status_code == 403
    assert browser.post(f"{ADDRESS}read/").status_code == 403
    assert not Catalogue.objects.exists()


def test_the_page_reads_its_own_list_alone_and_that_of_communities_none_of_it(viewer: Client):
    enlisted()
    assert 'hx-post="/ports/read/" hx-trigger="submit, load"' in page(viewer)
    viewer.post(f"{ADDRESS}read/")
    assert list(Catalogue.objects.values_list("kind", flat=True)) == ["port-pairs"]
    viewer.post("/communities/read/")
    assert Catalogue.objects.exclude(wanted_at=None).count() == 3
    Catalogue.objects.filter(kind="port-pairs").update(wanted_at=None, read_at=timezone.now())
    assert "Reading from Azure" not in page(viewer)
    assert "Reading from Azure" in viewer.get("/communities/").content.decode()


@pytest.mark.parametrize(("minutes", "asks"), [(4, False), (6, True)])
def test_after_five_minutes_it_asks_by_itself(viewer: Client, northlink: Subscription, minutes: int, *, asks: bool):
    Catalogue.objects.update(read_at=timezone.now() - timedelta(minutes=minutes))
    assert ('hx-trigger="submit, load"' in page(viewer)) is asks


def test_an_open_page_is_told_of_a_newer_reading(viewer: Client, northlink: Subscription):
    answer = viewer.get(f"{ADDRESS}state/?seen=1", headers={"HX-Request": "true"})
    assert "catalogued" in answer.headers["HX-Trigger"]
    assert 'hx-get="/ports/state/?seen=' in answer.content.decode()


def test_it_is_among_the_places(viewer: Client):
    assert 'href="/ports/" data-go="t" aria-current="page"' in page(viewer)


def test_a_hundred_pairs_take_no_more_queries_than_one(
    viewer: Client, northlink: Subscription, django_assert_max_num_queries: DjangoAssertNumQueries
):
    many = [entry(f"AMS-{number}") for number in range(100)]
    Catalogue.objects.update(entries=many)
    for one in many:
        cross_connection(northlink, primary_azure_port=one["primary_azure_port"])
    with django_assert_max_num_queries(10):
        page(viewer)
