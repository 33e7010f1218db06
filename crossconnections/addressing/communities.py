"""The BGP communities of a Microsoft peering's own announcements."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crossconnections.addressing.breaches import Breach, Repair, shown
from crossconnections.addressing.words import Word, is_too_long, rewrite, tell_some, too_long, words_of

# The section of EXPRESSROUTE.md, which has no number for it.
_RULE = "2.5"
_FIELD = "advertised_communities"
_HALF = 65_536
_COMMUNITY = re.compile("([0-9]{1,9}):([0-9]{1,9})")


class Communities(NamedTuple):
    """The field's text and its words."""

    text: str
    words: tuple[Word, ...]

    @property
    def is_exact(self) -> bool:
        """Whether all are communities, written plainly."""
        return not is_too_long(self.text) and all(canonical_of(word.text) == word.text for word in self.words)

    @property
    def canonical(self) -> list[str]:
        """Each once, in their order."""
        return list(dict.fromkeys(word.text for word in self.words))


def read_communities(text: str) -> Communities:
    """The list as it was typed."""
    return Communities(text, tuple(words_of(text)))


def canonical_of(text: str) -> str:
    """``12076:5010`` for two 16-bit numbers (RFC 1997), leading zeros or not; "" for a text that is no community."""
    found = _COMMUNITY.fullmatch(text)
    halves = tuple(map(int, found.groups())) if found else ()
    return ":".join(map(str, halves)) if halves and max(halves) < _HALF else ""


def judge_communities(communities: Communities) -> Iterator[Breach]:
    """Each a community by its form. Inferred: any will do, for Microsoft heeds none (EXPRESSROUTE.md 2.5)."""
    if is_too_long(communities.text):
        return iter((too_long(_RULE, _FIELD, communities.text),))
    breaches = (_breach(word, communities.text) for word in communities.words if canonical_of(word.text) != word.text)
    return tell_some(breaches, _RULE, _FIELD)


def _breach(word: Word, text: str) -> Breach:
    plain = canonical_of(word.text)
    repairs: tuple[Repair, ...] = (rewrite(_FIELD, text, word, plain),) if plain else ()
    return Breach(_RULE, "community", _FIELD, {"line": word.line, "text": shown(word.text)}, repairs)
