"""Azure's lists, page by page (Azure Resource Manager RPC, Common API Details: ``value`` and ``nextLink``)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from crossconnections.arm.reading import Fields, MalformedError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``number`` counts from 1."""

    number: int
    items: tuple[T, ...]
    is_last: bool


class PageReader(Generic[T]):
    """Reads one page after another and holds the link to the next; "" after the last."""

    def __init__(self, first_link: str, read_item: Callable[[Fields], T]) -> None:
        self.next_link = first_link
        self._read_item = read_item
        self._asked: set[str] = set()

    def read(self, document: Fields) -> Page[T]:
        """The page of the document that ``next_link`` led to.

        MalformedError when ``value`` is missing, when one entry cannot be read (a page with a hole must not look
        like one whose resource is gone), or when the link leads back to a page that was read before.
        """
        self._asked.add(self.next_link)
        items = tuple(self._read_item(entry) for entry in document.require("value").objects("value"))
        self.next_link = self._new_link(document)
        return Page(number=len(self._asked), items=items, is_last=not self.next_link)

    def _new_link(self, document: Fields) -> str:
        link = document.text("nextLink")
        if link in self._asked:
            raise MalformedError("nextLink leads back to a page that was read before")
        return link
