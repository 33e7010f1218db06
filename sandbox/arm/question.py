"""A request that made it to the resource provider."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose token and version are good, to a subscription that exists; parameters in lower case."""

    world: World
    subscription_id: str
    version: str
    parameters: Mapping[str, str]
    words: dict[str, str]

    @property
    def skip_token(self) -> str | None:
        """Where the page starts."""
        return self.parameters.get("$skiptoken")

    @property
    def subscription_path(self) -> str:
        """What every id in the subscription begins with."""
        return f"/subscriptions/{self.subscription_id}"
