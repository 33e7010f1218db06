"""The tall picture: from the customer above to Microsoft below, the two links side by side."""

from crossconnections.presenters.last_known import Wire
from crossconnections.presenters.path.drawing import Box, Drawing
from crossconnections.presenters.path.facts import Facts, Link, Run

WIDTH = 340
_LEFT, _FULL = 0.5, 339
_LANES = ((0.5, 165), (174.5, 165))
_INSET, _LINE, _HIGH, _GAP = 13, 16, 56, 34
_CHARACTERS = 20


def draw_tall(facts: Facts) -> Drawing:
    """As high as the longer link needs."""
    drawing = Drawing("tall", WIDTH)
    _draw_customer_and_edge(drawing, facts)
    top = 2 * _HIGH + _GAP + 1.0
    height = max(sum(_run_height(run) for run in link.runs) for link in facts.links) + _GAP / 2
    for link, lane in zip(facts.links, _LANES, strict=True):
        _draw_link(drawing, link, lane, top, height)
    y = top + height + _HIGH + _GAP / 2
    drawing.boxes.append(Box(_LEFT, y, _FULL, _HIGH - 16, "ms"))
    drawing.write(_INSET, y + 25, "Microsoft", "h", room=120)
    drawing.write(_FULL - _INSET, y + 25, facts.azure_asn, room=150, anchor="end")
    drawing.height = y + _HIGH - 15
    return drawing


def _draw_customer_and_edge(drawing: Drawing, facts: Facts) -> None:
    drawing.boxes.append(Box(_LEFT, 0.5, _FULL, _HIGH))
    drawing.write(_INSET, 24, "Customer", "h", room=120)
    drawing.write(_INSET, 43, facts.circuit, "m", room=_FULL - 2 * _INSET)
    drawing.write(_FULL - _INSET, 24, ", ".join(facts.peer_asns), room=215, anchor="end")
    for x, _ in _LANES:
        drawing.connect(x + _INSET, _HIGH + 0.5, x + _INSET, _HIGH + _GAP, Wire.UNKNOWN)
    drawing.write(_LANES[0][0] + 2 * _INSET, _HIGH + _GAP / 2 + 4, "not seen by Azure", "lane", room=150)
    drawing.boxes.append(Box(_LEFT, _HIGH + _GAP, _FULL, _HIGH - 16))
    drawing.write(_INSET, _HIGH + _GAP + 25, "Your edge", "h", room=120)
    drawing.write(_FULL - _INSET, _HIGH + _GAP + 25, facts.s_tag, room=150, anchor="end")


def _draw_link(drawing: Drawing, link: Link, lane: tuple[float, float], top: float, height: float) -> None:
    x, width = lane
    y = top - 17.0
    share = (top + height - y) / len(link.runs)
    for number, run in enumerate(link.runs):
        drawing.connect(x + _INSET, y + number * share, x + _INSET, y + (number + 1) * share, run.wire)
        _write_run(drawing, run, x + 2 * _INSET, y + number * share + 20)
    drawing.boxes.append(Box(x, top + height, width, _HIGH, "ms"))
    drawing.write(x + _INSET, top + height + 23, f"{link.name} port", "h", room=width - _INSET)
    drawing.write(x + _INSET, top + height + 42, link.port or link.no_port, "m", room=width - _INSET)
    drawing.connect(x + _INSET, top + height + _HIGH, x + _INSET, top + height + _HIGH + _GAP / 2, "")


def _run_height(run: Run) -> float:
    return (len(_lines(run)) + 1) * _LINE


def _write_run(drawing: Drawing, run: Run, x: float, y: float) -> None:
    for number, (words, kind) in enumerate(_lines(run)):
        drawing.write(x, y + number * _LINE, words, kind, room=_LANES[0][1] - 2 * _INSET + 8)


def _lines(run: Run) -> list[tuple[str, str]]:
    told = [(run.name, "b"), (run.tag, ""), (run.word, "lane")]
    told += _end("your end", [yours for yours, _ in run.ends])
    told += _end("Microsoft's end", [microsofts for _, microsofts in run.ends])
    return [(words, kind) for words, kind in told if words]


def _end(whose: str, addresses: list[str]) -> list[tuple[str, str]]:
    """Whose addresses they are above them: one below the other, the place alone does not tell."""
    parts = [(part, "m") for address in addresses for part in _folded(address)]
    return [(whose, "lane"), *parts] if parts else []


def _folded(address: str) -> list[str]:
    """An IPv6 address that is too long for a lane, in two lines, broken behind a colon."""
    if len(address) <= _CHARACTERS:
        return [address]
    at = address.rfind(":", 0, _CHARACTERS) + 1
    return [address[:at], address[at:]]
