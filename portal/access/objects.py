"""Finding the object that somebody asks about. The domain says how; here it is an id, a name and a place."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.access.scopes import Place


@dataclass(frozen=True, slots=True)
class Located:
    """An object and where it is: ``place`` for the question, ``where`` in words."""

    id: str
    place: Place
    where: str


Find = Callable[[str], Located | None]


@dataclass(slots=True)
class Finder:
    """``label`` is what the field that names the object is called; ``find`` looks for it, whoever asks."""

    label: str
    find: Find


# One kind of object is enough for one domain; without any there is nothing to ask about.
finder = Finder("Object", lambda _: None)


def register(*, label: str, find: Find) -> None:
    """Let people ask about objects of this kind, by whatever they are called."""
    finder.label, finder.find = label, find
