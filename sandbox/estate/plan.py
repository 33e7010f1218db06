"""Which cross connections there are: decided in one go, so that the shares come out exactly."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from sandbox.estate.chance import chance_of
from sandbox.estate.mix import BANDWIDTHS, Peerings, deal_services
from sandbox.estate.names import circuit_of
from sandbox.estate.places import EUAP_TEST, Place, provider_places
from sandbox.estate.shares import deal
from sandbox.estate.subscriptions import TEST, Subscription

# A 12-bit S-tag leaves 4,094 on a port pair; 0 and 1 are not handed out.
MOST_ON_A_PORT_PAIR = 4000
FIRST_S_TAG = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided about a cross connection before its details are invented."""

    index: int
    service_key: str
    subscription: Subscription
    place: Place
    port_pair: int
    s_tag: int
    bandwidth_mbps: int
    state: str
    peerings: Peerings
    prefixes_state: str
    circuit: tuple[str, str]


def make_plans(seed: int, size: int) -> list[Plan]:
    """The plans of a whole estate; the same for the same seed and size."""
    chance = chance_of("estate", seed, size)
    trace = _published_trace()
    return [*trace, *_production(size, chance, trace)]


def spare_pairs(plans: Iterable[Plan]) -> Iterator[tuple[Subscription, Place, int]]:
    """Second port pairs with nothing on them yet: where, and their number there.

    Of the provider's places that have circuits and only one pair, three in four have such a one.
    """
    highest: dict[tuple[Subscription, Place], int] = {}
    for plan in plans:
        berth = (plan.subscription, plan.place)
        highest[berth] = max(plan.port_pair, highest.get(berth, 0))
    lonely = [berth for berth in provider_places() if highest.get(berth) == 1]
    return ((*berth, 2) for rank, berth in enumerate(lonely) if rank % 4)


def _published_trace() -> list[Plan]:
    """The two cross connections of Microsoft's trace (cross-connections-api-development)."""

    def one(index: int, key: str, state: str, circuit: str) -> Plan:
        group_and_name = ("Karthikcrossconnectiontest", circuit)
        s_tag = FIRST_S_TAG + index
        return Plan(index, key, TEST, EUAP_TEST, 1, s_tag, 200, state, Peerings.NONE, "", group_and_name)

    return [
        one(0, "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e", "Provisioned", "TestCircuit2"),
        one(1, "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f", "NotProvisioned", "TestCircuitXYZ"),
    ]


def _production(size: int, chance: Random, trace: list[Plan]) -> Iterator[Plan]:
    services = deal_services(size, chance, without=[(plan.state, plan.peerings) for plan in trace])
    speeds = deal(len(services), BANDWIDTHS, chance)
    berths = _berths(len(services), chance)
    for index, (service, speed, berth) in enumerate(zip(services, speeds, berths, strict=True), len(trace)):
        subscription, place, pair, s_tag = berth
        circuit = circuit_of(index, place.code)
        yield Plan(index, _service_key(chance), subscription, place, pair, s_tag, speed, *service, circuit)


def _berths(total: int, chance: Random) -> list[tuple[Subscription, Place, int, int]]:
    """A place, port pair and S-tag for each, no two alike; busy places get more and have more port pairs."""
    inhabited = provider_places()[: max(1, round(1.15 * total**0.5))]
    weights = {rank: 100_000 // (rank + 3) for rank in range(len(inhabited))}
    counted = deal(total, weights, chance)
    berths = []
    for rank, (subscription, place) in enumerate(inhabited):
        count = counted.count(rank)
        pairs = max(min(8, -(-count // 12)), -(-count // MOST_ON_A_PORT_PAIR))
        berths += [(subscription, place, 1 + turn % pairs, FIRST_S_TAG + turn // pairs) for turn in range(count)]
    chance.shuffle(berths)
    return berths


def _service_key(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
