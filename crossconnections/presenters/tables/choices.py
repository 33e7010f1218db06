"""What a page shows of a reading, as it stands in its address."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.presenters.tables.paging import as_query

ALL, DIFFERENCES, SINCE = "", "differences", "since"
SHOWS = (ALL, DIFFERENCES, SINCE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the peerings; of its routes those that are searched for and shown, a page of them.

    ``compare`` is the number of the reading that this one is compared with, 0 for none.
    """

    peerings: Sequence[str]
    peering: str
    find: str = ""
    show: str = ALL
    compare: int = 0
    page: int = 1

    @property
    def query(self) -> str:
        """As it stands in the address."""
        return self.query_with()

    def query_with(self, **other: str | int) -> str:
        """The same with other values; another choice of lines begins with their first page."""
        values: dict[str, str | int] = {"peering": self.peering, "find": self.find, "show": self.show}
        values |= {"compare": self.compare, "page": self.page if not other else 1}
        return as_query(**(values | other))
