"""The body of a peering's PUT: Azure's own, with what is asked for in its place, and nothing dropped."""

import copy
import json
from typing import Any

import pytest

from crossconnections.arm import Edit, build_write
from crossconnections.enums import PeeringType
from tests.published_peerings import REQUESTS

PRIVATE, MICROSOFT = PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING
KEY = "A1B2C3D4"
NONE: dict[str, Any] = {"etag": 'W/"parent"', "properties": {"peerings": []}}
CONFIG = {
    "advertisedPublicPrefixes": ["123.1.0.0/24", "123.2.0.0/24"],
    "advertisedPublicPrefixesState": "Configured",
    "advertisedPublicPrefixInfo": [
        {"prefix": "123.1.0.0/24", "validationId": "one", "signature": "signed", "validationState": "Configured"},
        {"prefix": "123.2.0.0/24", "validationId": "two", "signature": "", "validationState": "ValidationNeeded"},
    ],
    "advertisedCommunities": ["12076:5010"],
    "customerASN": 45,
    "legacyMode": 1,
    "routingRegistryName": "ARIN",
    "unheardOf": {"kept": [1, None, "ä"]},
}
KNOWN = {
    "name": "microsoftpeering",
    "id": "/…/peerings/MicrosoftPeering",
    "etag": 'W/"child"',
    "properties": {
        "peeringType": "MicrosoftPeering",
        "provisioningState": "Succeeded",
        "azureASN": 12076,
        "peerASN": 900,
        "vlanId": 300,
        "state": "Enabled",
        "primaryPeerAddressPrefix": "123.0.0.0/30",
        "secondaryPeerAddressPrefix": "123.0.0.4/30",
        "gatewayManagerEtag": "17",
        "microsoftPeeringConfig": CONFIG,
        "unheardOf": True,
    },
}
SIX = {"ipv6_primary_prefix": "2a10::/126", "ipv6_secondary_prefix": "2a10::4/126", "ipv6_state": "Enabled"}


def document(*peerings: dict[str, Any]) -> dict[str, Any]:
    return {"etag": 'W/"parent"', "properties": {"peerings": list(copy.deepcopy(peerings))}}


def put(asked: dict[str, Any], known: dict[str, Any] | None = KNOWN, subject: str = MICROSOFT) -> dict[str, Any]:
    """The properties that are sent."""
    request = build_write(document(*([known] if known else [])), Edit(asked, subject))
    assert request.body is not None
    properties: dict[str, Any] = request.body["properties"]
    return properties


def test_a_new_private_peering_is_microsofts_published_request():
    asked = {"peer_asn": 500, "vlan_id": 200, "primary_prefix": "10.0.0.0/30", "secondary_prefix": "10.0.0.4/30"}
    request = build_write(NONE, Edit(asked, PRIVATE, shared_key=KEY))
    assert (request.method, request.place, request.etag) == ("PUT", "/peerings/AzurePrivatePeering", "")
    assert request.body == REQUESTS[PRIVATE]


def test_a_new_microsoft_peering_is_microsofts_published_request():
    asked = {
        "peer_asn": 900,
        "vlan_id": 300,
        "primary_prefix": "123.0.0.0/30",
        "secondary_prefix": "123.0.0.4/30",
        "advertised_prefixes": ["123.1.0.0/24"],
        "customer_asn": 45,
        "routing_registry": "ARIN",
    }
    assert put(asked, known=None) == REQUESTS[MICROSOFT]["properties"]


def test_an_edit_sends_all_that_azure_holds_and_the_one_thing():
    assert put({"vlan_id": 301}) == {**KNOWN["properties"], "vlanId": 301}  # type: ignore[dict-item]


def test_an_edit_is_made_from_the_peerings_own_etag():
    assert build_write(document(KNOWN), Edit({"vlan_id": 301}, MICROSOFT)).etag == 'W/"child"'


def test_what_azure_holds_is_not_touched_by_building_a_request():
    held = document(KNOWN)
    build_write(held, Edit({"vlan_id": 301, "advertised_prefixes": [], **SIX}, MICROSOFT, shared_key=KEY))
    assert held == document(KNOWN)


