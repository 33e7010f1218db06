"""What a browser sees of a page: its forms with what stands in them, what is wrong, and its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl

_BUTTONS = {"submit", "button", "reset", "image", "file"}
_TICKS = {"radio", "checkbox"}


@dataclass
class Form:
    """``values`` are what each field has or offers; ``sent`` what a browser would send as it comes; ``typed`` texts."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """``forms`` in their order, ``links`` as they stand, ``errors`` the sentences beside fields and above forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.errors: list[str] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._error = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note_error(tag, given)
        self.links += [given[name] for name in ("href", "hx-get", "hx-post") if given.get(name)]
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag in {"input", "button"}:
            self._note_input(given, is_button=tag == "button")
        elif tag == "textarea":
            self._area = given.get("name", "")
            self._put(self._area, "", is_typed=True)
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select:
            self._put(self._select, given.get("value", ""), is_sent="selected" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form and self._area:
            for kept in (self._form.values, self._form.sent, self._form.typed):
                kept[self._area][-1] = kept[self._area][-1].removeprefix("\r\n").removeprefix("\n")
            self._area = ""
        elif tag in {"p", "div"} and self._error:
            self._error -= 1

    def handle_data(self, data: str) -> None:
        if self._error:
            self.errors[-1] += data
        if self._form and self._area:
            for kept in (self._form.values, self._form.sent, self._form.typed):
                kept[self._area][-1] += data

    def _note_error(self, tag: str, given: dict[str, str]) -> None:
        is_error = "err" in given.get("class", "").split() or given.get("role") == "alert"
        if self._error and tag in {"p", "div"}:
            self._error += 1
        elif is_error and tag in {"p", "div"}:
            self._error = 1
            self.errors.append("")

    def _note_input(self, given: dict[str, str], *, is_button: bool) -> None:
        kind = given.get("type", "submit" if is_button else "text")
        name, value = given.get("name", ""), given.get("value", "on" if kind in _TICKS else "")
        if not name:
            return
        is_sent = kind not in _BUTTONS and (kind not in _TICKS or "checked" in given)
        self._put(name, value, is_sent=is_sent, is_typed=kind in {"text", "search", "date", "number"})

    def _put(self, name: str, value: str, *, is_sent: bool = True, is_typed: bool = False) -> None:
        if not (self._form and name):
            return
        self._form.values.setdefault(name, []).append(value)
        if is_sent:
            self._form.sent.setdefault(name, []).append(value)
        if is_typed:
            self._form.typed.setdefault(name, []).append(value)


def names_in(link: str) -> dict[str, str]:
    """The fields of an address's query."""
    return dict(parse_qsl(link.partition("?")[2], keep_blank_values=True))


def plain(text: str) -> str:
    """As a form field gives it back: a browser knows one kind of line break, and no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()
