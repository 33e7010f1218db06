"""What somebody made the network do to circuits: kept in a file, so that a restart remembers it."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from sandbox.state_files import read_json, write_json

PATHS = ("primary", "secondary")
# The last of them is retired, but old circuits may still have one.
PEERING_TYPES = ("AzurePrivatePeering", "MicrosoftPeering", "AzurePublicPeering")
CONDITIONS = (
    *("healthy", "no-arp", "incomplete-arp", "bgp-idle", "bgp-active", "few-routes", "default-route-only"),
    *("prepended", "over-prefix-limit", "flapped"),
)
MOST_ROUTES = 10_000


@dataclass(slots=True)
class Setting:
    """What was set for one path of a peering: a condition, since when (seconds since 1970), a count of routes.

    None is what nobody set.
    """

    condition: str | None = None
    since: float | None = None
    count: int | None = None


@dataclass(slots=True)
class Conditions:
    """What was set, by service key and then by peering and path, and which peerings of the seed are gone.

    A peering of the same name that comes after one of those is a new one.
    """

    path: Path
    settings: dict[str, dict[str, Setting]] = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)

    def find(self, service_key: str, peering: str, path: str) -> Setting:
        """What was set there."""
        return self.settings.get(service_key, {}).get(f"{peering}/{path}", Setting())

    def set_condition(self, service_key: str, peering: str, path: str, condition: str, now: float) -> None:
        """The network does this from now on; the count of routes stays."""
        setting = self._setting(service_key, peering, path)
        setting.condition, setting.since = condition, now
        self._save()

    def set_count(self, service_key: str, peering: str, path: str, count: int) -> None:
        """The edge announces as many routes, whatever the condition makes of it."""
        self._setting(service_key, peering, path).count = count
        self._save()

    def forget_peerings(self, service_key: str, peerings: set[str]) -> None:
        """These peerings are gone; which of them the seed had made does not matter here."""
        if not peerings:
            return
        kept = self.settings.pop(service_key, {})
        left = {name: setting for name, setting in kept.items() if name.partition("/")[0] not in peerings}
        if left:
            self.settings[service_key] = left
        self.gone[service_key] = sorted({*self.gone.get(service_key, []), *peerings})
        self._save()

    def forget_circuit(self, service_key: str) -> None:
        """The circuit is gone, and its service key comes never again."""
        if self.settings.pop(service_key, None) or self.gone.pop(service_key, None):
            self._save()

    def clear(self) -> None:
        """As the seed made it."""
        self.settings.clear()
        self.gone.clear()
        self._save()

    def _setting(self, service_key: str, peering: str, path: str) -> Setting:
        return self.settings.setdefault(service_key, {}).setdefault(f"{peering}/{path}", Setting())

    def _save(self) -> None:
        settings = {
            key: {name: asdict(setting) for name, setting in legs.items()} for key, legs in self.settings.items()
        }
        write_json(self.path, {"settings": settings, "gone": self.gone})


def load_conditions(path: Path) -> Conditions:
    """What is kept in the file, nothing where there is no file."""
    kept = read_json(path) or {"settings": {}, "gone": {}}
    settings = {
        key: {name: Setting(**setting) for name, setting in legs.items()} for key, legs in kept["settings"].items()
    }
    return Conditions(path, settings, kept["gone"])
