"""All about the prefixes of one peering: how near the limits are, what could be fewer, who prepends, what is listed."""

from typing import NamedTuple

from crossconnections.diagnosis.advertised import AdvertisedComparison, compare_advertised
from crossconnections.diagnosis.aggregation import Savings, find_savings
from crossconnections.diagnosis.budget import Use
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.legs import Leg, legs_of
from crossconnections.diagnosis.prepends import Prepend, find_prepends


class Budget(NamedTuple):
    """The prefixes of one session, against each limit that may hold for it."""

    version: int
    uses: tuple[Use, ...]


class PathPrefixes(NamedTuple):
    """One path; ``savings`` is None where its routes were not read."""

    path: str
    budgets: tuple[Budget, ...]
    savings: Savings | None
    prepends: tuple[Prepend, ...]


class PrefixReport(NamedTuple):
    """Both paths; ``advertised`` is of Microsoft peering alone."""

    paths: tuple[PathPrefixes, ...]
    advertised: AdvertisedComparison | None


def report_prefixes(case: Case, peering_type: str) -> PrefixReport:
    """Of one peering of a reading."""
    peering = case.peering(peering_type) or Peering(peering_type)
    legs = legs_of(case, peering)
    rows = (None if leg.routes is None else [one.row for one in leg.from_edge] for leg in legs)
    return PrefixReport(
        paths=tuple(map(_path, legs)),
        advertised=compare_advertised(peering.advertised_prefixes, *rows) if peering.is_microsoft else None,
    )


def _path(leg: Leg) -> PathPrefixes:
    rows = [one.row for one in leg.from_edge]
    return PathPrefixes(
        path=leg.path,
        budgets=tuple(_budgets(leg)),
        savings=None if leg.routes is None else find_savings(rows),
        prepends=tuple(find_prepends(rows)),
    )


def _budgets(leg: Leg) -> list[Budget]:
    counted = [(one, one.session.prefixes) for one in leg.sessions]
    uses = ((one, tuple(Use(count, limit) for limit in one.limits)) for one, count in counted if count is not None)
    return [Budget(one.version, of_it) for one, of_it in uses]
