"""Service keys in what people paste: a list, an e-mail, the cells of a spreadsheet. A service key is a GUID."""

import re
from typing import NamedTuple
from uuid import UUID

_HEX = "[0-9a-fA-F]"
# Neither a longer row of digits nor a GUID that goes on is one.
_KEY = re.compile(rf"(?<![\w-])(?:{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}|{_HEX}{{32}})(?![\w-])")
# What word processors make of a hyphen.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-") | {"\u00ad": ""})
# What was meant as one and was cut, or has a letter too many, wherever it stands.
_NEARLY = re.compile(rf"(?<![\w-]){_HEX}{{8}}-[\w-]+")
_AROUND = "{}()[]<>\"'`,;:."
MOST_CHARACTERS_TOLD = 60


class Pasted(NamedTuple):
    """What a text names: service keys in lower case, each once, as they came; and what looks like one and is none."""

    service_keys: tuple[str, ...]
    others: tuple[str, ...]


def find_service_keys(text: str) -> Pasted:
    """All service keys of a text. A line of one word was meant as one, and so was what begins like one."""
    text = text.translate(_HYPHENS)
    keys = dict.fromkeys(str(UUID(found)) for found in _KEY.findall(text))
    others = dict.fromkeys(word for line in text.splitlines() for word in _others(line))
    return Pasted(tuple(keys), tuple(word[:MOST_CHARACTERS_TOLD] for word in others))


def _others(line: str) -> list[str]:
    rest = _KEY.sub(" ", line)
    words = [word for one in rest.split() if (word := one.strip(_AROUND))]
    is_alone = len(words) == 1 and rest == line
    return words if is_alone else _NEARLY.findall(rest)
