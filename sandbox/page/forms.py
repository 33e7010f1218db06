"""Forms: how they are built, filled with what is true or was typed, and read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from sandbox.page.markup import Html, join, tag

# The name of every button; its value says which form was sent, such as "edit MicrosoftPeering".
DO = "do"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that was not carried out: which one, what was typed into it, and why. The empty one is none."""

    do: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page at `action`, filled with what was typed where it was this one that was refused."""

    do: str
    action: str
    refusal: Refusal = field(default_factory=Refusal)

    @property
    def is_refused(self) -> bool:
        """Whether it stands here again."""
        return self.refusal.do == self.do

    def value(self, name: str, otherwise: object = "") -> str:
        """What its field has."""
        return self.refusal.typed.get(name, "") if self.is_refused else str(otherwise)

    def whole(self, *fields: object, button: str, kind: str = "") -> Html:
        """The form with its fields, its button, and what was wrong with it."""
        problem = tag("p", self.refusal.sentence, class_="problem") if self.is_refused else None
        sender = tag("button", button, type="submit", name=DO, value=self.do, class_=kind or None)
        inside = tag("div", *fields, class_="fields") if fields else None
        return tag(
            "form", inside, problem, tag("p", sender, class_="send"), method="post", action=self.action, id=self.anchor
        )

    @property
    def anchor(self) -> str:
        """Where it is on its page."""
        return self.do.replace(" ", "-")

    def text(self, name: str, label: str, otherwise: object = "", *, hint: str = "", **attributes: object) -> Html:
        """A line to type into."""
        told = {"name": name, "value": self.value(name, otherwise), "autocomplete": "off", **attributes}
        box = tag("input", type="text", **told)
        return _labelled(label, box, hint)

    def lines(self, name: str, label: str, otherwise: object = "", *, hint: str = "") -> Html:
        """Several lines to type into. A leading line break is what HTML eats."""
        box = tag("textarea", "\n", self.value(name, otherwise), name=name, rows=3, autocomplete="off")
        return _labelled(label, box, hint)

    def choice(self, name: str, label: str, options: "Options", otherwise: object = "", *, hint: str = "") -> Html:
        """One of some values, in groups where there are such."""
        chosen = self.value(name, otherwise)
        box = tag("select", [_group(title, entries, chosen) for title, entries in options.items()], name=name)
        return _labelled(label, box, hint)

    def tick(self, name: str, label: str) -> Html:
        """A box to tick."""
        box = tag("input", type="checkbox", name=name, value="yes", checked=self.value(name) == "yes")
        return tag("label", box, label, class_="tick")


# By the title of a group, an empty one for those that are in none: value and words.
Options = Mapping[str, Iterable[tuple[object, object]]]


def ungrouped(values: Iterable[tuple[object, object]]) -> Options:
    """Options that are in no group."""
    return {"": list(values)}


def _labelled(label: str, box: Html, hint: str) -> Html:
    return tag("label", tag("span", label), box, tag("small", hint) if hint else None)


def _group(title: str, entries: Iterable[tuple[object, object]], chosen: str) -> Html:
    told = join([tag("option", words, value=value, selected=str(value) == chosen) for value, words in entries])
    return tag("optgroup", told, label=title) if title else told


async def read_form(request: Request) -> dict[str, str]:
    """What was typed, by the names of the fields."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def number(text: str) -> int | float | str:
    """A typed number as JSON would have it; anything else stays text, for who reads it to refuse."""
    plain = text.strip()
    digits = plain.removeprefix("-")
    if not plain.isascii() or len(plain) > 15:
        return plain
    if digits.isdecimal():
        return int(plain)
    whole, _, fraction = digits.partition(".")
    return float(plain) if whole.isdecimal() and fraction.isdecimal() else plain


def filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without those that nobody filled in."""
    return {name: value for name, value in fields.items() if value != ""}
