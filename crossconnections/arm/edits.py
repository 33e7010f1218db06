"""What of a cross connection is to be different, and the request that makes it so.

A PUT replaces the whole resource, and one that leaves something out is refused or may remove it (azure-rest-api-specs
27436, azure-sdk-for-python 35073): the body is that of a fresh GET with the one change, whatever else stands there.
Tags go by a PATCH of their own, which touches nothing else, and a peering by a PUT or DELETE of its own.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crossconnections.arm.peering_edits import edited_peering, find_peering

_PLACES = {
    "provider_provisioning_state": "serviceProviderProvisioningState",
    "provider_notes": "serviceProviderNotes",
    # Read-only by the specification, writable for partners (Circuit placement API; azure-rest-api-specs 31497).
    "primary_azure_port": "primaryAzurePort",
    "secondary_azure_port": "secondaryAzurePort",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """The values that are asked for, of the cross connection itself or of the peering whose type is ``subject``.

    ``asked`` holds fields of the resource by name: for a cross connection ``tags`` alone or any of the others that a
    partner writes, for a peering those of :func:`~crossconnections.arm.peering_edits.edited_peering`. With ``removes``
    the peering goes. ``shared_key`` is that of the peering, "" to take it away; None leaves it alone.
    """

    asked: Mapping[str, Any]
    subject: str = ""
    removes: bool = False
    shared_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """A request as it is sent: ``operation`` is Azure's id of it, ``body`` JSON that may hold shared keys, or none.

    ``place`` is what follows the cross connection's id in the address, ``etag`` the one that the request is made from.
    """

    operation: str
    method: str
    body: dict[str, Any] | None = field(repr=False)
    place: str = ""
    etag: str = ""


def build_write(document: Mapping[str, Any], edit: Edit) -> WriteRequest:
    """The request for an edit of a cross connection, of which ``document`` is the GET; KeyError for a field of neither.

    A peering is made from what the cross connection's GET has of it, which is all of it (OESS, Internet2's client of
    the same API, does so too).
    """
    if edit.subject:
        return _of_peering(document, edit)
    etag = str(document.get("etag") or "")
    if edit.asked.keys() == {"tags"}:
        tags = {"tags": dict(edit.asked["tags"])}
        return WriteRequest("ExpressRouteCrossConnections_UpdateTags", "PATCH", tags, etag=etag)
    body = copy.deepcopy(dict(document))
    body["properties"] |= {_PLACES[name]: value for name, value in edit.asked.items()}
    return WriteRequest("ExpressRouteCrossConnections_CreateOrUpdate", "PUT", body, etag=etag)


def _of_peering(document: Mapping[str, Any], edit: Edit) -> WriteRequest:
    known, place = find_peering(document, edit.subject), f"/peerings/{edit.subject}"
    etag = str(known.get("etag") or "") if known else ""
    if edit.removes:
        return WriteRequest("ExpressRouteCrossConnectionPeerings_Delete", "DELETE", None, place, etag)
    body = edited_peering(known, edit.subject, edit.asked)
    if edit.shared_key is not None:
        # Blank, to take it away: not documented, but it cannot be taken for "leave it as it is", as nothing at all can.
        body["properties"]["sharedKey"] = edit.shared_key
    return WriteRequest("ExpressRouteCrossConnectionPeerings_CreateOrUpdate", "PUT", body, place, etag)
