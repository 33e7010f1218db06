"""A lane for each session: one peering, one path, one neighbour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import groupby

from crossconnections.diagnosis.common_cause import Placed
from crossconnections.diagnosis.flaps import Change, Kind, Sample, Span, find_changes, find_since
from crossconnections.diagnosis.sessions import parse_session
from crossconnections.diagnosis.stretches import Level, Stretch, find_levels, find_stretches
from crossconnections.enums import DevicePath, PeeringType
from crossconnections.models import WatchRead
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.states import Mark
from crossconnections.queries.watches import Told

# Two rounds and a half: of what happened while rounds were left out nobody knows.
LONGEST_GAP = timedelta(minutes=8)
_PEERINGS, _PATHS = [str(one) for one in PeeringType], [str(one) for one in DevicePath]


@dataclass(frozen=True)
class Lane:
    """``reads`` are those of its peering and path, ``samples`` what each told of its neighbour, in the same order."""

    name: str
    neighbor: str
    reads: Sequence[Told]
    samples: Sequence[Sample]
    changes: Sequence[Change]

    @property
    def port(self) -> str:
        """The Azure port, when it was last asked."""
        return self.reads[-1].azure_port

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Up, down and unknown."""
        return find_stretches(self.samples, self.changes, longest_gap=LONGEST_GAP)

    @cached_property
    def levels(self) -> list[Level]:
        """Prefixes received."""
        return find_levels(self.samples, longest_gap=LONGEST_GAP)

    @cached_property
    def since(self) -> Span | None:
        """When its last state that is known began."""
        return find_since(self.samples, self.changes)

    @property
    def resets(self) -> int:
        """How often it is known to have gone down, or to have been reset."""
        return sum(change.kind in {Kind.RESET, Kind.WENT_DOWN} for change in self.changes)

    @property
    def mark(self) -> Mark:
        """By its last sample."""
        last, read = self.samples[-1], self.reads[-1]
        if last.is_up is None:
            is_failed = read.state != WatchRead.State.SUCCEEDED
            return Mark("Not read" if is_failed else last.state or "No session shown", "s-idle")
        if last.is_up and parse_session(last.state).prefixes == 0:
            return Mark("Up, announces nothing", "s-fail", "bad")
        if last.is_up:
            return Mark("Up", "s-done", "ok")
        return Mark(f"Down, {parse_session(last.state).word}", "s-fail", "bad")

    def placed(self) -> list[Placed]:
        """Its changes, each on the port of the read that found it."""
        ports = {read.finished_at: read.azure_port for read in self.reads}
        circuit = self.reads[-1].service_key
        return [Placed(change, ports[change.found_at], circuit, self.name) for change in self.changes]


def build_lanes(told: Iterable[Told]) -> list[Lane]:
    """Of one circuit or of many; by peering, path and neighbour, IPv4 first."""
    found = sorted(told, key=_place)
    return [lane for _, reads in groupby(found, key=_place) for lane in _lanes(list(reads))]


def _lanes(reads: list[Told]) -> Iterator[Lane]:
    neighbors = sorted(
        {str(row["neighbor"]) for read in reads for row in read.sessions}, key=lambda one: (":" in one, one)
    )
    name = f"{short_peering_name(reads[0].peering_type)} {reads[0].device_path}"
    for neighbor in neighbors or [""]:
        samples = [_sample(read, neighbor) for read in reads]
        # With IPv6 beside IPv4 there are two of that name.
        version = " IPv6" if ":" in neighbor and len(neighbors) > 1 else ""
        yield Lane(name + version, neighbor, reads, samples, find_changes(samples))


def _sample(read: Told, neighbor: str) -> Sample:
    sent_at = min(read.sent_at or read.asked_at, read.finished_at)
    for row in read.sessions:
        if row["neighbor"] == neighbor:
            return Sample(sent_at, read.finished_at, row["up_down"], row["state_or_prefixes_received"])
    return Sample(sent_at, read.finished_at)


def _place(read: Told) -> tuple[object, ...]:
    return (
        read.service_key,
        _order(_PEERINGS, read.peering_type),
        read.peering_type,
        _order(_PATHS, read.device_path),
        read.device_path,
    )


def _order(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else len(words)
