"""The primitives that a picture is made of; lengths in the picture's own units, about a pixel each."""

from dataclasses import dataclass, field

SANS_WIDTH = 7.0
MONO_WIDTH = 6.95
_END = 8


@dataclass(frozen=True, slots=True)
class Text:
    """``kind`` is a CSS class: h a heading, m an identifier, b a name, lane a remark."""

    x: float
    y: float
    words: str
    kind: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """With its upper left corner; ``kind`` ms is Microsoft's side."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """``kind`` is a :class:`~crossconnections.presenters.last_known.Wire`."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(slots=True)
class Drawing:
    """One picture; the template draws lines first, then boxes, dots and texts."""

    name: str
    width: float
    height: float = 0
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def connect(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A line with a dot at both ends."""
        self.lines.append(Line(x1, y1, x2, y2, kind))
        self.dots += [(x1, y1), (x2, y2)]

    def write(self, x: float, y: float, words: str, kind: str = "", *, room: float, anchor: str = "start") -> None:
        """A text, cut where it would leave its ``room``; an empty one is left out."""
        if words:
            self.texts.append(Text(x, y, cut(words, room, kind), kind, anchor))


def cut(words: str, room: float, kind: str = "") -> str:
    """The words, or what fits into ``room`` of them and an ellipsis; identifiers differ at their end, so that stays."""
    most = int(room / (MONO_WIDTH if kind == "m" else SANS_WIDTH))
    if len(words) <= most:
        return words
    end = words[-_END:] if kind == "m" and most > 2 * _END else ""
    return f"{words[: most - 1 - len(end)]}…{end}"
