"""The kinds of objects that entries name. The domain registers its own, so that the portal need not know it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """``words`` name the id, as in "Copy service key"; ``address`` gives an object's page, if it has one."""

    words: str
    address: Callable[[str], str | None]

    def find_page(self, object_id: str) -> str:
        """The address of an object's page; "" for none, and for an id that no address can be made of."""
        try:
            return self.address(object_id) or ""
        except NoReverseMatch:
            return ""


_KINDS: dict[str, ObjectKind] = {}


def register(kind: str, words: str, address: Callable[[str], str | None]) -> None:
    """Let the page of the trail link to objects of this kind."""
    _KINDS[kind] = ObjectKind(words, address)


def find_kind(kind: str) -> ObjectKind:
    """The kind of that name; one that nobody registered has no pages."""
    return _KINDS.get(kind) or ObjectKind("id", lambda object_id: None)
