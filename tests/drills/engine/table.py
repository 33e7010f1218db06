"""What came of the drills: a line for each at each broker, and one for all of them together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

from tests.drills.engine.course import Outcome

PAGE = Path(__file__).parents[3] / "docs" / "drills.md"
MARK = "<!-- {about}: written by make drills WRITE_DRILLS=1 -->"
_ANY_MARK = "<!-- "
Line = tuple[str, ...]


def tell(reporter: pytest.TerminalReporter, *, write: bool) -> None:
    """Below pytest's own words, and on the page where that is wished."""
    for (about, broker), lines in tables(_outcomes(reporter)).items():
        reporter.section(f"drills of {about} with {broker}")
        for first, *others in lines:
            reporter.write_line(f"{first:<80}" + "".join(f"{cell:>12}" for cell in others))
    if write:
        PAGE.write_text(written(PAGE.read_text(), tables(_outcomes(reporter))))


def tables(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], list[Line]]:
    """What they are about, with each broker: the head, all of its drills together, and then each."""
    sorted_out: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        sorted_out[one.about, one.broker].append(one)
    return {which: list(_lines(found)) for which, found in sorted(sorted_out.items())}


def written(page: str, found: dict[tuple[str, str], list[Line]]) -> str:
    """The page with these tables behind their marks; those of another kind stay as they are."""
    for about in sorted({about for about, _ in found}):
        mark = MARK.format(about=about)
        before, _, behind = page.partition(mark)
        _, another, others = behind.partition(_ANY_MARK)
        its_own = {broker: lines for (what, broker), lines in found.items() if what == about}
        sections = [f"## What came of {about}", *chain.from_iterable(map(_section, its_own, its_own.values()))]
        page = "\n\n".join([before.rstrip(), mark, *sections]) + "\n" + (f"\n{another}{others}" if another else "")
    return page


def _lines(found: list[Outcome]) -> Iterator[Line]:
    yield "drill", "n", *found[0].counts, "median s", "worst s"
    yield _line("all of them", found)
    for name in sorted({one.drill for one in found}):
        yield _line(name, [one for one in found if one.drill == name])


def _line(name: str, ones: list[Outcome]) -> Line:
    seconds = [one.seconds for one in ones]
    counts = [str(sum(one.counts[what] for one in ones)) for what in ones[0].counts]
    return name, str(len(ones)), *counts, f"{median(seconds):.1f}", f"{max(seconds):.1f}"


def _section(broker: str, lines: list[Line]) -> Iterator[str]:
    head, *others = lines
    yield f"### With {broker}"
    yield "\n".join(_in_a_row(cells) for cells in (head, ("---",) * len(head), *others))


def _in_a_row(cells: Line) -> str:
    return f"| {' | '.join(cells)} |"


def _outcomes(reporter: pytest.TerminalReporter) -> Iterator[Outcome]:
    for report in [one for reports in reporter.stats.values() for one in reports]:
        told = dict(getattr(report, "user_properties", ())).get("drill")
        if told and report.when == "teardown":
            yield Outcome(**json.loads(str(told)))
