"""What each address takes, found by asking the portal itself.

So a new field is fuzzed without anybody saying so.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.urls import URLPattern, resolve
from django.utils.datastructures import MultiValueDict

from tests.integration.access.matrix import ACTS, FIELDS
from tests.integration.hostile.addresses import PATTERNS, existing, name_of
from tests.integration.hostile.reading import Form, Page, names_in
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.wire import Asked, ask
from tests.integration.hostile.world import World

_OUR_TOKEN = "csrfmiddlewaretoken"
_FORM: tuple[tuple[str, str], ...] = (("Content-Type", "application/x-www-form-urlencoded"),)
_FRAGMENT = (("HX-Request", "true"),)
_NOT_TAKEN = 405
# Of so many paths of an address all is asked, of the others the page.
_IN_FULL = 2
# What comes back from Entra ID is handed to msal whole, so nobody sees the names being read.
HANDED_ON = {"sign-in-callback": ("code", "error", "error_description", "session_state", "client_info")}


@dataclass
class Taken:
    """Of one address: ``names`` that it reads, ``posts`` whether it takes a POST, ``forms`` those that lead to it."""

    pattern: URLPattern
    paths: list[str]
    names: set[str] = field(default_factory=set)
    posts: bool = False
    forms: dict[str, list[Form]] = field(default_factory=dict)


@dataclass
class Survey:
    """By the name of the address; ``values`` are those that were seen for a name, in forms and links."""

    taken: dict[str, Taken]
    values: dict[str, list[str]]


def survey(world: World, patterns: Sequence[URLPattern] = tuple(PATTERNS)) -> Survey:
    """Look at every address as the administrator, and note what it reads and which forms lead where."""
    found = Survey({name_of(one): Taken(one, list(existing(one, world.known))) for one in patterns}, {})
    for name, value in {**FIELDS, **{name: value for act in ACTS.values() for name, value in act.items()}}.items():
        _add(found.values, name, value)
    for taken in found.taken.values():
        _look(taken, taken.paths, found, world)
    for taken in found.taken.values():  # what a name that is found leads to may read others
        _look(taken, taken.paths[:1], found, world)
    for name, names in HANDED_ON.items():
        if name in found.taken:
            found.taken[name].names.update(names)
    return found


def _look(taken: Taken, paths: list[str], found: Survey, world: World) -> None:
    for number, path in enumerate(paths):
        query = _sample(taken, found)
        asked = [
            Asked("GET", path),
            Asked("GET", f"{path}?{query}", _FRAGMENT),
            Asked("POST", path, _FORM, query.encode()),
        ]
        for one in asked if number < _IN_FULL else asked[:1]:
            with undone(), noting_names(taken.names):
                answer = ask(one, session=world.session)
            taken.posts |= one.method == "POST" and answer.status != _NOT_TAKEN
            if answer.is_html:
                _note_page(Page(answer.text), path, found)


def _sample(taken: Taken, found: Survey) -> str:
    """Something for each name that is read, from the second round on all of them."""
    return urlencode({name: found.values.get(name, ["1"])[0] for name in sorted(taken.names)})


def _note_page(page: Page, path: str, found: Survey) -> None:
    for form in page.forms:
        action = urlsplit(form.action or path).path
        for name, values in form.values.items():
            for value in values:
                _add(found.values, name, value)
        if (taken := _at(action, found)) and form.method == "post":
            taken.forms.setdefault(action, []).append(form)
    for link in page.links:
        for name, value in names_in(link).items():
            _add(found.values, name, value)


def _at(path: str, found: Survey) -> Taken | None:
    return found.taken.get(str(resolve(path).url_name)) if path.startswith("/") else None


def _add(values: dict[str, list[str]], name: str, value: str) -> None:
    kept = values.setdefault(name, [])
    if name != _OUR_TOKEN and value not in kept and len(kept) < 8:
        kept.append(value)


@contextmanager
def noting_names(names: set[str]) -> Iterator[None]:
    """While it lasts, whatever is looked for in a query or a form is noted by its name."""

    def noting(method: Any) -> Callable[..., Any]:
        def note(self: QueryDict, name: str, *others: Any, **more: Any) -> Any:
            if isinstance(name, str) and name != _OUR_TOKEN:
                names.add(name)
            return method(self, name, *others, **more)

        return note

    with pytest.MonkeyPatch.context() as patch:
        for name, method in {
            "__getitem__": MultiValueDict.__getitem__,
            "__contains__": dict.__contains__,
            "get": MultiValueDict.get,
            "getlist": MultiValueDict.getlist,
        }.items():
            patch.setattr(QueryDict, name, noting(method), raising=False)
        yield
