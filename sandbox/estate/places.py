"""Peering locations, as Microsoft lists them (expressroute-locations-providers), and who is present there."""

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from sandbox.estate.regions import region_of
from sandbox.estate.subscriptions import AMER, EMEA, Subscription

_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A peering location: the resource group Azure keeps its cross connections in, and its ports."""

    name: str
    resource_group: str
    region: str
    code: str
    secondary_device_offset: int = 0

    def ports(self, pair: int) -> tuple[str, str]:
        """The primary and secondary Azure port of a port pair."""
        secondary = pair + self.secondary_device_offset
        return f"{self.code}-06GMR-CIS-{pair}-PRI-A", f"{self.code}-06GMR-CIS-{secondary}-SEC-A"


# The one place of Microsoft's published trace (cross-connections-api-development); it is in no public list.
EUAP_TEST = Place("EUAP Test", "CrossConnection-EUAPTest", "eastus2euap", "EUAP-ARMTEST", 1)


def find_place(name: str) -> Place | None:
    """The peering location of that name, in any case."""
    return _places().get(name.casefold())


def find_squeezed_place(name: str) -> Place | None:
    """The same, also where spaces and punctuation are left out: "SiliconValley"."""
    wanted = _squeeze(name)
    return next((place for place in _places().values() if _squeeze(place.name) == wanted), None)


def locations_by_provider() -> dict[str, list[str]]:
    """Where each connectivity provider of the public list is."""
    found: dict[str, list[str]] = {}
    for entry in _read("peering_locations.json")["commercial"]:
        for provider in entry["providers"]:
            found.setdefault(provider, []).append(entry["name"])
    return found


def provider_places() -> list[tuple[Subscription, Place]]:
    """Where the provider is, busiest first, and in which subscription it keeps the place."""
    by_label = _read("provider.json")["locations"]
    columns = [[(one, _place(name)) for name in by_label[one.label]] for one in (EMEA, AMER)]
    return [pair for pair in chain.from_iterable(zip_longest(*columns)) if pair]


def bandwidths() -> list[int]:
    """What a circuit can be ordered with, in Mbps."""
    return list(_read("peering_locations.json")["bandwidthsMbps"])


@cache
def _places() -> dict[str, Place]:
    listed = [_to_place(entry) for entry in _read("peering_locations.json")["commercial"]]
    return {place.name.casefold(): place for place in [*listed, EUAP_TEST]}


def _place(name: str) -> Place:
    return _places()[name.casefold()]


def _to_place(entry: dict[str, Any]) -> Place:
    name = entry["name"]
    nearest = _read("provider.json")["nearest_region"].get(name)
    region = nearest or region_of(entry["localRegions"][0])
    return Place(name, entry["resourceGroup"], region, _codes().get(name) or _abbreviate(name))


@cache
def _codes() -> dict[str, str]:
    by_label = _read("provider.json")["locations"]
    return {name: code for codes in by_label.values() for name, code in codes.items()}


def _squeeze(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _abbreviate(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())[:5] + re.sub(r"\D", "", name)


@cache
def _read(file: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return content
