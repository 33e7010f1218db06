"""What of a cross connection is to be different, and the request that makes it so.

A PUT replaces the whole resource, and one that leaves something out is refused or may remove it (azure-rest-api-specs
27436, azure-sdk-for-python 35073): the body is that of a fresh GET with the one change, whatever else stands there.
Tags go by a PATCH of their own, which touches nothing else.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PLACES = {
    "provider_provisioning_state": "serviceProviderProvisioningState",
    "provider_notes": "serviceProviderNotes",
}


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """A request as it is sent: ``operation`` is Azure's id of it, ``body`` JSON that may hold shared keys."""

    operation: str
    method: str
    body: dict[str, Any]

    def __repr__(self) -> str:
        return f"WriteRequest({self.operation})"


def build_write(document: Mapping[str, Any], asked: Mapping[str, Any]) -> WriteRequest:
    """The request that gives a cross connection, of which ``document`` is the GET, the values in ``asked``.

    ``asked`` holds fields of :class:`~crossconnections.arm.resources.CrossConnectionResource` by name: ``tags`` alone,
    or any of the others that a partner writes. KeyError for another field.
    """
    if asked.keys() == {"tags"}:
        return WriteRequest("ExpressRouteCrossConnections_UpdateTags", "PATCH", {"tags": dict(asked["tags"])})
    body = copy.deepcopy(dict(document))
    body["properties"] |= {_PLACES[name]: value for name, value in asked.items()}
    return WriteRequest("ExpressRouteCrossConnections_CreateOrUpdate", "PUT", body)
