import csv
import io

import pytest
from django.test import Client

from crossconnections.models import CrossConnection
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering


@pytest.fixture
def estate(viewer: Client) -> Client:
    emea, amer = enlisted("emea"), enlisted("amer")
    private_peering(cross_connection(emea, "a" * 36, circuit_name="er-one", bandwidth_mbps=1000))
    both = cross_connection(
        emea, "b" * 36, circuit_name="er-two", bandwidth_mbps=500, provider_provisioning_state="Provisioning"
    )
    private_peering(both, vlan_id=77)
    private_peering(both, peering_type="MicrosoftPeering", vlan_id=78, primary_prefix="51.4.0.8/30")
    cross_connection(amer, "c" * 36, circuit_name="er-three", provider_provisioning_state="NotProvisioned", s_tag=None)
    return viewer


def circuits(client: Client, query: str) -> list[str]:
    return sorted(row["circuit_name"] for row in client.get(f"/cross-connections.json?{query}").json()["results"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=Provisioned", {"er-one"}),
        ("state=Provisioned&state=NotProvisioned", {"er-one", "er-three"}),
        ("bandwidth=500", {"er-two"}),
        ("subscription=amer", {"er-three"}),
        ("peering=MicrosoftPeering", {"er-two"}),
        ("peering=AzurePrivatePeering", {"er-one", "er-two"}),
        ("peering=none", {"er-three"}),
        ("peering=none&peering=MicrosoftPeering", {"er-two", "er-three"}),
        ("peering=none&peering=MicrosoftPeering&peering=AzurePrivatePeering", {"er-one", "er-two", "er-three"}),
        ("state=Provisioned&subscription=amer", set()),
        (
            "state=Provisioning&bandwidth=500&subscription=emea&peering=MicrosoftPeering&q=two&location=amsterdam",
            {"er-two"},
        ),
        ("bandwidth=nonsense", {"er-one", "er-two", "er-three"}),
        ("bandwidth=99999999999999", {"er-one", "er-two", "er-three"}),
        ("q=77", {"er-two"}),
        ("q=51.4.0.9", {"er-two"}),
        ("q=51.4.0.8/30", {"er-two"}),
        ("q=172.16.18.6", {"er-one", "er-two"}),
        ("q=51.4.0.12", set()),
    ],
)
def test_filters_combine_and_several_values_of_one_mean_any_of_them(estate: Client, query: str, found: set[str]):
    assert circuits(estate, query) == sorted(found)
    page = estate.get(f"/cross-connections/?{query}").content.decode()
    assert {name for name in ("er-one", "er-two", "er-three") if f">{name}<" in page} == found


def test_what_azure_does_not_tell_can_be_chosen_as_well(viewer: Client):
    northlink = enlisted()
    untold = cross_connection(northlink, circuit_name="er-untold", bandwidth_mbps=None, peering_location="")
    CrossConnection.objects.filter(pk=untold.pk).update(provider_provisioning_state="")
    cross_connection(northlink, circuit_name="er-told")
    for query in ("state=none", "bandwidth=none", "location=none", "state=none&bandwidth=none&location=none"):
        assert circuits(viewer, query) == ["er-untold"]
    assert circuits(viewer, "state=none&state=Provisioned") == ["er-told", "er-untold"]
    assert circuits(viewer, "bandwidth=none&bandwidth=1000") == ["er-told", "er-untold"]
    page = viewer.get("/cross-connections/?state=none&bandwidth=none").content.decode()
    assert page.count('value="none" checked>Not told<span class="n">1</span>') == 2


def test_the_menus_offer_what_occurs_with_counts_and_show_what_is_chosen(estate: Client):
    page = estate.get("/cross-connections/?state=Provisioning&state=Vanished").content.decode()
    assert 'value="NotProvisioned">Not provisioned<span class="n">1</span>' in page
    assert 'value="Provisioning" checked>Provisioning' in page
    assert 'value="Vanished" checked>Vanished<span class="n">0</span>' in page


def test_a_fragment_brings_the_exports_address_and_the_menus_counts_along(estate: Client):
    part = estate.get("/cross-connections/?state=Provisioned", headers={"HX-Request": "true"}).content.decode()
    assert 'id="export" hx-swap-oob="true"' in part
    assert 'href="/cross-connections/export.csv?state=Provisioned"' in part
    assert 'id="menu-state" hx-swap-oob="true"' in part


def test_filters_that_match_nothing_say_so_and_can_be_cleared(estate: Client):
    page = estate.get("/cross-connections/?state=Provisioned&subscription=amer").content.decode()
    assert "No cross connection matches these filters" in page
    assert "Clear filters" in page


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/cross-connections/export.csv?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_holds_exactly_what_the_list_holds(estate: Client):
    assert {line["circuit_name"] for line in exported(estate)} == {"er-one", "er-two", "er-three"}
    (line,) = exported(estate, "bandwidth=500")
    assert (line["circuit_name"], line["peerings"], line["vlan_ids"]) == (
        "er-two",
        "AzurePrivatePeering MicrosoftPeering",
        "77 78",
    )


def test_the_export_is_a_file_of_its_own_and_kept_by_no_cache(estate: Client):
    answer = estate.get("/cross-connections/export.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="cross-connections-')
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()


def test_a_name_that_would_be_a_formula_is_text_to_a_spreadsheet(viewer: Client):
    cross_connection(enlisted(), KEY, circuit_name='=HYPERLINK("http://evil.example")', peering_location=" +1")
    (line,) = exported(viewer)
    assert line["circuit_name"] == '\'=HYPERLINK("http://evil.example")'
    assert line["peering_location"] == "' +1"
    assert CrossConnection.objects.get().circuit_name.startswith("=")
