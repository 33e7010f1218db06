"""docs/asvs.md: every requirement of the acceptance list stands there, and every test that is named as a proof exists.

``WRITE_ASVS=1 pytest -n 0`` this file writes the counts above the tables anew.
"""

import ast
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "asvs.md"
START, END = "<!-- counts: written by WRITE_ASVS=1 pytest tests/unit/test_asvs.py -->\n", "<!-- end of counts -->"
PROVEN, CONFIGURED, NOT_APPLICABLE, NOT_MET = "proven", "by configuration", "not applicable", "not met"
WORDS = {
    PROVEN: "proven by tests",
    CONFIGURED: "by configuration or documents",
    NOT_APPLICABLE: "not applicable",
    NOT_MET: "not met",
}
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+(?:::\w+)?)`")


def of(section: str, *numbers: int) -> list[str]:
    """``of("3.3", 1, 2)``: 3.3.1 and 3.3.2."""
    return [f"{section}.{number}" for number in numbers]


def up_to(section: str, last: int) -> list[str]:
    return of(section, *range(1, last + 1))


# The acceptance list, families written out: OWASP ASVS 5.0.0, of May 2025.
LIST = [
    *up_to("1.2", 10), *of("1.3", 6),
    *up_to("2.2", 3), *of("2.3", 1, 3, 4), *of("2.4", 1),
    *of("3.2", 2), *up_to("3.3", 4), *of("3.4", 1, 3, 4, 5, 6, 8), *of("3.5", 1, 3), *of("3.7", 2),
    *of("4.1", 3),
    *of("5.2", 1, 2),
    *of("6.3", 1, 4), *of("6.8", 2),
    *of("7.2", 4), *of("7.3", 1, 2), *of("7.4", 1, 2, 5),
    *up_to("8.2", 3), *of("8.3", 1), *of("8.4", 1),
    *up_to("9.1", 3), *up_to("9.2", 4),
    *up_to("10.1", 2), *up_to("10.2", 3), *up_to("10.3", 5), *up_to("10.4", 16), *up_to("10.5", 5), *up_to("10.6", 2),
    *up_to("10.7", 3),
    *of("11.4", 1),
    *up_to("12.1", 5), *up_to("12.2", 2), *up_to("12.3", 5),
    *of("13.2", 4), *of("13.3", 1), *of("13.4", 2, 5),
    *of("14.2", 1), *up_to("14.3", 3),
    *of("15.1", 2), *of("15.2", 1, 3), *up_to("15.3", 4),
    *of("16.2", 1, 2, 5), *up_to("16.3", 4), *up_to("16.4", 3), *up_to("16.5", 3),
]  # fmt: skip
TABLES = {"requirements": LIST, "rules": [str(number) for number in range(1, 23)], "answers": list("abcde")}
NOUNS = {"requirements": "requirements", "rules": "rules of signing in", "answers": "answers that lead elsewhere"}


class Row(NamedTuple):
    numbers: list[str]
    does: str
    stands: str
    proof: str


def rows(table: str) -> list[Row]:
    """The rows of the table behind the mark of that name."""
    part = PAGE.read_text().partition(f"<!-- {table} -->\n")[2].partition(f"<!-- end of {table} -->")[0]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in part.splitlines()[2:] if line]
    return [Row(numbers.split(", "), does, stands, proof) for numbers, does, stands, proof in cells]


ALL = [row for table in TABLES for row in rows(table)]


def counts() -> str:
    """One line for each table."""
    lines = []
    for table, noun in NOUNS.items():
        found = Counter({row.stands: 0 for row in ALL})
        for row in rows(table):
            found[row.stands] += len(row.numbers)
        told = ", ".join(f"{found[stands]} {words}" for stands, words in WORDS.items())
        lines.append(f"- {sum(found.values())} {noun}: {told}.\n")
    return "".join(lines)


@cache
def known_tests(file: str) -> set[str]:
    """Of a file, by its text alone: ``test_x`` and ``TestX::test_y``."""
    found: set[str] = set()
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}


@pytest.mark.parametrize("table", TABLES)
def test_every_line_of_the_acceptance_list_stands_there_once(table: str):
    told = [number for row in rows(table) for number in row.numbers]
    assert sorted(told) == sorted(TABLES[table])


def test_every_row_says_in_a_sentence_or_two_what_the_portal_does_and_how_it_stands():
    for row in ALL:
        assert row.stands in WORDS, row
        assert row.does.endswith("."), row
        assert row.does.count(". ") <= 2, row


def test_whatever_is_named_as_a_proof_is_a_test_that_there_is():
    for row in ALL:
        named = _TEST.findall(row.proof)
        assert [f"{file}::{name}" for file, name in named if name not in known_tests(file)] == []
        # Nothing that looks like a test and is not read as one.
        assert row.proof.count("tests/") == len(named), row
        assert bool(named) or row.stands != PROVEN, row


def test_whatever_the_threat_model_names_is_a_test_that_there_is():
    page = (ROOT / "docs" / "threat-model.md").read_text()
    named = _TEST.findall(page)
    assert [f"{file}::{name}" for file, name in named if name not in known_tests(file)] == []
    assert page.count("`tests/") == len(named) > 0


def test_whatever_no_test_proves_says_why_or_who_has_to_do_it():
    for row in ALL:
        words = _TEST.sub("", row.proof).strip(" ,.;").split()
        assert row.stands == PROVEN or len(words) > 3, row


def test_the_counts_above_the_tables_are_those_of_the_tables():
    before, _, rest = PAGE.read_text().partition(START)
    told, _, after = rest.partition(END)
    if "WRITE_ASVS" in os.environ:
        PAGE.write_text(before + START + counts() + END + after)
    else:
        assert told == counts()
