"""Checks as a table on the terminal."""

import json
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crossconnections.presenters.readiness.page import Card
from crossconnections.presenters.readiness.rows import CheckRow

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red", "idle": "dim"}
# A command must not be broken where it is piped into a file, to be pasted from there.
_WIDTH_OF_A_FILE = 400


def as_tables(cards: Iterable[Card]) -> str:
    """Each card with its checks, and under what does not pass how to mend it."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH_OF_A_FILE)
    with console.capture() as captured:
        for card in cards:
            console.print(Text(f"{card.title} {card.label} {card.subscription_id}".rstrip(), style="bold"))
            console.print(Padding(_table(card), (0, 0, 1, 0)))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _table(card: Card) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for row in card.rows:
        table.add_row(Text(row.level, style=_COLOURS[row.tone]), Text(row.title), Text(row.meaning))
        for line in _how_to_mend(row):
            table.add_row("", "", line)
    return table


def _how_to_mend(row: CheckRow) -> list[Text]:
    """What is missing, what to do and the command, a line each; nothing for what passes."""
    if row.tone == "ok":
        return []
    role = [f"The custom role: {json.dumps(json.loads(row.role))}"] if row.role else []
    lines = [*(f"{one.action}  {one.what_for}" for one in row.missing), row.mend, row.command, *role, row.afterwards]
    ids = f"Code {row.code}" + (f", correlation id {row.correlation_id}" if row.correlation_id else "")
    return [Text(line) for line in (*lines, ids if row.code else "") if line]
