"""What Microsoft's published trace sends to set up both peerings, to the letter.

Source: MicrosoftDocs/azure-docs, cross-connections-api-development, 2018-05-01, api-version 2018-02-01.
"""

from typing import Any

PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
REQUESTS: dict[str, dict[str, Any]] = {
    PRIVATE: {
        "properties": {
            "peeringType": "AzurePrivatePeering",
            "peerASN": 500,
            "primaryPeerAddressPrefix": "10.0.0.0/30",
            "secondaryPeerAddressPrefix": "10.0.0.4/30",
            "sharedKey": "A1B2C3D4",
            "vlanId": 200,
        },
        "name": "AzurePrivatePeering",
    },
    MICROSOFT: {
        "properties": {
            "peeringType": "MicrosoftPeering",
            "peerASN": 900,
            "primaryPeerAddressPrefix": "123.0.0.0/30",
            "secondaryPeerAddressPrefix": "123.0.0.4/30",
            "vlanId": 300,
            "microsoftPeeringConfig": {
                "advertisedPublicPrefixes": ["123.1.0.0/24"],
                "customerASN": 45,
                "routingRegistryName": "ARIN",
            },
        },
        "name": "MicrosoftPeering",
    },
}
