"""All about the prefixes of one peering: how near the limits are, what could be fewer, who prepends, what is listed."""

from typing import NamedTuple

from crossconnections.diagnosis.advertised import AdvertisedComparison, compare_advertised
from crossconnections.diagnosis.aggregation import Savings, find_savings
from crossconnections.diagnosis.budget import Use, limits_of
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.legs import Leg, leg_of
from crossconnections.diagnosis.prepends import Prepend, find_prepends
from crossconnections.enums import DevicePath


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
    legs = [leg_of(case, peering, path) for path in DevicePath]
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
    counts = [(one.version, one.session.prefixes) for one in leg.sessions if one.session.prefixes is not None]
    limits = {version: limits_of(leg.peering.peering_type, version, leg.case.record.sku) for version, _ in counts}
    return [Budget(version, tuple(Use(count, limit) for limit in limits[version])) for version, count in counts]
