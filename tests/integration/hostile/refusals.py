"""Is a form that is refused still the form that was sent, with a sentence that says why?"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from tests.integration.hostile.reading import Page, plain
from tests.integration.hostile.wire import Answer, Asked

_URLENCODED = ("Content-Type", "application/x-www-form-urlencoded")
_SECRET = "shared_key"
# Shorter ones stand on many a page by themselves.
_SHORTEST_SECRET = 6


def judge_refusal(asked: Asked, answer: Answer) -> None:
    """Of a 422 that is a page; and whatever the answer is, the shared key is not in it."""
    fields = _typed_into(asked)
    key = fields.pop(_SECRET, "")
    # Where another field has the same text, that is shown again, as it should be.
    is_secret = len(key) >= _SHORTEST_SECRET and not any(key in text for text in fields.values())
    assert not is_secret or key not in answer.text, f"{asked}: the shared key came back"
    if answer.status == 422 and answer.is_html:
        page = Page(answer.text)
        assert any(one.strip().endswith((".", "?")) for one in page.errors), f"{asked}: no sentence says why"
        lost = list(_lost_from(page, fields, urlsplit(asked.target).path))
        assert not lost, f"{asked}: what was typed is lost: {lost}"


def _typed_into(asked: Asked) -> dict[str, str]:
    """What stood in each field; nothing of a body that is no form. A repair fills fields by itself."""
    if _URLENCODED not in asked.headers or b"repair=" in asked.body:
        return {}
    return dict(parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True, errors="replace"))


def _lost_from(page: Page, fields: dict[str, str], path: str) -> Iterator[tuple[str, str, str]]:
    """The fields of which the page shows something else than was typed."""
    for form in page.forms:
        if form.method == "post" and urlsplit(form.action or path).path == path:
            for name, shown in form.typed.items():
                if name in fields and plain(fields[name]) not in map(plain, shown):
                    yield name, fields[name][:80], shown[-1][:80]
