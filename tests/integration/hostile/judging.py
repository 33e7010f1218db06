"""Is an answer harmless, whatever stands in it? By its kind: page, CSV, text or JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.integration.hostile.rows import MARK
from tests.integration.hostile.wire import Answer

# Blanks, line ends and what comes before a byte order are no more than that.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks (U+200E, U+200F, U+061C) are not among them: Arabic and Hebrew names need them, and they turn nothing of others.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@|%＝＋－＠]|[\t\r\n]")
_LEADS = ("/", "#", "?", "https://", "http://localhost:", "http://127.0.0.1:", "tel:", "mailto:")
_NUMBER = re.compile(r"-?[0-9.]+")
MOST_BYTES = 3_000_000


def faults_of(answer: Answer) -> list[str]:
    """What is wrong with it, in words; empty where it is harmless."""
    kind = str(answer.headers["Content-Type"]).partition(";")[0]
    judge = {"text/html": _page, "text/csv": _sheet, "text/plain": _text, "application/json": _json}.get(kind)
    found = [*_heads(answer), *(judge(answer.text) if judge else ())]
    if kind == "application/jsonl":
        found += [fault for line in answer.text.splitlines() for fault in _json(line)]
    if len(answer.body) > MOST_BYTES:
        found.append(f"{len(answer.body)} bytes")
    return found


def _heads(answer: Answer) -> Iterator[str]:
    for name, value in answer.headers.items():
        if CONTROL.search(value) or "\n" in value or not value.isascii():
            yield f"the header {name}: {value!r}"
        if name == "HX-Trigger" and value.startswith("{"):
            json.loads(value)


def _text(text: str) -> Iterator[str]:
    yield from (f"{found[0]!r} in the text" for found in re.finditer(f"{CONTROL.pattern}|{TURNS.pattern}|\t|\r", text))


def _json(text: str) -> Iterator[str]:
    json.loads(text)
    if not text.isascii() or CONTROL.search(text):
        yield "characters in JSON that are not spelled out"


def _sheet(text: str) -> Iterator[str]:
    for number, line in enumerate(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)):
        for cell in line:
            if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
                yield f"line {number} runs {cell!r}"
            if CONTROL.search(cell) or TURNS.search(cell):
                yield f"line {number} has {cell!r}"


class _Judge(HTMLParser):
    """What a browser makes of a page: elements and attributes of ours alone, and no character that it obeys."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"})
    # What is typed or copied is kept to the letter.
    KEEPS = frozenset({"value", "data-copy", "content"})

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"img", "iframe", "object", "style", "base"} or (tag == "script" and not given.get("src")):
            self.faults.append(f"<{tag}> {given}")
        for name, value in given.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.faults.append(f"the attribute {name}")
            if name in {"href", "src", "action", "formaction"} and value and not value.startswith(_LEADS):
                self.faults.append(f"{name}={value!r}")
            if MARK.lower() in name:
                self.faults.append(f"the attribute {name!r}")
        if tag not in self.VOID:
            # The text of an option without a value is what a browser sends.
            self.open.append("textarea" if tag == "option" and "value" not in given else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        elif tag == "option":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if "textarea" in self.open:
            return
        if found := CONTROL.search(data) or TURNS.search(data):
            self.faults.append(f"{found[0]!r} in {data[:200]!r} in {self.open[-3:]}")


def _page(text: str) -> Iterator[str]:
    judge = _Judge()
    judge.feed(text)
    judge.close()
    yield from dict.fromkeys(judge.faults)
