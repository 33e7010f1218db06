"""The routing registry that Microsoft looks the advertised prefixes up in."""

from collections.abc import Iterator

from crossconnections.addressing.breaches import Breach, shown, use

# "Routing requirements" lists seven; LEVEL3 stands only in the Azure CLI, and Azure's own type is a free text.
ROUTING_REGISTRIES = ("ARIN", "APNIC", "AFRINIC", "LACNIC", "RIPENCC", "RADB", "ALTDB", "LEVEL3")
_NONE = "NONE"
_OTHER_NAMES = {"RIPE": "RIPENCC", "RIPE NCC": "RIPENCC", "RIPE-NCC": "RIPENCC", "LEVEL 3": "LEVEL3"}


def read_registry(text: str) -> str | None:
    """The registry in Azure's spelling, "" for none (Azure writes ``NONE``); None for a text that is neither."""
    word = text.strip().upper()
    if word in {"", _NONE}:
        return ""
    return word if word in ROUTING_REGISTRIES else None


def judge_registry(text: str) -> Iterator[Breach]:
    """M7: one of the eight, or none (ExpressRoute routing requirements; Azure CLI for LEVEL3)."""
    if read_registry(text) is not None:
        return
    meant = _OTHER_NAMES.get(" ".join(text.upper().split()))
    repairs = (use({"routing_registry": meant}),) if meant else ()
    values = {"text": shown(text.strip()), "registries": ", ".join(ROUTING_REGISTRIES)}
    yield Breach("M7", "registry", "routing_registry", values, repairs)
