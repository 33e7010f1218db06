"""Azure's regions: a resource has `westcentralus`, what people read has "West Central US"."""

import json
from functools import cache
from itertools import chain
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "peering_locations.json"
# Near a peering location and yet not in its list; the first one is that of Microsoft's published trace.
_ELSEWHERE = ("East US 2 EUAP", "Austria East", "Belgium Central", "Chile Central", "Denmark East")


def region_of(name: str) -> str:
    """A region as a resource has it."""
    return name.casefold().replace(" ", "")


def display_name(region: str) -> str:
    """A region as people read it; as it is where nobody wrote down its name."""
    return _names().get(region, region)


@cache
def _names() -> dict[str, str]:
    listed = json.loads(_FILE.read_text(encoding="utf-8"))["commercial"]
    named = chain(_ELSEWHERE, *(entry["localRegions"] for entry in listed))
    return {region_of(name): name for name in named}
