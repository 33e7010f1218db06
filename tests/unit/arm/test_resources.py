import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm.reading import Fields, MalformedError
from crossconnections.arm.resources import read_cross_connection, read_peering
from crossconnections.enums import AdvertisedPrefixesState, PeeringType, ProviderProvisioningState
from tests.unit.arm import answers


def cross_connection(entry: object) -> Any:
    return read_cross_connection(Fields.parse(json.dumps(entry).encode()))


def peering(entry: object) -> Any:
    return read_peering(Fields.parse(json.dumps(entry).encode()))


def test_a_get_of_the_published_trace_is_read_whole() -> None:
    read = cross_connection(answers.load("trace_get"))
    assert read.service_key == read.resource_id.name == "9ee700ad-50b2-4b98-a63a-4e52f855ac24"
    assert read.resource_id.resource_group == "CrossConnection-EUAPTest"
    assert (read.location, read.peering_location, read.bandwidth_mbps) == ("eastus2euap", "EUAP Test", 200)
    assert read.provider_provisioning_state == ProviderProvisioningState.NOT_PROVISIONED
    assert (read.primary_azure_port, read.s_tag) == ("EUAP-ARMTEST-06GMR-CIS-1-PRI-A", 3)
    assert read.secondary_azure_port == "EUAP-ARMTEST-06GMR-CIS-2-SEC-A"
    assert read.circuit_id.endswith("/expressRouteCircuits/TestCircuitXYZ")
    assert read.etag == 'W/"f07a267f-4a5c-4538-83e5-de1fcb183801"'
    assert (read.tags, read.provider_notes, read.peerings) == ({}, "", ())


def test_an_entry_of_a_list_lacks_ports_and_s_tag() -> None:
    read = cross_connection(answers.load("trace_list")["value"][1])
    assert (read.primary_azure_port, read.secondary_azure_port, read.s_tag) == ("", "", None)


def test_tags_notes_and_peerings_of_a_cross_connection_are_read() -> None:
    entry = answers.load("spec_get") | {"tags": {"Owner": "NOC"}}
    entry["properties"] |= {"serviceProviderNotes": "ready", "peerings": answers.load("spec_peerings")["value"]}
    read = cross_connection(entry)
    assert (read.tags, read.provider_notes) == ({"Owner": "NOC"}, "ready")
    assert read.peerings[0].peering_type == PeeringType.AZURE_PRIVATE_PEERING


def test_a_word_that_azure_adds_is_data() -> None:
    assert cross_connection(answers.load("spec_get")).provisioning_state == "Enabled"


def test_a_private_peering_is_read_whole() -> None:
    read = peering(answers.load("spec_peerings")["value"][0])
    assert (read.azure_asn, read.peer_asn, read.vlan_id) == (12076, 200, 200)
    assert (read.primary_prefix, read.secondary_prefix) == ("192.168.16.252/30", "192.168.18.252/30")
    assert (read.state, read.provisioning_state, read.last_modified_by) == ("Enabled", "Succeeded", "Customer")
    assert read.etag == 'W/"72090554-7e3b-43f2-80ad-99a9020dcb11"'
    assert (read.microsoft, read.ipv6) == (None, None)


def test_a_microsoft_peering_is_read_with_what_it_advertises() -> None:
    read = peering(answers.load("trace_microsoft_peering"))
    assert read.microsoft.advertised_prefixes == ("123.1.0.0/24",)
    assert read.microsoft.advertised_prefixes_state == AdvertisedPrefixesState.NOT_CONFIGURED
    assert (read.microsoft.customer_asn, read.microsoft.routing_registry) == (45, "ARIN")
    assert (read.microsoft.legacy_mode, read.microsoft.advertised_communities) == (0, ())


def test_the_ipv6_side_is_part_of_the_same_peering() -> None:
    entry = answers.load("trace_microsoft_peering")
    entry["properties"]["ipv6PeeringConfig"] = {
        "primaryPeerAddressPrefix": "2001:db8::/126",
        "secondaryPeerAddressPrefix": "2001:db8::4/126",
        "state": "Enabled",
        "microsoftPeeringConfig": {"advertisedPublicPrefixes": ["2001:db8:1::/48"]},
    }
    read = peering(entry).ipv6
    assert (read.primary_prefix, read.secondary_prefix) == ("2001:db8::/126", "2001:db8::4/126")
    assert (read.state, read.microsoft.advertised_prefixes) == ("Enabled", ("2001:db8:1::/48",))


