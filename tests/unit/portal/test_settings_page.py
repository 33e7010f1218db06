"""docs/settings.md has every variable as the code declares it, and no other.

``WRITE_SETTINGS=1 pytest -n 0`` this file writes its tables anew, for review.
"""

import ast
import os
import re

import pytest

from portal import env
from portal.supervisor.environment import _TUNING, embedded
from tests.documents import DOCS, REPOSITORY, read_table, write_table
from tests.unit.portal.settings_read import read

PAGE = DOCS / "settings.md"
HEADS = ("variable", "it takes", "default", "what it is for")
A_NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
Row = tuple[str, ...]


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, env.Declared]:
    read(monkeypatch)
    return env.DECLARED


def rows(declared: dict[str, env.Declared], *, ours: bool) -> list[Row]:
    chosen = [one for one in declared.values() if one.is_ours is ours]
    return [(f"`{one.name}`", one.takes, one.default, one.about) for one in chosen]


@pytest.mark.skipif("WRITE_SETTINGS" not in os.environ, reason="writes the document")
def test_the_tables_are_written_anew(declared):
    write_table(PAGE, "variables", HEADS, rows(declared, ours=True))
    write_table(PAGE, "variables of others", HEADS, rows(declared, ours=False))


def test_the_page_has_every_variable_as_the_code_declares_it(declared):
    assert read_table(PAGE, "variables") == rows(declared, ours=True)
    assert read_table(PAGE, "variables of others") == rows(declared, ours=False)


def test_every_variable_says_what_it_takes_and_what_it_is_for(declared):
    assert [one.name for one in declared.values() if not (one.takes and one.default and one.about)] == []


def test_no_line_of_the_tables_breaks_them(declared):
    assert [
        row for ours in (True, False) for row in rows(declared, ours=ours) if any("|" in cell for cell in row)
    ] == []


def test_the_page_speaks_of_no_variable_that_nobody_declares(declared):
    of_requests = {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
    assert set(A_NAME.findall(PAGE.read_text())) - declared.keys() - of_requests == {"NAME_FILE"}


def test_no_part_reads_a_variable_past_the_declarations(declared):
    """Whoever looks into the environment themselves says which variable, and it is on the page."""
    read_elsewhere = {
        name for folder in ("portal", "crossconnections") for file in (REPOSITORY / folder).rglob("*.py")
        for name in names_read(ast.parse(file.read_text()))
    }  # fmt: skip
    assert read_elsewhere <= declared.keys()


def names_read(tree: ast.AST) -> set[str]:
    """``"X"`` of ``os.environ["X"]``, ``os.environ.get("X")``, ``os.getenv("X")`` and ``env.text("X")``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            found.add(ast.unparse(node.slice).strip("'"))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called.endswith(("environ.get", "environ.setdefault", "getenv")) or called.startswith("env."):
                found.add(str(node.args[0].value))
    return found


def test_the_supervisor_sets_and_passes_on_nothing_else(declared, tmp_path):
    assert {name.removesuffix("_FILE") for name in embedded(tmp_path, 8000)} <= declared.keys()
    assert declared.keys() >= _TUNING


def test_compose_and_its_example_name_nothing_else(declared):
    names = {line.partition("=")[0] for line in example().splitlines() if line and not line.startswith("#")}
    compose = (REPOSITORY / "docker" / "compose.yaml").read_text()
    assert names | set(re.findall(r"\$\{([A-Z_]+)", compose)) <= declared.keys()
    assert set(re.findall(r"^ +([A-Z_]+):", compose, re.MULTILINE)) <= declared.keys() | {"POSTGRES_USER"}


def test_the_example_has_every_variable_that_is_required(declared):
    required = {one.name for one in declared.values() if one.default.startswith("required")}
    assert {name for name in required if f"\n{name}=" not in f"\n{example()}"} == set()


def example() -> str:
    return (REPOSITORY / "docker" / "example.env").read_text()
