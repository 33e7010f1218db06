"""What is known of a piece of work: what Azure holds, what people did, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crossconnections.enums import PeeringType
from crossconnections.enums import ProviderProvisioningState as Provider

SERVICE_LAYER_2 = "layer2"


@dataclass(frozen=True, slots=True)
class Deed:
    """That something was done: ``by`` is "" where nobody of ours did it, ``at`` None where nobody saw when.

    ``note`` is what they said to it. ``change`` is the number of the change that did it.
    """

    at: datetime | None = None
    by: str = ""
    note: str = ""
    is_skipped: bool = False
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What the customer ordered; "", None or False where nobody has said."""

    location: str = ""
    bandwidth_mbps: int | None = None
    wanted: tuple[PeeringType, ...] = ()
    vlan_ids: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeeringFacts:
    """One peering as Azure holds it; ``prefixes_state`` is "" where there is nothing to validate."""

    is_enabled: bool
    vlan_id: int | None = None
    prefixes_state: str = ""


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """The newest reading that has an answer; ``ended_at`` is None while some of it may still come."""

    number: int
    asked_at: datetime
    by: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one workflow.

    ``reached`` is how each provider provisioning state came about that it was in since it began, ``set_up`` how each
    peering came to be as it is, ``ticks`` what people said is done, by the name of the step. ``moved_at`` is when it
    was seen on other ports than before, ``removed_vlan_ids`` are those of the peerings that it was our doing to remove.
    """

    begun_at: datetime
    state: str = ""
    gone_at: datetime | None = None
    location: str = ""
    bandwidth_mbps: int | None = None
    service: str = ""
    order: Order = Order()
    peerings: Mapping[str, PeeringFacts] = field(default_factory=dict)
    reading: ReadingFacts | None = None
    ticks: Mapping[str, Deed] = field(default_factory=dict)
    reached: Mapping[str, Deed] = field(default_factory=dict)
    set_up: Mapping[str, Deed] = field(default_factory=dict)
    moved_at: datetime | None = None
    removed_vlan_ids: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_provisioned(self) -> bool:
        """Whether the customer's circuit is in service, as far as the partner says."""
        return self.state == Provider.PROVISIONED

    @property
    def is_out_of_service(self) -> bool:
        """Whether the customer may delete it."""
        return self.state in {Provider.NOT_PROVISIONED, Provider.DE_PROVISIONED}

    @property
    def is_of_layer_2(self) -> bool:
        """Whether the customer speaks BGP with Microsoft, and sets the peerings up."""
        return self.service == SERVICE_LAYER_2

    @property
    def configured_at(self) -> datetime:
        """When that was last set which tables are read for: an older reading tells nothing about it."""
        deeds = [*self.set_up.values(), self.reached.get(Provider.PROVISIONED, Deed())]
        return max(filter(None, [self.begun_at, self.moved_at, *(deed.at for deed in deeds)]))

    @property
    def fresh_reading(self) -> ReadingFacts | None:
        """The newest reading, where it was asked for since the last setting."""
        reading = self.reading
        return reading if reading and reading.asked_at >= self.configured_at else None
