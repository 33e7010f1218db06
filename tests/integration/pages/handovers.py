"""The hand-over sheet as a browser and a mail show it."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord, Workflow
from tests.integration.pages.rows import KEY

PAGE, TEXT = f"/cross-connections/{KEY}/handover/", f"/cross-connections/{KEY}/handover.txt"
# What ends a value on the page: each of these holds one.
_HOLDERS = {"dt", "dd", "th", "td", "li", "p", "h2", "summary", "b"}


class Sheet(HTMLParser):
    """The sheet alone: its ``values``, each as it is read aloud."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[str] = []
        self._parts: list[str] = []
        self.feed(page.split('id="sheet"', 1)[1].split(">", 1)[1].split("</article>", 1)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HOLDERS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HOLDERS:
            self._end()

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def _end(self) -> None:
        if value := as_line("".join(self._parts)):
            self.values.append(value)
        self._parts = []


def as_line(text: str) -> str:
    """Breaks and rows of blanks as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def sheet(client: Client, query: str = "") -> str:
    """All of its values in one line."""
    return as_line(" ".join(Sheet(page(client, query)).values))


def page(client: Client, query: str = "") -> str:
    """The whole page."""
    answered = client.get(PAGE + query)
    assert answered.status_code == 200
    return answered.content.decode()


def text(client: Client, query: str = "") -> str:
    """The file."""
    answered = client.get(TEXT + query)
    assert answered.status_code == 200
    return answered.content.decode()


def record(of: CrossConnection, **values: Any) -> CustomerRecord:
    """Of a layer-2 customer."""
    defaults = {"customer": "Contoso Retail", "reference": "PO 4500-2231", "service": "layer2", "sku_tier": "Standard"}
    return CustomerRecord.objects.create(cross_connection=of, changed_at=timezone.now(), **(defaults | values))


def order(of: CrossConnection, **values: Any) -> Workflow:
    """That of a private peering."""
    ends = {"primary_a_end": "AMS1 cage 14 port 3", "secondary_a_end": "AMS2 cage 2 port 9"}
    defaults = {"kind": "connect", "begun_at": timezone.now(), "wants_private": True, **ends}
    return Workflow.objects.create(cross_connection=of, **(defaults | values))
