"""The timeline drawn: a lane for each session, wide for a desk and tall for a phone; lengths are about a pixel each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crossconnections.diagnosis.flaps import Kind
from crossconnections.diagnosis.stretches import Level
from crossconnections.presenters.path.drawing import Text, cut
from crossconnections.presenters.watch.axis import Axis
from crossconnections.presenters.watch.lanes import Lane

_LEAST, _DIGIT, _AIR, _BESIDE = 3.0, 7.0, 6.0, 3.0
_RISE, _DROP = 28.0, 14.0  # of the line of prefixes below its bar, and how high it goes
_CLASSES = {True: "up", False: "down", None: "un"}
_RESETS = {Kind.RESET, Kind.BLIP}


@dataclass(slots=True)
class Drawing:
    """One picture. ``bars`` are paths with their class, ``ticks`` resets, ``grid`` moments down to ``floor``."""

    name: str
    width: float
    height: float = 0
    floor: float = 0
    grid: list[float] = field(default_factory=list)
    bars: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[tuple[float, float]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(self, x: float, y: float, words: str, kind: str = "", *, room: float, anchor: str = "start") -> None:
        """A text, cut where it would leave its ``room``; an empty one is left out."""
        if words:
            self.texts.append(Text(x, y, cut(words, room, kind), kind, anchor))


def draw_wide(lanes: Sequence[Lane], begin: datetime, end: datetime) -> Drawing:
    """Names at the left."""
    drawing, axis = Drawing("wide", 1120), Axis(begin, end, 226, 1104)
    for number, lane in enumerate(lanes):
        top = 8.0 + number * 72
        drawing.write(0, top + 20, lane.name, "b", room=210)
        drawing.write(0, top + 38, lane.neighbor or "no session shown yet", "m" if lane.neighbor else "lane", room=210)
        _draw_lane(drawing, axis, lane, top + 16)
    _draw_axis(drawing, axis, 8.0 + len(lanes) * 72, most=10)
    return drawing


def draw_tall(lanes: Sequence[Lane], begin: datetime, end: datetime) -> Drawing:
    """Names above."""
    drawing, axis = Drawing("tall", 340), Axis(begin, end, 2, 338)
    for number, lane in enumerate(lanes):
        top = 4.0 + number * 88
        drawing.write(2, top + 12, lane.name, "b", room=180)
        drawing.write(338, top + 12, lane.neighbor, "m", room=160, anchor="end")
        _draw_lane(drawing, axis, lane, top + 30)
    _draw_axis(drawing, axis, 4.0 + len(lanes) * 88, most=5)
    return drawing


def _draw_axis(drawing: Drawing, axis: Axis, y: float, *, most: int) -> None:
    for x, words in axis.marks(most=most):
        drawing.grid.append(x)
        is_at_edge = x - axis.left < 3 * _DIGIT, axis.right - x < 3 * _DIGIT
        anchor = "start" if is_at_edge[0] else "end" if is_at_edge[1] else "middle"
        drawing.write(x, y + 12, words, "lane", room=60, anchor=anchor)
    drawing.floor, drawing.height = y, y + 18


def _draw_lane(drawing: Drawing, axis: Axis, lane: Lane, y: float) -> None:
    for stretch in lane.stretches:
        x1, x2 = axis.place(stretch.begin), axis.place(stretch.end)
        x1 = min(x1, axis.right - _LEAST)
        drawing.bars.append((_CLASSES[stretch.is_up], f"M{x1} {y}H{max(x2, x1 + _LEAST):g}"))
    drawing.ticks += [(axis.place(one.at.middle), y) for one in lane.changes if one.kind in _RESETS]
    levels = lane.levels
    if levels:
        heights = _heights(levels, y + _RISE)
        drawing.lines.append(_as_path(levels, heights, axis))
        _number(drawing, axis, levels, heights)


def _heights(levels: Sequence[Level], top: float) -> list[float]:
    counts = [level.prefixes for level in levels]
    least, most = min(counts), max(counts)
    return [round(top + _DROP * (1 - (count - least) / (most - least) if most > least else 1), 1) for count in counts]


def _as_path(levels: Sequence[Level], heights: Sequence[float], axis: Axis) -> str:
    """Steps where one level follows the other, a new beginning where nobody knows what was between them."""
    parts, before = [], None
    for level, y in zip(levels, heights, strict=True):
        x1, x2 = axis.place(level.begin), axis.place(level.end)
        x1 = min(x1, axis.right - _LEAST)
        parts.append(f"V{y}" if before == level.begin else f"M{x1} {y}")
        parts.append(f"H{max(x2, x1 + _LEAST):g}")
        before = level.end
    return "".join(parts)


def _number(drawing: Drawing, axis: Axis, levels: Sequence[Level], heights: Sequence[float]) -> None:
    """The last number and the first, then those between where it changes, as far as there is room."""
    turns = [at for at in range(1, len(levels)) if levels[at].prefixes != levels[at - 1].prefixes]
    places = [(axis.place(levels[0].begin), 0), *((axis.place(levels[at].begin) + _BESIDE, at) for at in turns)]
    last = len(levels) - 1
    x = axis.place(levels[last].end) - _width(levels[last])
    if x > axis.place(levels[last].begin):
        places.insert(0, (x, last))
    taken: list[tuple[float, float]] = []
    for x, at in places:
        begin = max(min(x, axis.right - _width(levels[at])), axis.left)
        end = begin + _width(levels[at])
        if all(end + _AIR < one or begin > other + _AIR for one, other in taken):
            taken.append((begin, end))
            drawing.texts.append(Text(begin, heights[at] - 4, f"{levels[at].prefixes:,}", "n"))


def _width(level: Level) -> float:
    return len(f"{level.prefixes:,}") * _DIGIT
