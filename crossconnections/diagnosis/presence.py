"""Which of the two paths have something, as far as both were asked."""

from enum import StrEnum, auto


class Presence(StrEnum):
    """UNKNOWN where a path's table was not read: what it would have shown, nobody can tell."""

    BOTH = auto()
    PRIMARY_ONLY = auto()
    SECONDARY_ONLY = auto()
    NEITHER = auto()
    UNKNOWN = auto()


_PRESENCES = {
    (True, True): Presence.BOTH,
    (True, False): Presence.PRIMARY_ONLY,
    (False, True): Presence.SECONDARY_ONLY,
    (False, False): Presence.NEITHER,
}


def presence_on(primary: bool | None, secondary: bool | None) -> Presence:  # noqa: FBT001 - one for each path
    """None for a path of which it is not known."""
    if primary is None or secondary is None:
        return Presence.UNKNOWN
    return _PRESENCES[primary, secondary]
