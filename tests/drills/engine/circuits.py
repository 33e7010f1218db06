"""The circuits that drills begin with: what their customer has set up, and whether the partner has provisioned them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.integration.domain.readings import MICROSOFT, MICROSOFT_PEERING, PRIVATE, PRIVATE_PEERING


@dataclass(frozen=True, eq=False)
class Circuit:
    """Its peerings by type, with the facts that Azure knows them by."""

    peerings: Mapping[str, dict[str, Any]]
    is_provisioned: bool = True


ORDERED = Circuit({PRIVATE: PRIVATE_PEERING}, is_provisioned=False)
WITHOUT_PEERINGS = Circuit({})
WITH_PRIVATE = Circuit({PRIVATE: PRIVATE_PEERING})
WITH_MICROSOFT = Circuit({MICROSOFT: MICROSOFT_PEERING})
