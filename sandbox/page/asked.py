"""The last requests that Azure got, as the request log has them: its secrets are hidden already."""

from typing import Any

from starlette.responses import HTMLResponse

from sandbox.page.layout import REQUESTS, card, code, page, row, table
from sandbox.page.markup import Html, tag
from sandbox.world import World

_MOST, _LONGEST = 50, 4000
_HEADS = ["Number", "Time (UTC)", "Method", "Path", "Status"]


def show_requests(world: World) -> HTMLResponse:
    """The page; it is loaded again to see newer ones."""
    entries = world.requests.last(_MOST)
    again = tag("p", tag("a", "Look again", href=REQUESTS), class_="more")
    if entries:
        told: Html = table(_HEADS, [_row(one) for one in entries], class_="stacks requests")
    else:
        told = tag("p", "Nobody has asked anything yet.", class_="empty")
    lead = f"The last {_MOST}, the newest first. Tokens, secrets and shared keys are hidden."
    return page("What Azure was asked", card("Requests", told, again, lead=lead), here=REQUESTS)


def _row(entry: dict[str, Any]) -> Html:
    query = f"?{entry['query']}" if entry["query"] else ""
    status = entry["status"]
    is_ill = status is None or status >= 400
    told = tag("strong", status or "no answer", class_="ill") if is_ill else status
    path = [code(f"{entry['path']}{query}"), _body(entry["body"])]
    return row(_HEADS, [entry["number"], entry["time"][11:23], entry["method"], path, told])


def _body(text: str) -> Html | None:
    if not text:
        return None
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return tag("details", tag("summary", "Body"), tag("pre", shown))
