"""Figures for ``/metrics``, worked out from the database when somebody asks. The domain registers its own.

All of them are gauges. What is counted over time is counted within the last hour by the rows that are there: it needs
no memory of a process, is the same whichever process is asked, and does not fall when old rows are forgotten.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

PREFIX = "crossconnect"
Samples: TypeAlias = Iterable[tuple[tuple[str, ...], float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One name with its samples: the values of ``labels`` in their order, ``()`` without labels, and the number."""

    name: str
    about: str
    samples: Samples
    labels: tuple[str, ...] = ()


_SOURCES: list[Callable[[], Iterable[Figure]]] = []


def register(source: Callable[[], Iterable[Figure]]) -> None:
    """Ask it as well, at each scrape."""
    _SOURCES.append(source)


def exposition() -> bytes:
    """All figures in Prometheus' text format.

    Raises:
        DatabaseError: the database does not answer.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_AllSources())
    return generate_latest(registry)


class _AllSources(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """At each scrape."""
        for source in _SOURCES:
            yield from map(_family, source())

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: to be registered asks no database."""
        return []


def _family(figure: Figure) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{PREFIX}_{figure.name}", figure.about, labels=figure.labels)
    for values, number in figure.samples:
        family.add_metric(values, number)
    return family
