"""What stands around the forms of changes."""

from dataclasses import dataclass

from crossconnections.models import CrossConnection
from crossconnections.presenters.states import bandwidth


@dataclass(frozen=True, slots=True)
class Head:
    """Whose form it is: ``name`` is the circuit's, or where it has none the service key's beginning."""

    name: str
    service_key: str
    location: str


@dataclass(frozen=True, slots=True)
class Layer2Fact:
    """A number of layer 2 that Azure assigns; ``label`` is what the copy button says, "" where there is nothing."""

    name: str
    value: str
    label: str


def show_head(row: CrossConnection) -> Head:
    """For breadcrumb and title."""
    return Head(row.circuit_name or f"{row.service_key[:8]}…", row.service_key, row.peering_location)


def show_layer_2(row: CrossConnection) -> list[Layer2Fact]:
    """What has to be built before Provisioned is true."""
    facts = (
        ("S-tag", row.s_tag or ""),
        ("Primary port", row.primary_azure_port),
        ("Secondary port", row.secondary_azure_port),
    )
    told = [Layer2Fact(name, str(value) or "Not told", name.lower() if value else "") for name, value in facts]
    return [*told, Layer2Fact("Bandwidth", bandwidth(row.bandwidth_mbps), "")]
