"""The configuration of Microsoft's side of a peering after a write: Azure decides what is said of its prefixes."""

from typing import Any

from sandbox.estate.peerings import prefix_info
from sandbox.estate.prefix_states import INFO, PREFIXES, STATE, fresh_of, overall

Facts = dict[str, Any]


def written_config(service_key: str, asns: tuple[int, int], known: Facts, sent: Facts) -> Facts:
    """The configuration under a peering whose AS was the first one and is the second.

    Prefixes that stay keep their state; those that Azure has to look at are NotConfigured until the write is done
    (Microsoft's published trace).
    """
    # Azure's to say: somebody who sends back what a GET showed, or an older api-version without it, changes nothing.
    told = {name: value for name, value in sent.items() if name not in {STATE, INFO}}
    prefixes, fresh = sent.get(PREFIXES, []), fresh_of(*asns, known, sent)
    if known and not fresh and prefixes == known.get(PREFIXES, []):
        decided = {name: known[name] for name in (STATE, INFO) if name in known}
    else:
        entries = {one: prefix_info(service_key, asns[1], one, "NotConfigured") for one in fresh}
        infos = [entries.get(one) or _kept(service_key, asns[1], known, one) for one in prefixes]
        decided = {STATE: overall(one["validationState"] for one in infos), INFO: infos}
        told = {"customerASN": 0, "legacyMode": 0, **told}
    if INFO in decided:
        decided[INFO] = [_signed(one, sent.get(INFO, [])) for one in decided[INFO]]
    return {**told, **decided}


def _kept(service_key: str, asn: int, known: Facts, prefix: str) -> Facts:
    """What is known of a prefix; a customer who edits may have told the state of all of them and not of each."""
    entry: Facts | None = next((one for one in known.get(INFO, []) if one.get("prefix") == prefix), None)
    return entry or prefix_info(service_key, asn, prefix, known.get(STATE, "Configured"))


def _signed(info: Facts, sent: list[Facts]) -> Facts:
    """The signature is the partner's to write."""
    signatures = {one["prefix"]: one["signature"] for one in sent if {"prefix", "signature"} <= one.keys()}
    prefix = info.get("prefix")
    return {**info, "signature": signatures[prefix]} if prefix in signatures else info
