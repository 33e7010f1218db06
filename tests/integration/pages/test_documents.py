import csv
import io

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.integration.pages.rows import KEY, cross_connection, enlisted, last_known, private_peering


def test_the_twin_of_a_page_has_the_facts_under_the_python_names(viewer: Client) -> None:
    private_peering(cross_connection(enlisted(), KEY, tags={"tier": "gold"}))
    document = viewer.get(f"/cross-connections/{KEY}.json").json()
    assert document["service_key"] == KEY
    assert document["provider_provisioning_state"] == "Provisioned"
    assert (document["bandwidth_mbps"], document["s_tag"]) == (1000, 412)
    assert (document["subscription"], document["tags"]) == ("Northlink", {"tier": "gold"})
    assert document["read_at"].endswith("Z")
    assert document["gone_at"] is None
    [peering] = document["peerings"]
    assert (peering["peering_type"], peering["vlan_id"]) == ("AzurePrivatePeering", 200)
    assert peering["primary_prefix"] == "172.16.18.0/30"


def test_each_peering_has_the_last_known_state_of_both_paths(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    down = last_known(row, "primary", "down")
    [peering] = viewer.get(f"/cross-connections/{KEY}.json").json()["peerings"]
    read_at = down.read_at.isoformat().replace("+00:00", "Z")
    assert peering["paths"] == {
        "primary": {"state": "down", "rule": "R25", "prefixes": None, "read_at": read_at, "since": read_at},
        "secondary": {"state": "unknown", "rule": "", "prefixes": None, "read_at": None, "since": None},
    }
    [listed] = viewer.get("/cross-connections.json").json()["results"]
    assert listed["peerings"] == [peering]


def test_a_line_of_the_export_has_a_state_for_each_peering_and_the_oldest_time(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    for peering_type in ("MicrosoftPeering", "AzurePrivatePeering"):
        private_peering(row, peering_type=peering_type)
    last_known(row, "primary", peering_type="MicrosoftPeering")
    oldest = last_known(row, "secondary", "down", minutes=50)
    cross_connection(row.subscription)
    text = viewer.get("/cross-connections/export.csv").getvalue().decode("utf-8-sig")
    lines = {line["service_key"]: line for line in csv.DictReader(io.StringIO(text))}
    told = lines.pop(KEY)
    assert told["peerings"] == "AzurePrivatePeering MicrosoftPeering"
    assert (told["primary_state"], told["secondary_state"]) == ("unknown up", "down unknown")
    assert told["states_read_at"] == f"{oldest.read_at:%Y-%m-%dT%H:%M:%SZ}"
    (other,) = lines.values()
    assert (other["primary_state"], other["secondary_state"], other["states_read_at"]) == ("", "", "")


def test_the_twin_of_the_list_takes_its_filters(viewer: Client) -> None:
    northlink = enlisted()
    cross_connection(northlink, KEY)
    cross_connection(northlink, peering_location="Dublin")
    answer = viewer.get("/cross-connections.json", {"q": "contoso", "location": "Amsterdam"}).json()
    assert [row["service_key"] for row in answer["results"]] == [KEY]
    assert answer["next"] is None


def test_pages_of_the_list_meet_every_row_once(viewer: Client) -> None:
    northlink = enlisted()
    keys = {cross_connection(northlink).service_key for _ in range(401)}
    met: list[str] = []
    address = "/cross-connections.json?q=contoso"
    while address:
        answer = viewer.get(address).json()
        met += [row["service_key"] for row in answer["results"]]
        address = answer["next"]
    assert met == sorted(keys)


def test_the_same_key_in_two_subscriptions_is_met_twice_wherever_a_page_ends(viewer: Client) -> None:
    northlink = enlisted("Northlink")
    for subscription in (northlink, enlisted("Southlink")):
        cross_connection(subscription, "k" * 36)
    for number in range(199):
        cross_connection(northlink, f"a{number:035}")
    first = viewer.get("/cross-connections.json").json()
    second = viewer.get(first["next"]).json()
    labels = {row["subscription"] for answer in (first, second) for row in answer["results"][-1:]}
    assert (len(first["results"]), len(second["results"]), labels) == (200, 1, {"Northlink", "Southlink"})


@pytest.mark.parametrize("rows", [5, 120])
@pytest.mark.parametrize(
    # Session, person, roles; the rows, their peerings, their paths, what waits. An export is counted, the first of a
    # minute opens the count, and recorded: a transaction with a head and an entry in it.
    ("address", "queries"),
    [("/cross-connections.json", 7), ("/cross-connections/export.csv", 13)],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    viewer: Client, address: str, queries: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    northlink = enlisted()
    for _ in range(rows):
        row = cross_connection(northlink)
        private_peering(row)
        last_known(row, "primary")
    viewer.get("/cross-connections/export.csv").getvalue()  # the first entry ever makes the head
    with django_assert_num_queries(queries):
        assert viewer.get(address).getvalue()


def test_what_is_gone_in_azure_is_not_in_the_list_but_has_its_own_document(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, gone_at=timezone.now())
    assert viewer.get("/cross-connections.json").json()["results"] == []
    assert viewer.get(f"/cross-connections/{KEY}.json").json()["gone_at"]


def test_an_unknown_key_has_no_document(viewer: Client) -> None:
    assert viewer.get("/cross-connections/nope.json").status_code == 404
