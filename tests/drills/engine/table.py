"""What came of the drills: a line for each at each broker, and one for all of them together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.drills.engine.drill import Outcome

PAGE = Path(__file__).parents[3] / "docs" / "drills.md"
MARK = "<!-- written by make drills WRITE_DRILLS=1 -->"
HEAD = ("drill", "n", "lost", "asked twice", "median s", "worst s")
Line = tuple[str, ...]


def tell(reporter: pytest.TerminalReporter, *, write: bool) -> None:
    """Below pytest's own words, and on the page where that is wished."""
    found = tables(_outcomes(reporter))
    for broker, lines in found.items():
        reporter.section(f"drills with {broker}")
        for first, *others in (HEAD, *lines):
            reporter.write_line(f"{first:<80}" + "".join(f"{cell:>12}" for cell in others))
    if write:
        before = PAGE.read_text().partition(MARK)[0].rstrip()
        PAGE.write_text("\n\n".join([before, MARK, *_sections(found)]) + "\n")


def tables(outcomes: Iterable[Outcome]) -> dict[str, list[Line]]:
    """For each broker all of its drills together, and then each."""
    by_broker: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_broker[one.broker].append(one)
    return {broker: list(_lines(found)) for broker, found in sorted(by_broker.items())}


def _lines(found: list[Outcome]) -> Iterator[Line]:
    yield _line("all of them", found)
    for name in sorted({one.drill for one in found}):
        yield _line(name, [one for one in found if one.drill == name])


def _line(name: str, ones: list[Outcome]) -> Line:
    seconds = [one.seconds for one in ones]
    lost, twice = sum(one.lost for one in ones), sum(one.asked_twice for one in ones)
    return name, str(len(ones)), str(lost), str(twice), f"{median(seconds):.1f}", f"{max(seconds):.1f}"


def _sections(found: dict[str, list[Line]]) -> Iterator[str]:
    for broker, lines in found.items():
        yield f"## With {broker}"
        yield "\n".join(_in_a_row(cells) for cells in (HEAD, ("---",) * len(HEAD), *lines))


def _in_a_row(cells: Line) -> str:
    return f"| {' | '.join(cells)} |"


def _outcomes(reporter: pytest.TerminalReporter) -> Iterator[Outcome]:
    for report in [one for reports in reporter.stats.values() for one in reports]:
        told = dict(getattr(report, "user_properties", ())).get("drill")
        if told and report.when == "teardown":
            yield Outcome(**json.loads(str(told)))
