"""How a path of a peering is: as somebody set it, or else as the seed made it."""

from dataclasses import dataclass

from sandbox.estate.chance import chance_of
from sandbox.estate.conditions import PATHS
from sandbox.estate.estate import Estate

# Shares of the seed's circuits ("Real data for simulator and load tests"): one path down, both down, the paths
# differing, and a default route and nothing else.
_ONE_DOWN, _BOTH_DOWN, _DIFFERING, _DEFAULT_ROUTE = 0.05, 0.01, 0.02, 0.01
_DOWN = ("no-arp", "incomplete-arp", "incomplete-arp", "bgp-idle", "bgp-active", "over-prefix-limit")
# The median of counts, and between which ones some customers live: near to the limits of 4,000 and 200 prefixes.
_PRIVATE, _PUBLIC = (50, 3900, 4000), (12, 195, 200)
_SHARE_NEAR_LIMIT = 0.02


@dataclass(frozen=True, slots=True)
class Health:
    """The condition, since when it was set (seconds since 1970; None: for long), and how many routes there are.

    The count is what the edge announces where nothing is wrong; the condition may leave less of it.
    """

    condition: str
    since: float | None
    count: int
    is_count_set: bool = False


def health_of(estate: Estate, service_key: str, peering: str, path: str) -> Health:
    """How the path is."""
    told = estate.conditions.find(service_key, peering, path)
    is_seeds = estate.has_seeded(service_key, peering)
    condition = told.condition or (_seeded(service_key, peering, path) if is_seeds else "healthy")
    if told.count is not None:
        return Health(condition, told.since, told.count, is_count_set=True)
    return Health(condition, told.since, _count(service_key, peering, may_be_near_limit=is_seeds))


def _seeded(service_key: str, peering: str, path: str) -> str:
    """One fate for a circuit, whichever of its peerings is looked at."""
    chance = chance_of("health", service_key)
    fate, down, struck = chance.random(), chance.choice(_DOWN), chance.choice(PATHS)
    differing = chance.choice(("few-routes", "prepended"))
    if fate < _ONE_DOWN:
        return down if path == struck else "healthy"
    if fate < _ONE_DOWN + _BOTH_DOWN:
        return down
    if fate < _ONE_DOWN + _BOTH_DOWN + _DIFFERING:
        return differing if path == struck else "healthy"
    is_default = fate < _ONE_DOWN + _BOTH_DOWN + _DIFFERING + _DEFAULT_ROUTE and peering == "AzurePrivatePeering"
    return "default-route-only" if is_default else "healthy"


def _count(service_key: str, peering: str, *, may_be_near_limit: bool) -> int:
    """Lognormal about a median; only circuits of the seed come near to a limit, for a new peering is healthy."""
    chance = chance_of("route count", service_key, peering)
    median, least, most = _PRIVATE if peering == "AzurePrivatePeering" else _PUBLIC
    if chance.random() < _SHARE_NEAR_LIMIT and may_be_near_limit:
        return chance.randrange(least, most)
    return max(3, min(most // 2, round(median * chance.lognormvariate(0, 1))))
