"""The pages of what was found, and the addresses of what a page shows."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

LINES_ON_A_PAGE = 100
MOST_PAGES = 10**6


class Way(NamedTuple):
    """A link to another page of what was found."""

    words: str
    query: str
    key: str


def as_query(**values: str | int) -> str:
    """What a copied link holds, with only what is set; the first page is not."""
    told = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
    return f"?{urlencode(told)}" if told else ""


def ways_to_others(page: int, pages: int, address_of: Callable[[int], str]) -> tuple[Way, ...]:
    """To the first, the previous, the next and the last page, as far as these are others."""
    ways = (
        ("First", 1, "first", page - 1 > 1),
        (f"Previous {LINES_ON_A_PAGE}", page - 1, "previous", page > 1),
        (f"Next {LINES_ON_A_PAGE}", page + 1, "next", page < pages),
        ("Last", pages, "last", page + 1 < pages),
    )
    return tuple(Way(words, address_of(to), key) for words, to, key, leads in ways if leads)