def test_the_shared_key_is_dropped() -> None:
    entry = answers.load("trace_private_peering")
    assert entry["properties"]["sharedKey"] == "A1B2C3D4"
    whole = answers.load("trace_get")
    whole["properties"]["peerings"] = [entry]
    assert "A1B2C3D4" not in repr(peering(entry)) + repr(cross_connection(whole))


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_tag_whose_name_no_database_takes_is_no_tag(name: str) -> None:
    with pytest.raises(MalformedError, match="tags has a name that is not a text"):
        cross_connection(answers.load("trace_get") | {"tags": {name: "gold"}})


def test_a_text_that_is_far_too_long_is_read_in_part() -> None:
    read = cross_connection(
        answers.load("trace_get") | {"tags": {"n" * 20_000: "v" * 20_000}, "location": "l" * 20_000}
    )
    assert (len(read.location), [(len(name), len(text)) for name, text in read.tags.items()]) == (
        10_000,
        [(10_000, 10_000)],
    )


def test_a_key_in_a_wrong_place_is_not_quoted() -> None:
    with pytest.raises(MalformedError) as raised:
        peering({"properties": {"vlanId": "A1B2C3D4"}})
    assert str(raised.value) == "properties.vlanId is not a whole number"


def test_words_in_another_case_are_the_words_that_are_known_and_others_stay_as_they_came() -> None:
    entry = answers.load("trace_private_peering")
    entry["properties"] |= {"peeringType": "azurePrivatePeering", "state": "ENABLED", "provisioningState": "Waiting"}
    read = peering(entry)
    assert (read.peering_type, read.state, read.provisioning_state) == ("AzurePrivatePeering", "Enabled", "Waiting")
    whole = answers.load("trace_get")
    whole["properties"]["serviceProviderProvisioningState"] = "notprovisioned"
    assert cross_connection(whole).provider_provisioning_state == "NotProvisioned"


def test_the_service_key_is_the_last_part_of_the_id_whatever_the_name_says() -> None:
    entry = answers.load("trace_get")
    assert cross_connection(entry | {"name": "a/b"}).service_key == "9ee700ad-50b2-4b98-a63a-4e52f855ac24"


def test_a_missing_optional_field_is_blank() -> None:
    bare = cross_connection({"id": answers.load("trace_get")["id"], "properties": {"sTag": None}})
    assert (bare.service_key, bare.s_tag) == ("9ee700ad-50b2-4b98-a63a-4e52f855ac24", None)
    assert (bare.etag, bare.location, bare.circuit_id, bare.peerings) == ("", "", "", ())
    assert peering({"properties": {}, "name": "MicrosoftPeering"}).peering_type == "MicrosoftPeering"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), None),
        (("id",), ""),
        (("id",), 7),
        (("id",), "/subscriptions/x"),
        (("etag",), 7),
        (("location",), {}),
        (("location",), "\ud800"),
        (("location",), "a\x00b"),
        (("tags",), "x"),
        (("tags",), {"a": 1}),
        (("properties",), None),
        (("properties",), "x"),
        (("properties",), []),
        (("properties", "sTag"), "3"),
        (("properties", "sTag"), True),
        (("properties", "sTag"), 3.0),
        (("properties", "sTag"), 2**63),
        (("properties", "bandwidthInMbps"), {}),
        (("properties", "peeringLocation"), 1),
        (("properties", "expressRouteCircuit"), "x"),
        (("properties", "expressRouteCircuit"), {"id": 1}),
        (("properties", "peerings"), {}),
        (("properties", "peerings"), ["x"]),
        (("properties", "peerings"), [{}]),
        (("properties", "peerings"), [{"properties": {"microsoftPeeringConfig": "x"}}]),
        (("properties", "peerings"), [{"properties": {"microsoftPeeringConfig": {"advertisedPublicPrefixes": "x"}}}]),
        (("properties", "peerings"), [{"properties": {"microsoftPeeringConfig": {"advertisedCommunities": [1]}}}]),
        (("properties", "peerings"), [{"properties": {"ipv6PeeringConfig": 1}}]),
    ],
)
def test_a_value_of_a_wrong_type_is_named_by_its_place(path: tuple[str, ...], value: object) -> None:
    entry = copy.deepcopy(answers.load("trace_get"))
    inner = entry
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(MalformedError, match=path[-1]):
        cross_connection(entry)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "properties"]), inner),
    max_leaves=8,
)


@given(st.sampled_from(["id", "name", "tags", "properties"]), _json)
def test_no_json_brings_the_reader_down_in_another_way(name: str, value: object) -> None:
    entry = answers.load("trace_get") | {name: value}
    try:
        cross_connection(entry)
    except MalformedError:
        return


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe\xfd", b'{"a": NaN}', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"],
)
def test_a_body_that_is_no_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedError):
        Fields.parse(body)
