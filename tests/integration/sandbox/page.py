"""The sandbox's page as a browser without JavaScript has it: what it says, and its forms as they come filled."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from requests import Response

from tests.sandbox_process import SandboxProcess

HOME, CIRCUITS, AZURE, REQUESTS = (
    *("/_sandbox/", "/_sandbox/page/circuits", "/_sandbox/page/azure", "/_sandbox/page/requests"),
)


@dataclass
class FormOnPage:
    """A form: where it posts to, its fields as they are filled, and what there is to choose from."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects forms by the value of their button, and all of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, FormOnPage] = {}
        self.words: list[str] = []
        self.tags: list[str] = []
        self._form = FormOnPage("")
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        name = told.get("name", "")
        if tag == "form":
            self._form = FormOnPage(told["action"])
        elif tag == "button" and name == "do":
            self.forms[told["value"]] = self._form
        elif tag == "input" and told.get("type") != "checkbox":
            self._form.fields[name] = told.get("value", "")
        elif tag == "select":
            self._name = name
            self._form.choices[name] = []
        elif tag == "option":
            self._option(told)
        elif tag == "textarea" and name:
            self._name = name
            self._form.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self._name = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._name and self._name not in self._form.choices:
            self._form.fields[self._name] += data.removeprefix("\n")

    def _option(self, told: dict[str, str]) -> None:
        self._form.choices[self._name].append(told["value"])
        if "selected" in told or self._name not in self._form.fields:
            self._form.fields[self._name] = told["value"]


class Seen:
    """An answer that is a page."""

    def __init__(self, answer: Response) -> None:
        reader = _Reader()
        reader.feed(answer.text)
        self.answer, self.status, self.forms, self.tags = answer, answer.status_code, reader.forms, reader.tags
        self.text = " ".join(" ".join(reader.words).split())


class Browser:
    """A browser at the listener for people."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.origin = f"http://127.0.0.1:{sandbox.port + 1}"
        self._session = sandbox.session

    def open(self, path: str, **headers: str) -> Seen:
        """Go to an address of the page."""
        asked = {"Accept": "text/html,*/*", **_named(headers)}
        return Seen(self._session.get(f"{self.origin}{path}", headers=asked, timeout=30, allow_redirects=False))

    def press(self, path: str, do: str, /, **typed: str) -> Seen:
        """Send a form of a page, with what is typed over what it is filled with; follow where it leads."""
        form = self.open(path).forms[do]
        answer = self.post(form.action, do, form.fields | typed)
        if answer.status_code == 303:
            return self.open(answer.headers["Location"])
        return Seen(answer)

    def post(self, path: str, do: str, typed: dict[str, str], **headers: str) -> Response:
        """Post as a browser does that stands on the page."""
        asked = {"Accept": "text/html", "Origin": self.origin, "Sec-Fetch-Site": "same-origin"} | _named(headers)
        data: dict[str, Any] = typed | {"do": do}
        return self._session.post(f"{self.origin}{path}", data=data, headers=asked, timeout=30, allow_redirects=False)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
