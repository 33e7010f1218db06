"""A peering as the partner writes it: what is sent replaces what may be written, and Azure decides the rest."""

from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag, new_peering
from sandbox.estate.peering_facts import READ_ONLY
from sandbox.estate.prefix_states import CONFIG
from sandbox.estate.written_prefixes import written_config

Facts = dict[str, Any]
_MOVED = {"provisioningState": "Updating", "lastModifiedBy": ""}


def written_peering(document: Document, known: Facts | None, name: str, sent: Facts) -> Facts:
    """The peering of that name after the write: Updating, under a new etag.

    Not documented: what `lastModifiedBy` says then; blank as in Microsoft's published trace.
    """
    base = known or new_peering(document, name)
    properties = _written(document["name"], base["properties"], sent)
    return {**base, "etag": new_etag(), "properties": {**properties, **_MOVED}}


def is_as_it_was(known: Facts, written: Facts) -> bool:
    """Whether a write changes nothing of a peering whose last one came to a good end."""
    is_settled = known["properties"]["provisioningState"] == "Succeeded"
    before, after = ({**one["properties"], **_MOVED} for one in (known, written))
    return is_settled and before == after


def under_way(peering: Facts) -> Facts:
    """A peering as the answer to a write of it has it, and a GET until the operation ends.

    Disabled, without an AS of Microsoft's, nobody modified it, and it has no etag (Microsoft's published trace). Not
    documented: what a GET shows meanwhile.
    """
    blank = {"azureASN": 0, "state": "Disabled", "lastModifiedBy": ""}
    kept = {name: value for name, value in peering.items() if name != "etag"}
    return {**kept, "properties": {**peering["properties"], **blank}}


def _written(service_key: str, known: Facts, sent: Facts) -> Facts:
    """Without a state it is Enabled, and the etag of the gateway manager stays where none is sent. Both inferred."""
    stays = {name: known[name] for name in (*READ_ONLY, "peeringType", "gatewayManagerEtag") if name in known}
    told = {name: value for name, value in sent.items() if name not in {*READ_ONLY, "sharedKey"}}
    facts = {"state": "Enabled", **stays, **told}
    asns = known.get("peerASN", 0), facts.get("peerASN", 0)
    _decide(service_key, asns, known, facts)
    if "ipv6PeeringConfig" in facts:
        facts["ipv6PeeringConfig"] = {"state": "Enabled", **facts["ipv6PeeringConfig"]}
        _decide(service_key, asns, known.get("ipv6PeeringConfig", {}), facts["ipv6PeeringConfig"])
    return facts


def _decide(service_key: str, asns: tuple[int, int], known: Facts, facts: Facts) -> None:
    """Let the configuration of Microsoft's side, where there is one, have what Azure says of its prefixes."""
    if CONFIG in facts:
        facts[CONFIG] = written_config(service_key, asns, known.get(CONFIG, {}), facts[CONFIG])
