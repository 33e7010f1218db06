"""The forms of peerings, read and sent as a browser does it, for the tests of their pages."""

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from crossconnections.models import CrossConnection, Peering
from tests.integration.pages.rows import KEY, private_peering

PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
PEERINGS = f"/cross-connections/{KEY}/peerings/"
# What somebody types who sets one up: all that is needed, and nothing that is wrong beside the other one.
NEW_PRIVATE = {
    "peer_asn": "65010",
    "vlan_id": "201",
    "primary_prefix": "10.10.0.0/30",
    "secondary_prefix": "10.10.0.4/30",
}
NEW_MICROSOFT = {
    "peer_asn": "65010",
    "vlan_id": "301",
    "primary_prefix": "20.20.20.0/30",
    "secondary_prefix": "20.20.20.4/30",
    "advertised_prefixes": "20.30.0.0/24",
}
_BUTTONS = {"submit", "button", "reset"}


def form_of(peering_type: str) -> str:
    """The address of a form."""
    return f"{PEERINGS}{peering_type}/"


def microsoft_peering(of: CrossConnection, **values: Any) -> Peering:
    """A Microsoft peering in order; all that it advertises is validated."""
    defaults = {
        "peering_type": MICROSOFT,
        "vlan_id": 300,
        "primary_prefix": "20.20.0.0/30",
        "secondary_prefix": "20.20.0.4/30",
        "advertised_prefixes": ["20.40.0.0/24"],
        "advertised_prefixes_state": "Configured",
        "routing_registry": "RIPENCC",
    }
    return private_peering(of, **(defaults | values))


class _Fields(HTMLParser):
    """What a browser sends of a form as it comes, but for the buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "input" and given.get("type") not in _BUTTONS:
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self.found[name] = value or ""
        elif tag == "textarea":
            self.found[name], self._into = "", name
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.found or "selected" in given):
            self.found[self._select] = value or ""
            self._into = self._select if value is None else ""

    def handle_data(self, data: str) -> None:
        if self._into:
            self.found[self._into] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves the first line break out, and sends each of the others as two characters.
            text = self.found[self._into].removeprefix("\n")
            self.found[self._into] = text.replace("\r\n", "\n").replace("\n", "\r\n")
        self._into = ""


def fields_in(answer: Any) -> dict[str, str]:
    """The fields of the form on a page, each with what stands in it."""
    shown = answer.content.decode()
    reader = _Fields()
    reader.feed(shown.partition('<form method="post" novalidate>')[2].partition("</form>")[0])
    reader.found.pop("csrfmiddlewaretoken", None)
    return reader.found


def filled(client: Client, address: str) -> dict[str, str]:
    """What a browser would send of the form as it comes."""
    answer = client.get(address)
    assert answer.status_code == 200
    return fields_in(answer)


def post(client: Client, address: str, **typed: str) -> Any:
    """The form as it comes, with what is typed into it."""
    return client.post(address, filled(client, address) | typed)


def problems_in(answer: Any) -> dict[str, list[str]]:
    """The sentences that say what is wrong, next to which field."""
    shown = answer.content.decode()
    live = re.findall(r'id="live-(\w+)"[^>]*>(.*?)</div>', shown, re.DOTALL)
    own = re.findall(r'(?=<p class="err" id="id_(\w+)_error")(.*?</p>)', shown, re.DOTALL)
    return {name: sentences for name, part in [*live, *own] if (sentences := _errors(part))}


def repairs_in(answer: Any) -> dict[str, str]:
    """The buttons that offer a repair: what each says, and what it fills in."""
    found = re.findall(r'name="repair" value="([^"]*)"[^>]*>(.*?)</button>', answer.content.decode())
    return {html.unescape(words): html.unescape(fills) for fills, words in found}


def text_of(answer: Any) -> str:
    """The page in one line."""
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def read_aloud(answer: Any) -> str:
    """Its words without the markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def _errors(part: str) -> list[str]:
    told = re.findall(r'<p class="err"[^>]*>.*?<span>(.*?)</span>', part, re.DOTALL)
    return [re.sub(r"\s+", " ", html.unescape(one)) for one in told]
