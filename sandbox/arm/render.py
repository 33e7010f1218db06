"""The same cross connection as different questions show it."""

from collections.abc import Collection
from typing import Any

from sandbox.arm.versions import DEPROVISIONED_SINCE, PREFIX_INFO_SINCE
from sandbox.estate.documents import Document
from sandbox.estate.written_peerings import under_way

# A list entry lacks these and every peering, in Microsoft's published trace (cross-connections-api-development).
_NOT_LISTED = ("primaryAzurePort", "secondaryAzurePort", "sTag")
# The answer to a write of a peering lacks these, its etag and its type, in the same trace.
_NOT_ANSWERED = ("primaryAzurePort", "secondaryAzurePort", "gatewayManagerEtag")


def render_whole(document: Document, version: str) -> Document:
    """As one asks for a single one."""
    properties = document["properties"]
    peerings = [render_peering(peering, version) for peering in properties["peerings"]]
    return {**document, "properties": {**_in_words_of(version, properties), "peerings": peerings}}


def render_listed(document: Document, version: str) -> Document:
    """As an entry of a list."""
    facts = {name: value for name, value in document["properties"].items() if name not in _NOT_LISTED}
    return {**document, "properties": {**_in_words_of(version, facts), "peerings": []}}


def render_accepted(document: Document, written: Collection[str]) -> Document:
    """As the answer to a write has it, which is not the truth: ports blank and no S-tag (Microsoft's published trace).

    Peerings that are ``written`` are as in the answer to a write of one. Inferred: that the answer for the cross
    connection has them so as well.
    """
    peerings = [under_way(one) if one["name"] in written else one for one in document["properties"]["peerings"]]
    blank = {"primaryAzurePort": "", "secondaryAzurePort": "", "sTag": 0, "peerings": peerings}
    return {**document, "properties": {**document["properties"], **blank}}


def render_accepted_peering(peering: Document, version: str) -> Document:
    """As the answer to a write of it has it, which lacks more than is shown later (Microsoft's published trace)."""
    told = render_peering(under_way(peering), version)
    facts = {name: value for name, value in told["properties"].items() if name not in _NOT_ANSWERED}
    return {"name": told["name"], "id": told["id"], "properties": facts}


def render_peering(peering: Document, version: str) -> Document:
    """A peering without what its api-version does not know yet."""
    if version >= PREFIX_INFO_SINCE:
        return peering
    return {**peering, "properties": _without_prefix_info(peering["properties"])}


def _in_words_of(version: str, facts: Document) -> Document:
    """The provider's state in a word that the api-version has.

    Not documented: what a version before DeProvisioned shows. Here NotProvisioned: of the older words the one for a
    circuit that no provider serves, and the one that public traces see Provisioned change to and from.
    """
    if version >= DEPROVISIONED_SINCE or facts["serviceProviderProvisioningState"] != "DeProvisioned":
        return facts
    return {**facts, "serviceProviderProvisioningState": "NotProvisioned"}


def _without_prefix_info(value: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_prefix_info(inner) if isinstance(inner, dict) else inner
        for name, inner in value.items()
        if name != "advertisedPublicPrefixInfo"
    }
