"""The page of the drills: each kind has its own tables behind its own mark."""

from tests.drills.engine.course import Outcome
from tests.drills.engine.table import MARK, tables, written

READS = Outcome("table reads", "the clock dies", "Redis", {"lost": 0, "asked twice": 2}, 1.5)
WRITES = Outcome("writes", "the clock dies", "Redis", {"lost": 0, "duplicated": 0, "unaudited": 1}, 2.5)
LINE = "| the clock dies | 1 | 0 | 2 | 1.5 | 1.5 |"


def page_of(*outcomes: Outcome, page: str = "# Drills\n") -> str:
    return written(page, tables(outcomes))


def test_each_kind_has_columns_of_its_own() -> None:
    page = page_of(READS, WRITES)
    assert "| drill | n | lost | asked twice | median s | worst s |" in page
    assert "| drill | n | lost | duplicated | unaudited | median s | worst s |" in page
    assert page.index("## What came of table reads") < page.index("## What came of writes")


def test_a_kind_that_was_not_carried_out_stays_as_it_was() -> None:
    page = page_of(WRITES, page=page_of(READS, WRITES))
    assert LINE in page
    assert page == page_of(READS, page=page) == page_of(READS, WRITES)


def test_what_stands_before_the_marks_stays() -> None:
    assert page_of(READS, page=page_of(READS)).startswith(f"# Drills\n\n{MARK.format(about='table reads')}\n")
