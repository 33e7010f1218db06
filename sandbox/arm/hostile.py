"""Texts of people who mean no good, wherever Azure passes on what was typed: names, notes, tags, ports, table rows.

Azure has rules for names and few for the rest; whoever shows a text must not count on any. Ids, states and numbers stay
as they are, so that what is read can still be worked with. Etags move, as they do with every other change.
"""

from collections.abc import Callable, Collection
from typing import Any

# Behind the text, but for the formula, which is one only at the beginning.
_ADDED: dict[str, Callable[[str], str]] = {
    "markup": lambda text: f"{text}<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "formulas": lambda text: f'=HYPERLINK("http://evil.example";"{text}")',
    "escapes": lambda text: f"{text}\x1b[31mred\x07\r\nforged: yes",
    "turned": lambda text: f"{text}\u202egnp.exe\u2069\u2066\u200f\u200b",
    "nul": lambda text: f"{text}\0",
    "halves": lambda text: f"{text}\ud800",
}
_QUOTE = '"'
KINDS = tuple(_ADDED)
_TEXTS = frozenset({
    "serviceProviderNotes", "peeringLocation", "primaryAzurePort", "secondaryAzurePort", "lastModifiedBy",
    "routingRegistryName", "portPairDescriptor", "serviceName", "communityName", "communityValue",
    "serviceSupportedRegion", "serviceGroup", "message", "target", "interface", "macAddress", "ipAddress", "neighbor",
    "upDown", "stateOrPrefixesReceived", "network", "nextHop", "locPrf", "path", "validationId",
})  # fmt: skip
_LISTS = frozenset({"advertisedPublicPrefixes", "advertisedCommunities", "communityPrefixes", "communities"})


def with_hostile_texts(body: dict[str, Any], kinds: Collection[str]) -> dict[str, Any]:
    """The same answer with something of each kind in every such text, tags and their names among them."""
    if not kinds:
        return body
    told = {name: _inside(name, value, kinds) for name, value in body.items()}
    # Of most resources the name is in the id, and cannot be just anything; nobody follows that of a route filter.
    is_filter = str(body.get("type", "")).startswith("Microsoft.Network/routeFilters")
    return {**told, "name": _made(str(body["name"]), kinds)} if is_filter else told


def _inside(name: str, value: object, kinds: Collection[str]) -> object:
    if name == "etag" and isinstance(value, str) and value:
        return f"{value.rstrip(_QUOTE)}-{'-'.join(kinds)}{_QUOTE}"
    if name == "tags" and isinstance(value, dict):
        return {_made(one, kinds): _made(str(text), kinds) for one, text in {**value, "note": ""}.items()}
    if isinstance(value, dict):
        return with_hostile_texts(value, kinds)
    if isinstance(value, list):
        return [_of_list(name, one, kinds) for one in value]
    return _made(value, kinds) if name in _TEXTS and isinstance(value, str) else value


def _of_list(name: str, value: object, kinds: Collection[str]) -> object:
    if isinstance(value, dict):
        return with_hostile_texts(value, kinds)
    return _made(value, kinds) if name in _LISTS and isinstance(value, str) else value


def _made(text: str, kinds: Collection[str]) -> str:
    for kind in kinds:
        text = _ADDED[kind](text)
    return text
