"""The estate: what was made from the seed, under what happened since."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from sandbox.estate.changes import load_changes
from sandbox.estate.conditions import load_conditions
from sandbox.estate.documents import Document, invent_document, invent_without_peerings
from sandbox.estate.plan import FIRST_S_TAG, make_plans, spare_pairs
from sandbox.estate.port_pairs import PortPair, pair_of, with_usage
from sandbox.estate.writes import Write


class Estate:
    """Every cross connection of the sandbox. Documents are made when asked for: 50,000 cost little to start."""

    def __init__(self, seed: int, size: int, state_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock  # that of the operations
        self._plans = {plan.service_key: plan for plan in make_plans(seed, size)}
        # Another seed or size is another estate, with a history of its own.
        self._changes = load_changes(state_dir / f"changes-seed-{seed}-size-{size}.json")
        self.conditions = load_conditions(state_dir / f"conditions-seed-{seed}-size-{size}.json")
        self._index()

    def find(self, service_key: str) -> Document | None:
        """The cross connection of that service key, in any case."""
        key = service_key.casefold()
        if key in self._changes.deleted:
            return None
        self._catch_up(key)
        return self._whole(key)

    def page(
        self, subscription_id: str, start: int, most: int, *, group: str | None = None
    ) -> tuple[list[Document], int | None]:
        """Documents of a subscription or one of its groups, fit for a list, and where the next page starts."""
        groups = self._groups[subscription_id]
        keys = self._keys[subscription_id] if group is None else groups.get(group.casefold(), [])
        alive = (at for at in range(start, len(keys)) if keys[at] not in self._changes.deleted)
        positions = list(islice(alive, most + 1))
        documents = [self._listed(keys[at]) for at in positions[:most]]
        return documents, positions[most] if len(positions) > most else None

    def each(self, subscription_id: str) -> Iterator[Document]:
        """Every document of a subscription, fit for a list."""
        keys = self._keys[subscription_id]
        return (self._listed(key) for key in keys if key not in self._changes.deleted)

    def newest_first(self) -> Iterator[str]:
        """The service keys of all that are there: what was ordered, and then the seed's."""
        yield from (key for key in reversed(self._changes.documents) if key not in self._plans)
        yield from (key for key in reversed(self._plans) if key not in self._changes.deleted)

    def listed(self, service_key: str) -> Document:
        """The document of one that is there, fit for a list."""
        return self._listed(service_key)

    def has_words(self, service_key: str, words: list[str]) -> bool:
        """Whether each word is in the key, the circuit's name or the peering location of one that is there."""
        plan = self._plans.get(service_key)
        facts = {} if plan else self._changes.documents[service_key]["properties"]
        place = plan.place.name if plan else facts["peeringLocation"]
        circuit = (
            plan.circuit[1] if plan else facts["expressRouteCircuit"]["id"].rpartition("/expressRouteCircuits/")[2]
        )
        told = f"{service_key} {circuit} {place}".casefold()
        return all(word.casefold() in told for word in words)

    def has_group(self, subscription_id: str, resource_group: str) -> bool:
        """Whether a subscription has the resource group; one that has become empty is still there."""
        return resource_group.casefold() in self._groups[subscription_id]

    def port_pairs(self, subscription_id: str) -> list[PortPair]:
        """The pairs of ports that the provider has in a subscription, and how much of each is sold."""
        return with_usage(self._pairs[subscription_id].values(), self.each(subscription_id))

    def remaining_mbps(self, subscription_id: str, primary_port: str) -> int:
        """What may still be sold on one of them."""
        pairs = self.port_pairs(subscription_id)
        return next(pair.remaining_mbps for pair in pairs if pair.primary == primary_port)

    def regions(self) -> list[str]:
        """The Azure regions where cross connections are."""
        return sorted({plan.place.region for plan in self._plans.values()})

    def free_s_tag(self, primary_port: str) -> int:
        """An S-tag that no cross connection on the port pair has."""
        return self._next_s_tags[primary_port]

    def add(self, document: Document) -> None:
        """A new cross connection appears, last in its subscription's list."""
        self._changes.add(document)
        self._enter(document)

    def replace(self, document: Document, shared_keys: dict[str, str]) -> None:
        """A cross connection that stands has changed; what the network did to a peering that is gone is forgotten."""
        before = self._whole(document["name"]) or document
        names = _peering_names(document)
        self._changes.put(document, {name: key for name, key in shared_keys.items() if name in names})
        self._forget_gone(before, document)

    def begin(self, document: Document, write: Write, shared_keys: dict[str, str]) -> None:
        """A write is accepted, and its document shown from now on; one that ran is not undone any more."""
        superseded = self._changes.writes.get(document["name"])
        if superseded is not None:
            write = write.after(superseded)
            self._forget_gone(superseded.before, write.before)
        self._changes.begin(document, write, shared_keys)
        properties = document["properties"]
        self._take_s_tag(properties["primaryAzurePort"], properties["sTag"])

    def shared_keys(self, service_key: str) -> dict[str, str]:
        """The shared keys of a circuit's peerings, by their names."""
        return self._changes.shared_keys.get(service_key, {})

    def find_pair(self, subscription_id: str, ports: tuple[str, str], peering_location: str) -> PortPair | None:
        """The port pair of these two, in any case, that the subscription has at a peering location."""
        wanted = tuple(port.casefold() for port in ports)
        here = (pair for pair in self._pairs[subscription_id].values() if pair.peering_location == peering_location)
        return next((pair for pair in here if (pair.primary.casefold(), pair.secondary.casefold()) == wanted), None)

    def delete(self, service_key: str) -> bool:
        """A cross connection vanishes; False when there is none."""
        document = self.find(service_key)
        if document is not None:
            self._changes.delete(document["name"])
            self.conditions.forget_circuit(document["name"])
        return document is not None

    def reset(self) -> None:
        """Back to what the seed made."""
        self._changes.clear()
        self.conditions.clear()
        self._index()

    def has_seeded(self, service_key: str, peering: str) -> bool:
        """Whether the seed made a circuit's peering, and nobody removed it since."""
        plan = self._plans.get(service_key)
        is_seeds = plan is not None and peering in plan.peerings.names
        return is_seeds and peering not in self.conditions.gone.get(service_key, [])

    def _listed(self, service_key: str) -> Document:
        self._catch_up(service_key)
        return self._changes.documents.get(service_key) or invent_without_peerings(self._plans[service_key])

    def _whole(self, service_key: str) -> Document | None:
        if service_key in self._changes.documents:
            return self._changes.documents[service_key]
        plan = self._plans.get(service_key)
        return invent_document(plan) if plan else None

    def _catch_up(self, service_key: str) -> None:
        """Nobody waits for the end of anything: what came of it is found out when somebody looks."""
        self._end_write(service_key)
        validation = self._changes.validations.get(service_key)
        if validation is not None and validation.ends_at <= self._clock():
            self._changes.end_validation(validation.outcome(self._changes.documents[service_key]))

    def _end_write(self, service_key: str) -> None:
        write = self._changes.writes.get(service_key)
        if write is None or write.ends_at > self._clock():
            return
        document = write.outcome(self._changes.documents[service_key])
        keys = self.shared_keys(service_key)
        if write.is_undone:
            keys = {name: key for name, key in keys.items() if name not in write.peerings}
            keys |= {name: key for name, key in write.keys.items() if name in write.peerings}
        names = _peering_names(document)
        self._changes.end(document, {name: key for name, key in keys.items() if name in names})
        self._forget_gone(write.before, document)

    def _forget_gone(self, before: Document, after: Document) -> None:
        self.conditions.forget_peerings(after["name"], _peering_names(before) - _peering_names(after))

    def _index(self) -> None:
        # Positions only ever grow between resets, so a page started before a deletion goes on after it.
        self._keys: defaultdict[str, list[str]] = defaultdict(list)
        self._groups: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._next_s_tags: defaultdict[str, int] = defaultdict(lambda: FIRST_S_TAG)
        self._pairs: defaultdict[str, dict[str, PortPair]] = defaultdict(dict)
        for plan in self._plans.values():
            pair = PortPair(*plan.place.ports(plan.port_pair), plan.place.name, plan.place.region)
            self._register(plan.subscription.id, plan.service_key, plan.place.resource_group, pair, plan.s_tag)
        for subscription, place, number in spare_pairs(self._plans.values()):
            pair = PortPair(*place.ports(number), place.name, place.region)
            self._pairs[subscription.id].setdefault(pair.primary, pair)
        for document in self._changes.documents.values():
            if document["name"] not in self._plans:
                self._enter(document)
            # One of the seed's may have moved to other ports.
            self._take_s_tag(document["properties"]["primaryAzurePort"], document["properties"]["sTag"])
        for document in self._changes.newest.values():
            pair = pair_of(document["properties"], document["location"])
            self._pairs[document["id"].split("/")[2]].setdefault(pair.primary, pair)

    def _enter(self, document: Document) -> None:
        subscription_id, group = document["id"].split("/")[2:5:2]
        properties = document["properties"]
        pair = pair_of(properties, document["location"])
        self._register(subscription_id, document["name"], group, pair, properties["sTag"])

    def _register(self, subscription_id: str, key: str, group: str, pair: PortPair, s_tag: int) -> None:
        self._keys[subscription_id].append(key)
        self._groups[subscription_id][group.casefold()].append(key)
        self._take_s_tag(pair.primary, s_tag)
        self._pairs[subscription_id].setdefault(pair.primary, pair)

    def _take_s_tag(self, primary_port: str, s_tag: int) -> None:
        self._next_s_tags[primary_port] = max(self._next_s_tags[primary_port], s_tag + 1)


def _peering_names(document: Document) -> set[str]:
    return {peering["name"] for peering in document["properties"]["peerings"]}
