"""What the one word of a summary says of its session."""

from typing import NamedTuple

_MOST_DIGITS = 9
# Of the BGP finite state machine (RFC 4271) those in which TCP is up or tried, and parameters are talked about.
_NEGOTIATING = {"connect", "opensent", "openconfirm"}
_SILENT = {"idle", "active"}


class Session(NamedTuple):
    """``prefixes`` is a number while the session stands; else ``word`` is the state, as the router wrote it."""

    prefixes: int | None
    word: str

    @property
    def is_up(self) -> bool | None:
        """None where nobody can tell: no word, or one that no router of ours has been seen to use."""
        if self.prefixes is not None or self._state == "established":
            return True
        return False if self.is_over_limit or self._state in _NEGOTIATING | _SILENT else None

    @property
    def is_silent(self) -> bool:
        """It waits for the other end (Idle, Active)."""
        return self._state in _SILENT

    @property
    def is_negotiating(self) -> bool:
        """The ends do not agree (Connect, OpenSent, OpenConfirm)."""
        return self._state in _NEGOTIATING

    @property
    def is_over_limit(self) -> bool:
        """``Idle (PfxCt)``: shut because of too many prefixes."""
        return "pfxct" in self.word.lower()

    @property
    def is_shut(self) -> bool:
        """``Idle (Admin)``: shut by somebody."""
        return "(admin)" in self.word.lower()

    @property
    def _state(self) -> str:
        return self.word.lower().partition("(")[0].strip()


def parse_session(told: str) -> Session:
    """``stateOrPrefixesReceived``: a decimal number is how many prefixes came, anything else the state's name."""
    text = told.strip()
    is_count = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return Session(int(text), "") if is_count else Session(None, text)
