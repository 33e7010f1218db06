"""What can be done, in words. Whoever does a thing names it here, so that the page and the exports can tell of it."""

from dataclasses import dataclass

_KNOWN: dict[str, "Deed"] = {}


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of entry: ``name`` stands in the trail, ``words`` on the page, ``area`` is what the page filters by.

    ``words`` are in the past tense and may hold the names of an entry's details in braces.
    """

    name: str
    words: str
    area: str


def deed(name: str, words: str, *, area: str) -> Deed:
    """A deed that the page knows from now on."""
    _KNOWN[name] = Deed(name, words, area)
    return _KNOWN[name]


def find_deed(name: str) -> Deed:
    """The deed of a name; one that this version does not know is told by its name."""
    return _KNOWN.get(name) or Deed(name, name, "")


def list_deeds() -> list[Deed]:
    """All that this version knows, by area and words."""
    return sorted(_KNOWN.values(), key=lambda one: (one.area, one.words))


# Of the trail itself. It is done at a terminal, and the pages have to know it as well.
MENDED = deed("activity.mended", "Sealed the head of the trail anew; found: {found}", area="Trail")
