"""What a sheet is made of. Every text goes through :func:`lines_of`, so that neither paper nor terminal obeys one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from portal.harmless import harmless

_LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its values: one, or one for each link. ``is_code`` where somebody types them into a router."""

    name: str
    values: tuple[str, ...]
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and one value each."""

    kind: ClassVar[str] = "facts"
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Names and a value for each of ``heads``, under a title."""

    kind: ClassVar[str] = "grid"
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Short texts, the first of them; ``more`` says how many are left out, "" for none.

    ``is_folded``: on a screen, and only there, its items show once somebody unfolds it.
    """

    kind: ClassVar[str] = "listing"
    title: str
    items: tuple[str, ...]
    more: str
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences, a paragraph each."""

    kind: ClassVar[str] = "words"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do, in this order: what it is, and how."""

    kind: ClassVar[str] = "steps"
    items: tuple[tuple[str, str], ...]


# A row of a grid while it is made: its name, a value for each link, and ``is_code``.
Line = tuple[str, tuple[str, str], bool]
Block = Facts | Grid | Listing | Words | Steps


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the customer gets to read."""

    title: str
    head: Facts
    sections: tuple[Section, ...]


def section(title: str, *blocks: Block) -> Section:
    """A title may be Azure's word too."""
    return Section(_line(title), blocks)


def facts(*rows: tuple[str, str] | tuple[str, str, bool]) -> Facts:
    """Those that have a value; the third, where there is one, is ``is_code``."""
    return Facts(tuple(Row(_line(row[0]), (_line(row[1]),), is_code=len(row) > 2 and row[2]) for row in rows if row[1]))  # noqa: PLR2004


def grid(title: str, heads: Iterable[str], rows: Iterable[Line]) -> Grid:
    """The rows that have a value in any column."""
    told = (Row(_line(name), tuple(map(_line, values)), is_code=is_code) for name, values, is_code in rows)
    return Grid(_line(title), tuple(heads), tuple(row for row in told if any(row.values)))


def on_both(number: int | None) -> tuple[str, str]:
    """The same on both links; "" for none."""
    told = str(number or "")
    return told, told


def listing(title: str, items: Iterable[str], *, most: int, is_folded: bool = False) -> Listing:
    """At most so many of them; how many there are stands behind the title."""
    told = tuple(map(_line, items))
    left = len(told) - most
    more = f"and {left:,} more" if left > 0 else ""
    return Listing(_line(f"{title} ({len(told):,})"), told[:most], more, is_folded=is_folded)


def words(*texts: str) -> Words:
    """Each line of each text that says anything."""
    return Words(tuple(line for text in texts for line in lines_of(text)))


def lines_of(text: str) -> list[str]:
    """Lines that say anything; what cannot be seen is shown as a replacement character."""
    return [line for line in map(_line, text.splitlines()) if line]


def _line(text: str) -> str:
    return harmless(text, longest=_LONGEST_LINE)
