"""What came of the drills, a line for each and one for each broker."""

import json
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

import pytest

from tests.drills.engine.drill import Outcome

HEAD = ("drill", "n", "lost", "asked twice", "median s", "worst s")


def told_at_the_end(reporter: pytest.TerminalReporter) -> None:
    """The tables, below pytest's own words."""
    outcomes = list(_outcomes(reporter))
    for broker, rows in tables(outcomes).items():
        reporter.section(f"drills with {broker}")
        for row in (HEAD, *rows):
            reporter.write_line(f"{row[0]:<92}" + "".join(f"{cell:>12}" for cell in row[1:]))


def tables(outcomes: Iterable[Outcome]) -> dict[str, list[tuple[str, ...]]]:
    """For each broker its drills, and all of them together at the end."""
    by_broker: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_broker[one.broker].append(one)
    return {broker: _rows(found) for broker, found in sorted(by_broker.items())}


def _rows(found: list[Outcome]) -> list[tuple[str, ...]]:
    by_name: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        by_name[one.drill].append(one)
    return [*(_row(name, ones) for name, ones in sorted(by_name.items())), _row("all", found)]


def _row(name: str, ones: list[Outcome]) -> tuple[str, ...]:
    seconds = [one.seconds for one in ones]
    lost, twice = sum(one.lost for one in ones), sum(one.asked_twice for one in ones)
    return name, str(len(ones)), str(lost), str(twice), f"{median(seconds):.1f}", f"{max(seconds):.1f}"


def _outcomes(reporter: pytest.TerminalReporter) -> Iterable[Outcome]:
    for reports in reporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ())).get("drill")
            if told and report.when == "teardown":
                yield Outcome(**json.loads(str(told)))
