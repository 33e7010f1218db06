"""The prefixes of a peering: how near the limits are, what could be fewer, who prepends, and what is listed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.diagnosis.advertised import AdvertisedComparison, Seen
from crossconnections.diagnosis.aggregation import Aggregate, Savings
from crossconnections.diagnosis.budget import Level, Use
from crossconnections.diagnosis.prefix_report import Budget, PathPrefixes, PrefixReport
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.finding_facts import list_in_words
from crossconnections.presenters.tables.words import path_name

_MOST_SHOWN = 10
_LEVELS = {
    Level.ROOM: Mark("room left", "check"),
    Level.NEAR: Mark("80 % reached", "s-warn", "warn"),
    Level.CLOSE: Mark("95 % reached", "s-fail", "bad"),
}


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One session against one limit."""

    family: str
    count: int
    limit: int
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class AggregateLine:
    """A network that could stand for several."""

    network: str
    replaces: str
    saves: int


@dataclass(frozen=True, slots=True)
class PathLine:
    """One path; ``advice`` says what aggregation would save."""

    path: str
    name: str
    budgets: tuple[BudgetLine, ...]
    advice: str
    aggregates: tuple[AggregateLine, ...]
    prepends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedLine:
    """An advertised prefix, or a received network that is on no list, and where it was seen."""

    network: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class PrefixesCard:
    """``is_pressing``: somebody has to look at a limit, so it is shown open."""

    summary: str
    is_pressing: bool
    paths: tuple[PathLine, ...]
    listed: tuple[ListedLine, ...]
    strangers: tuple[ListedLine, ...]


def show_prefixes(report: PrefixReport) -> PrefixesCard:
    """Of one peering."""
    paths = tuple(_path(one) for one in report.paths)
    levels = [use.level for one in report.paths for budget in one.budgets for use in budget.uses[:1]]
    listed = report.advertised
    return PrefixesCard(
        summary=_summary(report.paths),
        is_pressing=any(level != Level.ROOM for level in levels),
        paths=paths,
        listed=tuple(map(_listed, listed.prefixes)) if listed else (),
        strangers=tuple(map(_listed, _first(listed))) if listed else (),
    )


def _first(listed: AdvertisedComparison) -> Sequence[Seen]:
    return listed.strangers[:_MOST_SHOWN]


def _summary(paths: Sequence[PathPrefixes]) -> str:
    counts = [
        (one.path, sum(budget.uses[0].networks for budget in one.budgets if budget.uses))
        for one in paths
        if one.budgets
    ]
    return ", ".join(f"{path} {count:,}" for path, count in counts) or "none received"


def _path(one: PathPrefixes) -> PathLine:
    return PathLine(
        path=one.path,
        name=path_name(one.path),
        budgets=tuple(line for budget in one.budgets for line in _budget(budget)),
        advice=_advice(one.savings),
        aggregates=tuple(_aggregates(one.savings)),
        prepends=tuple(_prepends(one)),
    )


def _budget(one: Budget) -> list[BudgetLine]:
    return [
        BudgetLine(
            family=f"IPv{one.version}",
            count=use.networks,
            limit=use.limit.networks,
            words=f"{use.networks:,} of {use.limit.networks:,}{_skus(use)}",
            mark=_LEVELS[use.level],
        )
        for use in one.uses
    ]


def _skus(use: Use) -> str:
    return f" ({' or '.join(use.limit.skus)})" if use.limit.skus else ""


def _advice(savings: Savings | None) -> str:
    if savings is None:
        return "The routes were not read, so nothing is known of what could be aggregated."
    if not savings.saved:
        return "Nothing can be aggregated."
    said = [
        f"Aggregating neighbours with the same AS path saves {savings.saved_by_aggregates:,}."
        if savings.aggregates
        else "",
        f"{len(savings.covered):,} lie in a wider network that goes the same way." if savings.covered else "",
    ]
    return " ".join(filter(None, said))


def _aggregates(savings: Savings | None) -> list[AggregateLine]:
    shown = savings.aggregates[:_MOST_SHOWN] if savings else ()
    return [AggregateLine(one.network.text, _replaced(one), one.saves) for one in shown]


def _replaced(one: Aggregate) -> str:
    return list_in_words(tuple(network.text for network in one.replaces))


def _prepends(one: PathPrefixes) -> list[str]:
    counts = Counter((prepend.asn, prepend.times) for prepend in one.prepends)
    return [
        f"AS {asn} \N{MULTIPLICATION SIGN}{times} to {count:,} {'network' if count == 1 else 'networks'}"
        for (asn, times), count in counts.most_common(_MOST_SHOWN)
    ]


def _listed(one: Seen) -> ListedLine:
    return ListedLine(one.text, (_seen("primary", is_seen=one.primary), _seen("secondary", is_seen=one.secondary)))


def _seen(path: str, *, is_seen: bool | None) -> Mark:
    if is_seen is None:
        return Mark(f"{path} not read", "s-idle")
    return Mark(f"{path} received", "check") if is_seen else Mark(f"not received on {path}", "s-warn", "warn")
