"""Every address of the URLconf with its parts still open, and the parts for which there is something to see."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from urllib.parse import quote

from django.urls import URLPattern, get_resolver

from tests.urlconf import views

Known = Mapping[str, Sequence[object]]
_MOST = 4


def name_of(pattern: URLPattern) -> str:
    """The name under which the tests speak of it."""
    return str(pattern.name)


def parts_of(pattern: URLPattern) -> tuple[str, ...]:
    """What an address takes, by name."""
    return tuple(pattern.pattern.converters)


def known_parts(pattern: URLPattern, known: Known) -> dict[str, Sequence[object]]:
    """What there is for each part; KeyError where nobody has said, which is a row that is missing in ``world.py``."""
    name = name_of(pattern)
    return {part: known.get(f"{name}:{part}") or known[part] for part in parts_of(pattern)}


def target(pattern: URLPattern, parts: Mapping[str, str]) -> str:
    """The path with these parts, each as it stands on the wire."""
    template: str
    template, _ = get_resolver().reverse_dict.getlist(name_of(pattern))[0][0][0]
    return "/" + template.replace("%%", "%") % dict(parts)


def spelled(pattern: URLPattern, parts: Mapping[str, object]) -> str:
    """The path for values as the view gets them."""
    kinds = pattern.pattern.converters
    return target(pattern, {name: quote(kinds[name].to_url(value), safe="") for name, value in parts.items()})


def existing(pattern: URLPattern, known: Known) -> Iterator[str]:
    """Paths of an address that lead to something, or as much to nothing as its parts fit together: a few of them."""
    values = known_parts(pattern, known)
    every = list(product(*values.values()))
    for number in range(min(_MOST, len(every))):
        chosen = every[number * len(every) // min(_MOST, len(every))]
        yield spelled(pattern, dict(zip(values, chosen, strict=True)))


PATTERNS = views()


def asks_entra(pattern: URLPattern) -> bool:
    """Whether whoever opens it needs the authority."""
    return name_of(pattern) in {"sign-in-start", "sign-in-callback", "signed-out"}
