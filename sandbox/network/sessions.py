"""The BGP session on a link: whether there is one, the word for its state, and since when."""

from dataclasses import dataclass

from sandbox.estate.chance import chance_of
from sandbox.network.durations import as_cisco_writes
from sandbox.network.legs import Leg
from sandbox.network.links import Link

# Only Active and Idle are in Microsoft's documents; the words in brackets are remembered of Cisco's routers. Not
# documented: what a router without an answer to ARP shows; Cisco's go on trying, so Active.
_DOWN = {
    "no-arp": "Idle",
    "incomplete-arp": "Active",
    "bgp-idle": "Idle",
    "bgp-active": "Active",
    "over-prefix-limit": "Idle (PfxCt)",
}
_SHUT = "Idle (Admin)"
_FLAP_SECONDS = 90
_DAY = 86_400
# The shortest time after which a session that nothing is wrong with may have restarted, and for how long at least it
# has been up: nobody shall take it for one that flaps.
_SHORTEST_DAYS, _LONGEST_DAYS, _MEDIAN_DAYS = 3, 1000, 40
_SETTLED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Session:
    """``state`` is None while it is established."""

    state: str | None
    up_down: str

    @property
    def is_established(self) -> bool:
        """Whether routes come over it."""
        return self.state is None


def session_on(leg: Leg, link: Link) -> Session | None:
    """None where Microsoft's router has none: without an AS for the edge, or with prefixes that are not validated.

    Inferred: that a session that is shut shows as ``Idle (Admin)``, and since when as ``never``.
    """
    if not link.is_enabled:
        return Session(_SHUT, "never")
    is_validated = link.microsoft_config.get("advertisedPublicPrefixesState", "Configured") == "Configured"
    if not (leg.peer_asn and is_validated):
        return None
    state = _DOWN.get(leg.condition)
    if state and not leg.is_built:
        return Session(state, "never")
    return Session(state, as_cisco_writes(_seconds(leg, link)))


def _seconds(leg: Leg, link: Link) -> float:
    since, condition = leg.health.since, leg.condition
    if since is None or condition not in {*_DOWN, "flapped"}:
        return _settled_seconds(leg, link)
    passed = max(0.0, leg.now - since)
    return passed % _FLAP_SECONDS if condition == "flapped" else passed


def _settled_seconds(leg: Leg, link: Link) -> float:
    """Sessions restart now and then: each at its own pace, so that both paths hardly ever do so together."""
    chance = chance_of("uptime", leg.service_key, leg.peering_name, leg.path, link.version)
    days = _MEDIAN_DAYS * chance.lognormvariate(0, 1.2)
    period = max(_SHORTEST_DAYS, min(days, _LONGEST_DAYS)) * _DAY
    return _SETTLED_SECONDS + (leg.now + chance.random() * period) % period
