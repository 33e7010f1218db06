"""Where a role holds. The portal knows no domain: scopes and places are kinds and ids, as text, named by the domain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the estate; the id is in lower case, since Azure spells the same name in several ways."""

    kind: str
    id: str = ""

    @classmethod
    def of(cls, kind: str, name: str) -> "Scope":
        """The scope of a name as anybody spells it."""
        return cls(kind, name.lower())


# Where an object is: every scope that it lies in.
Place = frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a permission of somebody goes: over everything, or over the union of some scopes."""

    everything: bool = False
    scopes: frozenset[Scope] = frozenset()

    def covers(self, place: Place) -> bool:
        """Whether an object that is there is within reach."""
        return self.everything or not self.scopes.isdisjoint(place)

    def ids(self, kind: str) -> list[str]:
        """The ids of one kind of scope, sorted."""
        return sorted(scope.id for scope in self.scopes if scope.kind == kind)

    def __bool__(self) -> bool:
        return self.everything or bool(self.scopes)


EVERYWHERE = Reach(everything=True)


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """A kind of scope that an assignment can be made for; ``choices`` are the ids that exist, each with its name."""

    kind: str
    words: str
    choices: Callable[[], Sequence[tuple[str, str]]]


_KINDS: dict[str, ScopeKind] = {
    EVERYTHING: ScopeKind(EVERYTHING, "Everything", lambda: [("", "Everything")]),
}


def register(kind: str, *, words: str, choices: Callable[[], Sequence[tuple[str, str]]]) -> None:
    """Let assignments be made for this kind of scope."""
    _KINDS[kind] = ScopeKind(kind, words, choices)


def list_kinds() -> list[ScopeKind]:
    """All kinds, the widest first."""
    return list(_KINDS.values())
