"""A peering that somebody makes, before anything is written into it."""

import uuid
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.peerings import MICROSOFT_ASN

_TYPE = "Microsoft.Network/expressRouteCrossConnections/peerings"


def new_peering(document: Document, name: str) -> dict[str, Any]:
    """The peering of a cross connection, Enabled, without an etag."""
    properties = {"peeringType": name, "provisioningState": "Succeeded", "azureASN": MICROSOFT_ASN, "state": "Enabled"}
    return {
        "name": name,
        "id": f"{document['id']}/peerings/{name}",
        "type": _TYPE,
        "properties": {**properties, "primaryAzurePort": "", "secondaryAzurePort": "", "gatewayManagerEtag": "1"},
    }


def new_etag() -> str:
    """An etag that nothing had before."""
    return f'W/"{uuid.uuid4()}"'
