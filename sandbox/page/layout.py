"""What every page has around it, and the headers that keep it to itself."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse

from sandbox.page.forms import Refusal
from sandbox.page.markup import Html, join, tag
from sandbox.page.words import NOTICES

HOME, CIRCUITS, AZURE, REQUESTS = (
    *("/_sandbox/", "/_sandbox/page/circuits", "/_sandbox/page/azure", "/_sandbox/page/requests"),
)
STYLE = "/_sandbox/page/style.css"
_TABS = ((HOME, "Circuits"), (AZURE, "How Azure is"), (REQUESTS, "What Azure was asked"))
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # Not no-referrer: with it a browser does not say in Origin where a form stood.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept",
}


def page(
    title: str,
    *content: object,
    here: str = HOME,
    query: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HTMLResponse:
    """A page under one of the tabs, with what was just done (`?done=`) or was not (`refusal`)."""
    banner = _refused(refusal) if refusal else _done((query or {}).get("done", ""))
    body = tag("body", _header(here), tag("main", banner, tag("h1", title), *content))
    document = tag("html", _head(title), body, lang="en")
    return HTMLResponse(f"<!doctype html>\n{document}", status_code=status, headers=_HEADERS)


def card(title: str, *content: object, lead: str = "", class_: str = "") -> Html:
    """A part of a page with a title of its own."""
    head = tag("header", tag("h2", title), tag("p", lead) if lead else None)
    return tag("section", head, *content, class_=f"card {class_}".strip())


def facts(pairs: Mapping[str, object]) -> Html:
    """Names and values; a value that is blank is left out."""
    told = [tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs.items() if value not in ("", None)]
    return tag("dl", *told)


def code(text: object) -> Html:
    """An identifier: one press marks it whole, to be copied."""
    return tag("code", text)


def table(heads: list[str], rows: list[Html], *, class_: str = "") -> Html:
    """Rows of `tr` under heads."""
    head = tag("thead", tag("tr", [tag("th", one, scope="col") for one in heads]))
    return tag("div", tag("table", head, tag("tbody", *rows), class_=class_ or None), class_="scroll")


def row(heads: list[str], cells: list[object], *, class_: str = "") -> Html:
    """A row whose cells know their heads, for where there is no room for columns."""
    told = [tag("td", cell, data_head=head) for head, cell in zip(heads, cells, strict=True)]
    return tag("tr", *told, class_=class_ or None)


def _head(title: str) -> Html:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("title", f"{title} · Sandbox"),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="stylesheet", href=STYLE),
    )


def _header(here: str) -> Html:
    current = HOME if here == CIRCUITS else here
    tabs = [tag("a", words, href=to, aria_current="page" if to == current else None) for to, words in _TABS]
    who = join(tag("strong", "Sandbox: you are Azure's customer, and the network."), " ")
    about = tag("p", who, "What you do here, the portal has to find out from Azure.")
    return tag("header", about, tag("nav", *tabs, aria_label="Sandbox"), class_="top")


def _done(word: str) -> Html | None:
    return tag("p", NOTICES[word], class_="banner done", role="status") if word in NOTICES else None


def _refused(refusal: Refusal) -> Html:
    link = tag("a", "To the form", href=f"#{refusal.do.replace(' ', '-')}") if refusal.do else None
    return tag("p", tag("strong", "Not done."), " ", refusal.sentence, " ", link, class_="banner problem", role="alert")
