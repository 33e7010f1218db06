"""Each dependency is a promise to keep: it says what it is for, and production has none of the tools."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tests.documents import REPOSITORY

PROJECT = REPOSITORY / "pyproject.toml"
TOOLS = {"pip-audit", "cyclonedx-bom", "pytest", "ruff", "mypy", "uv", "starlette", "uvicorn", "playwright"}


def asked_for() -> set[str]:
    told = tomllib.loads(PROJECT.read_text())
    groups = [*told["project"]["optional-dependencies"].values(), *told["dependency-groups"].values()]
    return {*told["project"]["dependencies"], *(line for group in groups for line in group)}


def names_in(lock: Path) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", lock.read_text(), re.MULTILINE))


def test_every_dependency_says_what_it_is_for():
    reasons = dict(re.findall(r'^ +"([^"]+)", +# (\w.+)$', PROJECT.read_text(), re.MULTILINE))
    assert asked_for() - reasons.keys() == set()


def test_production_has_no_tools():
    assert names_in(REPOSITORY / "requirements.txt") & TOOLS == set()


def test_every_package_is_locked_with_its_hashes():
    for lock in REPOSITORY.glob("requirements*.txt"):
        entries = re.split(r"^(?=\w)", lock.read_text(), flags=re.MULTILINE)[1:]
        assert [one for one in entries if "--hash=sha256:" not in one] == [], lock.name
        assert "://" not in lock.read_text(), lock.name


def test_the_tools_that_look_at_the_locks_are_in_none_of_them():
    names = {Requirement(line).name for line in tomllib.loads(PROJECT.read_text())["dependency-groups"]["audit"]}
    assert names <= names_in(REPOSITORY / "requirements-audit.txt")
    for lock in ("requirements.txt", "requirements-sandbox.txt", "requirements-dev.txt"):
        assert names & names_in(REPOSITORY / lock) == set(), lock
