"""The sheet as plain text for a mail, at most 78 columns wide."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from crossconnections.presenters.handover.sheet import Block, Facts, Grid, Listing, Row, Section, Sheet, Steps, Words

WIDTH = 78
_NAMES = 30
_GAP = "  "
_BELOW = "    "


def as_text(sheet: Sheet) -> str:
    """Ends with a line break, as a file does."""
    lines = [sheet.title, "=" * len(sheet.title), "", *_facts(sheet.head.rows)]
    for section in sheet.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield from _wrapped(section.title)
    yield "-" * min(len(section.title), WIDTH)
    for number, block in enumerate(section.blocks):
        if number:
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterable[str]:
    if isinstance(block, Facts):
        return _facts(block.rows)
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Listing):
        return _listing(block)
    return _words(block) if isinstance(block, Words) else _steps(block)


def _facts(rows: Sequence[Row]) -> list[str]:
    return [line for row in rows for line in _fact(row.name, row.values[0])]


def _fact(name: str, value: str) -> list[str]:
    """What is too long for the place beside its name goes on below it, and a long word begins there."""
    if not value:
        return []
    label = f"{name}: ".ljust(_NAMES)
    if max(map(len, value.split()), default=0) > WIDTH - len(label):
        return [*_wrapped(label), *_wrapped(value, first=_BELOW)]
    return _wrapped(value, first=label, rest=" " * _NAMES)


def _grid(block: Grid) -> list[str]:
    """Side by side where that fits, else one column after the other."""
    table = [(block.title, *block.heads), *((row.name, *row.values) for row in block.rows)]
    widths = [max(len(line[at]) for line in table) for at in range(len(block.heads) + 1)]
    if sum(widths) + len(_GAP) * len(block.heads) > WIDTH:
        return _stacked(block)
    cells = (_GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in table)
    return [line.rstrip() for line in cells]


def _stacked(block: Grid) -> list[str]:
    lines = [block.title]
    for at, head in enumerate(block.heads):
        lines.append(head)
        lines += [line for row in block.rows for line in _fact(f"  {row.name}", row.values[at])]
    return lines


def _listing(block: Listing) -> list[str]:
    return [f"{block.title}:", *_wrapped(", ".join([*block.items, *filter(None, [block.more])]), first="  ")]


def _words(block: Words) -> list[str]:
    return [line for text in block.lines for line in _wrapped(text)]


def _steps(block: Steps) -> list[str]:
    return [
        line
        for number, (what, how) in enumerate(block.items, 1)
        for line in _wrapped(f"{what} {how}", first=f"{number}. ", rest="   ")
    ]


def _wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """Cut at blanks, so that what is copied out of it stays whole; only what fills a line is cut anywhere."""
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest or " " * len(first), break_on_hyphens=False)
