"""Every page, part, twin and file that an address gives, and what comes of its forms as a browser would send them."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import URLPattern

from tests.integration.hostile.addresses import existing, name_of
from tests.integration.hostile.survey import Survey
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.wire import Answer, Asked, ask
from tests.integration.hostile.world import World

_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
_FRAGMENT = (("HX-Request", "true"),)


def answers(pattern: URLPattern, world: World, found: Survey) -> Iterator[tuple[Asked, Answer]]:
    """Each is undone before the next."""
    taken = found.taken[name_of(pattern)]
    query = urlencode({name: found.values.get(name, ["1"])[0] for name in sorted(taken.names)})
    for path in existing(pattern, world.known):
        gets = [Asked("GET", path), Asked("GET", path, _FRAGMENT), Asked("GET", f"{path}?{query}")]
        sent = [form.sent for form in taken.forms.get(path, [])[:2]] or ([{}] if taken.posts else [])
        posts = [Asked("POST", path, _FORM, urlencode(fields, doseq=True).encode()) for fields in sent]
        for asked in (*gets, *posts):
            with undone():
                answer = ask(asked, session=world.session)
            yield asked, answer
