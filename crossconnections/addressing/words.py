"""Fields that take several words: one a line, or apart by blanks and commas."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crossconnections.addressing.breaches import Breach, Repair

# Twice 200 prefixes of the longest kind take little more than half of it.
MOST_CHARACTERS = 32_768
MOST_TOLD = 20
_WORD = re.compile(r"[^\s,]+")


class Word(NamedTuple):
    """A word of a field's text, the line that it stands in, from 1, and where it begins in the text."""

    line: int
    start: int
    text: str


def words_of(text: str) -> Iterator[Word]:
    """The words in their order. None of a text that is too long to be meant."""
    if is_too_long(text):
        return
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield from (Word(number, start + found.start(), found[0]) for found in _WORD.finditer(line))
        start += len(line) + 1


def is_too_long(text: str) -> bool:
    """Beyond what anybody reads."""
    return len(text) > MOST_CHARACTERS


def too_long(rule: str, field: str, text: str) -> Breach:
    """Inferred: a bound of ours, so that no text keeps the portal busy."""
    return Breach(rule, "list_too_long", field, {"count": len(text), "most": MOST_CHARACTERS})


def rewrite(field: str, text: str, word: Word, fresh: str) -> Repair:
    """A repair of one word; each other character of the text stays as it was typed."""
    whole = text[: word.start] + fresh + text[word.start + len(word.text) :]
    return Repair({field: whole}, f"Use {fresh} in line {word.line}")


def tell_some(breaches: Iterator[Breach], rule: str, field: str) -> Iterator[Breach]:
    """The first twenty, and how many more there are: nobody reads four hundred."""
    told = 0
    for told, breach in enumerate(breaches, start=1):
        if told <= MOST_TOLD:
            yield breach
    if told > MOST_TOLD:
        yield Breach(rule, "more_lines", field, {"count": told - MOST_TOLD})