def test_prefixes_that_stay_keep_what_was_signed_for_them():
    config = put({"advertised_prefixes": ["123.1.0.0/24", "123.9.0.0/24"]})["microsoftPeeringConfig"]
    assert config["advertisedPublicPrefixes"] == ["123.1.0.0/24", "123.9.0.0/24"]
    assert config["advertisedPublicPrefixInfo"] == [CONFIG["advertisedPublicPrefixInfo"][0]]  # type: ignore[index]
    assert config["legacyMode"] == 1


def test_a_family_that_is_new_gets_its_own_prefixes_and_what_is_for_both():
    sent = put({**SIX, "advertised_prefixes": ["123.1.0.0/24", "2a10:8000::/48"]})
    assert sent["microsoftPeeringConfig"]["advertisedPublicPrefixes"] == ["123.1.0.0/24"]
    assert sent["ipv6PeeringConfig"] == {
        "primaryPeerAddressPrefix": "2a10::/126",
        "secondaryPeerAddressPrefix": "2a10::4/126",
        "state": "Enabled",
        "microsoftPeeringConfig": {
            "advertisedPublicPrefixes": ["2a10:8000::/48"],
            "advertisedCommunities": ["12076:5010"],
            "customerASN": 45,
            "routingRegistryName": "ARIN",
        },
    }


def test_a_peering_of_ipv6_alone_has_no_config_of_ipv4():
    sent = put({**SIX, "advertised_prefixes": ["2a10:8000::/48"], "customer_asn": 45}, known=None)
    assert "microsoftPeeringConfig" not in sent
    assert sent["ipv6PeeringConfig"]["microsoftPeeringConfig"]["customerASN"] == 45


def test_a_family_that_goes_takes_its_config_along():
    both = {**KNOWN, "properties": put({**SIX, "advertised_prefixes": ["123.1.0.0/24", "2a10:8000::/48"]})}
    four = put({"ipv6_primary_prefix": "", "ipv6_secondary_prefix": "", "ipv6_state": ""}, known=both)
    assert "ipv6PeeringConfig" not in four
    six = put({"primary_prefix": "", "secondary_prefix": ""}, known=both)
    assert "microsoftPeeringConfig" not in six
    assert "primaryPeerAddressPrefix" not in six
    assert six["ipv6PeeringConfig"]["microsoftPeeringConfig"]["advertisedPublicPrefixes"] == ["2a10:8000::/48"]


def test_odd_parts_that_nobody_asked_about_stay():
    odd = {"state": "Enabled", "routeFilter": {"id": "/x"}}
    held = {**KNOWN, "properties": {**KNOWN["properties"], "ipv6PeeringConfig": odd}}  # type: ignore[dict-item]
    assert put({"vlan_id": 301}, known=held)["ipv6PeeringConfig"] == odd


def test_no_customer_asn_is_sent_as_zero():
    assert put({"customer_asn": None})["microsoftPeeringConfig"]["customerASN"] == 0


def test_a_private_peering_never_gets_a_microsoft_config():
    private = {"name": "AzurePrivatePeering", "properties": {"primaryPeerAddressPrefix": "10.0.0.0/30"}}
    assert "microsoftPeeringConfig" not in put({"vlan_id": 7}, known=private, subject=PRIVATE)


def test_a_field_that_nobody_writes_is_refused():
    with pytest.raises(KeyError):
        put({"azure_asn": 1})


@pytest.mark.parametrize(("shared_key", "sent"), [(None, "echoed"), (KEY, KEY), ("", "")])
def test_the_shared_key_is_left_alone_set_or_taken_away(shared_key: str | None, sent: str):
    echoed = {**KNOWN, "properties": {**KNOWN["properties"], "sharedKey": "echoed"}}  # type: ignore[dict-item]
    request = build_write(document(echoed), Edit({}, MICROSOFT, shared_key=shared_key))
    assert request.body is not None
    assert request.body["properties"]["sharedKey"] == sent


def test_a_removal_sends_nothing_but_itself():
    request = build_write(document(KNOWN), Edit({}, MICROSOFT, removes=True))
    assert (request.method, request.place, request.body) == ("DELETE", "/peerings/MicrosoftPeering", None)
    assert request.etag == 'W/"child"'


def test_no_repr_shows_a_key():
    edit = Edit({}, MICROSOFT, shared_key=KEY)
    assert KEY not in repr(edit)
    assert KEY not in repr(build_write(document(KNOWN), edit))
    assert json.dumps(build_write(document(KNOWN), edit).body).count(KEY) == 1
