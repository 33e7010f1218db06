"""What the forms of peerings refuse: each case of ``peering_refusals.txt`` beside this file, as a browser sends it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

from crossconnections.models import CrossConnection, Draft
from tests.integration.pages.peerings import (
    MICROSOFT,
    NEW_MICROSOFT,
    NEW_PRIVATE,
    PRIVATE,
    form_of,
    microsoft_peering,
    post,
    problems_in,
)
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

TABLE = Path(__file__).with_name("peering_refusals.txt")
NEW = {PRIVATE: NEW_PRIVATE, MICROSOFT: NEW_MICROSOFT}


class Case(NamedTuple):
    """A case of the table: its first line, and what that means."""

    line: str
    peering_type: str
    typed: dict[str, str]
    sentences: dict[str, list[str]]


def cases() -> Iterator[Case]:
    case = None
    for line in TABLE.read_text(encoding="ascii").splitlines():
        if line.startswith("  ") and case:
            name, _, sentence = line.strip().partition(": ")
            case.sentences.setdefault(name, []).append(plain(sentence))
        elif line and not line.startswith("#"):
            if case:
                yield case
            case = begun(line)
    if case:
        yield case


def begun(line: str) -> Case:
    peering, _, typed = line.partition(": ")
    pairs = (one.partition(" =") for one in typed.split("; "))
    fields = {name: plain(text.removeprefix(" ")) for name, _, text in pairs}
    return Case(line, {"private": PRIVATE, "microsoft": MICROSOFT}[peering], fields, {})


def plain(text: str) -> str:
    """With the signs that the table has other words for."""
    return text.encode("ascii").decode("unicode_escape")


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.line)
def test_it_says_what_is_wrong_next_to_the_field_and_makes_no_draft(operator: Client, row, case: Case):
    other = microsoft_peering if case.peering_type == PRIVATE else private_peering
    other(row)
    answer = post(operator, form_of(case.peering_type), **NEW[case.peering_type] | case.typed)
    assert answer.status_code == 422
    assert problems_in(answer) == case.sentences
    assert not Draft.objects.exists()


@pytest.mark.parametrize("peering_type", NEW)
def test_without_any_of_that_it_is_taken(operator: Client, row, peering_type: str):
    """So that each refusal above is for what stands there."""
    other = microsoft_peering if peering_type == PRIVATE else private_peering
    other(row)
    assert post(operator, form_of(peering_type), **NEW[peering_type]).status_code == 303


def test_the_table_is_read_in_full():
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    assert len(list(cases())) == sum(not line.startswith(" ") for line in lines) >= 60
    assert all(case.sentences for case in cases())


@pytest.mark.parametrize(
    ("prefixes", "told"),
    [
        (
            "\r\n".join(f"20.{number // 256}.{number % 256}.0/24" for number in range(201)),
            ["201 IPv4 prefixes are too many: Microsoft peering takes 200. Aggregate them."],
        ),
        ("x" * 32_769, ["This list has 32769 characters, and is read up to 32768. Shorten it."]),
    ],
)
def test_too_many_prefixes_are_refused(operator: Client, row, prefixes: str, told: list[str]):
    answer = post(operator, form_of(MICROSOFT), **NEW_MICROSOFT | {"advertised_prefixes": prefixes})
    assert answer.status_code == 422
    assert problems_in(answer)["advertised_prefixes"] == told
    assert prefixes[:100] in answer.content.decode()


def test_of_many_wrong_lines_the_first_twenty_are_told(operator: Client, row):
    answer = post(operator, form_of(MICROSOFT), **NEW_MICROSOFT | {"advertised_prefixes": "10.0.0.0/8\r\n" * 30})
    told = problems_in(answer)["advertised_prefixes"]
    assert (len(told), told[-1]) == (21, "10 more entries are wrong. Mend those above first.")
