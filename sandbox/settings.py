"""What the command line says, and the addresses that follow from it."""

from dataclasses import dataclass
from pathlib import Path

_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of `python -m sandbox serve`."""

    port: int
    size: int
    seed: int
    bind: str
    public_host: str
    latency_ms: int
    operation_seconds: float
    state_dir: Path

    @property
    def origin(self) -> str:
        """Where Azure Resource Manager and the Entra authority answer."""
        return f"https://{self.public_host}:{self.port}"

    @property
    def people_origin(self) -> str:
        """Where people sign in: another site than the portal's, and plain HTTP, so that no browser needs our CA."""
        host = "127.0.0.1" if self.bind in _LOOPBACK else self.public_host
        return f"http://{host}:{self.port + 1}"

    @property
    def page(self) -> str:
        """Where a person plays the customer and the network."""
        return f"{self.people_origin}/_sandbox/"
