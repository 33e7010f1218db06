"""JSON read field by field, with one exception for all that can be wrong with it.

A sentence here names the place and what was expected, never the value: it may be a shared key. The keys themselves
end in the parser, at whatever depth they stand.
"""

import contextlib
import json
import re
from dataclasses import dataclass
from typing import NoReturn, Self

_MAX_NUMBER = 2**63 - 1
# Azure promises no lengths. Far more than anybody reads, far less than keeps a worker or a page busy.
LONGEST_TEXT, LONGEST_DOCUMENT = 10_000, 1_000_000
# JSON can spell lone surrogates and NUL; no database takes them as text.
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
# In lower case: Azure does not mind how a name is spelled.
_SECRETS = frozenset({"sharedkey", "authorizationkey"})


class MalformedError(ValueError):
    """The JSON is not of the shape that Azure's contract names."""


@dataclass(frozen=True, slots=True, repr=False)
class Fields:
    """One JSON object; ``where`` is its place in the document, "" for the document itself.

    A field that is missing or null is "" as text, None as a number or a flag and empty as a list; one of a wrong type
    raises MalformedError, whichever reader is asked.
    """

    values: dict[str, object]
    where: str = ""

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """The document of a body; MalformedError when it is not a JSON object."""
        document: object = None
        # Judged outside of the handler: json's exception holds the whole text, and that may hold a key.
        with contextlib.suppress(ValueError, RecursionError):
            document = json.loads(body, parse_constant=_refuse_constant, object_pairs_hook=_without_secrets)
        return cls._of(document, where="")

    def as_json(self) -> str:
        """All of it as JSON text that any database takes, without shared keys; "" when it is nested too deeply.

        Of one that is far larger than any that was seen, the beginning, which is no JSON any more.
        """
        with contextlib.suppress(RecursionError):
            return json.dumps(self.values)[:LONGEST_DOCUMENT]
        return ""

    def text(self, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """A text; "" when missing, and of one that is too long the beginning."""
        value = self._value(name, "")
        if not isinstance(value, str) or not _is_storable(value):
            self._refuse(name, "a text")
        return value[:longest]

    def word(self, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """A text, or a whole number as text: for words that are a number now and a word then."""
        value = self.values.get(name)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return str(value)[:longest] if is_number else self.text(name, longest=longest)

    def number(self, name: str) -> int | None:
        """A whole number of at most 64 bits; None when missing."""
        value = self._value(name, None)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MAX_NUMBER:
            self._refuse(name, "a whole number")
        return value

    def flag(self, name: str) -> bool | None:
        """True or false; None when missing."""
        value = self._value(name, None)
        if value is not None and not isinstance(value, bool):
            self._refuse(name, "true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when missing."""
        entries = dict(enumerate(self._list(name)))
        inner = Fields({str(index): value for index, value in entries.items()}, where=self._at(name))
        return tuple(inner.text(index) for index in inner.values)

    def text_map(self, name: str) -> dict[str, str]:
        """An object whose values are texts, such as tags; empty when missing."""
        inner = self.find_object(name)
        if inner is None:
            return {}
        if not all(map(_is_storable, inner.values)):
            raise MalformedError(f"{inner.where} has a name that is not a text")
        return {key[:LONGEST_TEXT]: inner.text(key) for key in inner.values}

    def objects(self, name: str) -> tuple["Fields", ...]:
        """A list of objects; empty when missing."""
        return tuple(
            Fields._of(value, where=f"{self._at(name)}[{index}]") for index, value in enumerate(self._list(name))
        )

    def find_object(self, name: str) -> "Fields | None":
        """An object; None when missing."""
        value = self._value(name, None)
        return None if value is None else Fields._of(value, where=self._at(name))

    def require(self, name: str) -> Self:
        """These fields; MalformedError when ``name`` is missing from them."""
        if self.values.get(name) is None:
            raise MalformedError(f"{self._at(name)} is missing")
        return self

    def get_object(self, name: str) -> "Fields":
        """An object that must be there."""
        return Fields._of(self.require(name).values[name], where=self._at(name))

    def _list(self, name: str) -> list[object]:
        value = self._value(name, [])
        if not isinstance(value, list):
            self._refuse(name, "a list")
        return value

    def _value(self, name: str, missing: object) -> object:
        value = self.values.get(name)
        return missing if value is None else value

    def _refuse(self, name: str, expected: str) -> NoReturn:
        raise MalformedError(f"{self._at(name)} is not {expected}")

    def _at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    @classmethod
    def _of(cls, value: object, *, where: str) -> Self:
        if not isinstance(value, dict):
            raise MalformedError(f"{where or 'the document'} is not a JSON object")
        return cls(value, where)


def _without_secrets(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in pairs if name.lower() not in _SECRETS}


def _is_storable(text: str) -> bool:
    return not _NOT_STORABLE.search(text)


def _refuse_constant(_name: str) -> NoReturn:
    raise MalformedError("it holds a number that JSON does not have")
