"""Regular expressions that cannot keep the sandbox from answering."""

import regex

from sandbox.refused import RefusedError

# Python's own matcher has no time-out: `(.*)*x` would hold everybody's requests for years.
_SECONDS = 0.1
_LONGEST = 1000


class PathPattern:
    """A pattern that is looked for anywhere in a path, in any case."""

    def __init__(self, text: str) -> None:
        """Raises RefusedError where the text is no regular expression."""
        if len(text) > _LONGEST:
            raise RefusedError(f"path_pattern takes at most {_LONGEST} characters.")
        self.text = text
        try:
            self._pattern = regex.compile(text, regex.IGNORECASE)
        except (regex.error, RecursionError, OverflowError):
            raise RefusedError(f"path_pattern {text!a} is no regular expression.") from None

    def is_in(self, path: str) -> bool:
        """Whether it is found; one that takes too long is not."""
        try:
            return self._pattern.search(path, timeout=_SECONDS) is not None
        except TimeoutError:
            return False
