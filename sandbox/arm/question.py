"""A request that made it to the resource provider."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.arm.sentences import ENGLISH
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose token and version are good, to a subscription that exists; parameters in lower case."""

    world: World
    subscription_id: str
    version: str
    parameters: Mapping[str, str]
    words: dict[str, str]
    method: str = "GET"
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    # The language of what it may tell of an error.
    sentences: Mapping[str, str] = field(default_factory=lambda: ENGLISH)

    @property
    def skip_token(self) -> str | None:
        """Where the page starts."""
        return self.parameters.get("$skiptoken")

    @property
    def subscription_path(self) -> str:
        """What every id in the subscription begins with."""
        return f"/subscriptions/{self.subscription_id}"
