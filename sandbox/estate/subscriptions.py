"""The Azure subscriptions of the sandbox."""

from dataclasses import dataclass
from typing import Literal

from sandbox.ids import stable_id


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription; only the provider's, production and test, are enrolled for cross connections."""

    label: str
    kind: Literal["production", "test", "customer"]

    @property
    def id(self) -> str:
        """Its GUID, the same in every sandbox."""
        return stable_id("subscription", self.label)

    @property
    def is_enrolled(self) -> bool:
        """Whether Azure shows it the resource type expressRouteCrossConnections at all."""
        return self.kind != "customer"


EMEA = Subscription("northlink-er-prod-emea", "production")
AMER = Subscription("northlink-er-prod-amer", "production")
TEST = Subscription("northlink-er-test", "test")
CUSTOMER = Subscription("contoso-network", "customer")

SUBSCRIPTIONS = (EMEA, AMER, TEST, CUSTOMER)


def find_subscription(subscription_id: str) -> Subscription | None:
    """The subscription of that id, in any case."""
    return next((one for one in SUBSCRIPTIONS if one.id == subscription_id.casefold()), None)


def find_labelled(label: str) -> Subscription | None:
    """The subscription of that label, in any case."""
    return next((one for one in SUBSCRIPTIONS if one.label == label.casefold()), None)
