"""The wide picture: four columns, each peering a wire of its own on each link."""

from crossconnections.presenters.last_known import Wire
from crossconnections.presenters.path.drawing import MONO_WIDTH, Box, Drawing
from crossconnections.presenters.path.facts import Facts, Link, Run

WIDTH = 1120
_TOP, _INSET, _LINE = 1.0, 14, 17
_CUSTOMER, _EDGE, _PORT, _MICROSOFT = (0.5, 186), (256.5, 136), (752.5, 208), (1002.5, 117)
_LABEL, _AFTER, _GAP = 20, 12, 14
_LEAST_LANE = 64
_ROW = _PORT[0] - _EDGE[0] - _EDGE[1] - 2 * _INSET


def draw_wide(facts: Facts) -> Drawing:
    """As high as the links need."""
    drawing = Drawing("wide", WIDTH)
    y, middles = _TOP, []
    for link in facts.links:
        height = max(_LEAST_LANE, sum(map(_run_height, link.runs)) + _GAP)
        middles += _draw_link(drawing, link, y, height)
        y += height + _GAP
    drawing.height = y - _GAP + _TOP
    _draw_places(drawing, facts, middles)
    return drawing


def _draw_link(drawing: Drawing, link: Link, top: float, height: float) -> list[float]:
    x, width = _PORT
    drawing.boxes.append(Box(x, top, width, height, "ms"))
    middle = top + height / 2
    drawing.write(x + _INSET, middle - 4, f"{link.name} port", "h", room=width - 2 * _INSET)
    drawing.write(x + _INSET, middle + 14, link.port or link.no_port, "m", room=width - 2 * _INSET)
    drawing.connect(x + width, middle, _MICROSOFT[0], middle, "")
    y = top + (height - sum(map(_run_height, link.runs))) / 2
    for run in link.runs:
        _draw_run(drawing, run, y + _LABEL)
        y += _run_height(run)
    return [middle]


def _run_height(run: Run) -> float:
    return _LABEL + _LINE * len(_rows(run)) + _AFTER


def _draw_run(drawing: Drawing, run: Run, y: float) -> None:
    left, right = _EDGE[0] + _EDGE[1], _PORT[0]
    drawing.connect(left, y, right, y, run.wire)
    drawing.write(left + _INSET, y - 7, run.name, "b", room=90)
    drawing.write(left + 100, y - 7, run.tag, room=80)
    drawing.write(right - _INSET, y - 7, run.word, "lane", room=160, anchor="end")
    for number, (yours, microsofts) in enumerate(_rows(run), start=1):
        drawing.write(left + _INSET, y + number * _LINE, yours, "m", room=_ROW)
        drawing.write(right - _INSET, y + number * _LINE, microsofts, "m", room=_ROW, anchor="end")


def _rows(run: Run) -> list[tuple[str, str]]:
    """Both ends side by side; where IPv6 makes them too long, one below the other."""
    rows: list[tuple[str, str]] = []
    for yours, microsofts in run.ends:
        is_long = (len(yours) + len(microsofts) + 2) * MONO_WIDTH > _ROW
        rows += [(yours, ""), ("", microsofts)] if is_long else [(yours, microsofts)]
    return rows


def _draw_places(drawing: Drawing, facts: Facts, middles: list[float]) -> None:
    bottom = drawing.height - _TOP
    columns = [
        (_CUSTOMER, "", "Customer", [(facts.circuit, "m"), *((asn, "") for asn in facts.peer_asns)]),
        (_EDGE, "", "Your edge", [(facts.s_tag, "")]),
        (_MICROSOFT, "ms", "Microsoft", [(facts.azure_asn, "")]),
    ]
    for (x, width), kind, name, lines in columns:
        drawing.boxes.append(Box(x, _TOP, width, bottom - _TOP, kind))
        told = [(name, "h"), *((words, kind) for words, kind in lines if words)]
        y = (_TOP + bottom) / 2 - (len(told) - 1) * _LINE / 2 + 4
        for number, (words, kind_of) in enumerate(told):
            drawing.write(x + _INSET, y + number * (_LINE + 1), words, kind_of, room=width - 2 * _INSET)
    for middle in middles:
        drawing.connect(_CUSTOMER[0] + _CUSTOMER[1], middle, _EDGE[0], middle, Wire.UNKNOWN)
    between = (_CUSTOMER[0] + _CUSTOMER[1] + _EDGE[0]) / 2
    drawing.write(between, bottom / 2 - 2, "not seen", "lane", room=70, anchor="middle")
    drawing.write(between, bottom / 2 + 13, "by Azure", "lane", room=70, anchor="middle")
