"""docs/licences.md has every package of production, in the version that is locked, under the licence that it names.

``make licences`` writes its table anew, for review.
"""

import os
import re
from importlib.metadata import PackageMetadata, distributions, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.documents import DOCS, REPOSITORY, read_table, write_table

PAGE = DOCS / "licences.md"
HEADS = ("package", "version", "licence", "homepage")
# Words of older packages, and what they mean. None of them asks for more than its text beside the product.
SAME_AS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
}
ALLOWED = {
    *("Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Python-2.0"),
    *("LGPL-3.0", "LGPL-3.0-only"),  # psycopg, used as it is
}
HOMES = ("homepage", "home", "source", "source code", "repository", "github", "code")
Row = tuple[str, ...]
# The oldest Python that the portal runs on, and the system that it is deployed on: the page is the same everywhere.
DEPLOYED = {"python_full_version": "3.11.0", "python_version": "3.11", "sys_platform": "linux", "os_name": "posix"}


def locked(file: Path) -> list[tuple[str, str]]:
    """Name and version of what production installs."""
    found = [Requirement(line.rstrip("\\ ")) for line in file.read_text().splitlines() if re.match(r"\w", line)]
    here = [one for one in found if one.marker is None or one.marker.evaluate(DEPLOYED)]
    return [(one.name, str(one.specifier).removeprefix("==")) for one in here]


def row(name: str) -> Row:
    told = metadata(name)
    return name, str(told["Version"]), licence_of(told), homepage_of(told)


def licence_of(told: PackageMetadata) -> str:
    """By the expression of PEP 639, else by the classifiers, else by the old field where it is a word and no text."""
    if expression := field(told, "License-Expression"):
        return expression
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    words = [one for one in classified if one != "OSI Approved"] or [field(told, "License").partition("\n")[0]]
    return " AND ".join(sorted({SAME_AS.get(word, word) for word in words}))


def homepage_of(told: PackageMetadata) -> str:
    links = [link.partition(", ") for link in told.get_all("Project-URL", [])]
    named = {label.casefold(): url for label, _, url in links}
    return (field(told, "Home-page") or next((named[label] for label in HOMES if label in named), "")).rstrip("/")


def field(told: PackageMetadata, name: str) -> str:
    return next(iter(told.get_all(name, [])), "")


@pytest.mark.skipif("WRITE_LICENCES" not in os.environ, reason="writes the document")
def test_the_table_is_written_anew():
    write_table(PAGE, "packages", HEADS, [row(name) for name, _ in locked(REPOSITORY / "requirements.txt")])


def test_the_page_has_what_is_locked():
    told = {(name, version) for name, version, *_ in read_table(PAGE, "packages")}
    lock = {*locked(REPOSITORY / "requirements.txt")}
    assert told == lock, "make licences"


def test_the_page_says_what_each_package_says_of_itself():
    """Of those that this Python needs."""
    here = {one.metadata["Name"].casefold() for one in distributions()}
    told = [one for one in read_table(PAGE, "packages") if one[0].casefold() in here]
    assert [one for one in told if one != row(one[0])] == [], "make licences"
    assert len(told) > 40


def test_every_licence_is_one_that_was_looked_at():
    words = {name: re.split(r"\s+(?:AND|OR)\s+|[()]", licence) for name, _, licence, _ in read_table(PAGE, "packages")}
    assert {name: found for name, found in words.items() if not set(filter(None, found)) <= ALLOWED} == {}
