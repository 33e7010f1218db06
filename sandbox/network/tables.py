"""The three tables of a path, and how odd they may be.

Oddities are pictures that no condition and no configuration leads to, each for a rule that a reader of tables has: see
"The sandbox: a local Azure", docs/sandbox.md, for the words.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sandbox.network.arp import arp_table
from sandbox.network.legs import Leg
from sandbox.network.odd_arp import ODD_ARP
from sandbox.network.odd_routes import ODD_ROUTES
from sandbox.network.odd_summary import ODD_SUMMARY
from sandbox.network.oddity import Oddities, Rows
from sandbox.network.routes import routes_table
from sandbox.network.summary import routes_table_summary


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: what it shows of a path, and what may be odd about it."""

    made_by: Callable[[Leg], Rows]
    oddities: Oddities

    def rows(self, leg: Leg, odd: Collection[str]) -> Rows:
        """As Microsoft's router shows them, with those of the oddities that are this table's."""
        rows = self.made_by(leg)
        # In this order, whatever order they were asked for in: missing fields come last.
        for name, made_odd in self.oddities.items():
            rows = made_odd(rows, leg) if name in odd else rows
        return rows


ARP = Table(arp_table, ODD_ARP)
ROUTES = Table(routes_table, ODD_ROUTES)
SUMMARY = Table(routes_table_summary, ODD_SUMMARY)
# Some have a part in two tables.
ODDITIES = tuple(dict.fromkeys([*ODD_ARP, *ODD_SUMMARY, *ODD_ROUTES]))
