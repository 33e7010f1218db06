"""The picture as the page takes it: both drawings, and the same in words for those who do not see them."""

from dataclasses import dataclass

from crossconnections.models import CrossConnection
from crossconnections.presenters.path.drawing import Drawing
from crossconnections.presenters.path.facts import NONE_READ, Facts, Link, Run, Sessions, read_facts
from crossconnections.presenters.path.tall import draw_tall
from crossconnections.presenters.path.wide import draw_wide


@dataclass(frozen=True, slots=True)
class Picture:
    """``drawings`` of which the width of the page shows one; ``words`` tell all of it uncut."""

    drawings: tuple[Drawing, Drawing]
    words: str


def show_path(row: CrossConnection, sessions: Sessions = NONE_READ) -> Picture | None:
    """The path of a row that comes with its peerings; None for one that is gone: there is no path any more."""
    if row.gone_at is not None:
        return None
    facts = read_facts(row, sessions)
    return Picture((draw_wide(facts), draw_tall(facts)), _in_words(facts))


def _in_words(facts: Facts) -> str:
    edge = f"Your edge{f', {facts.s_tag}' if facts.s_tag else ''}."
    circuit = [f"Customer circuit {facts.circuit}."] if facts.circuit else []
    return " ".join([edge, *map(_link_in_words, facts.links), *circuit, *_asns_in_words(facts)])


def _asns_in_words(facts: Facts) -> list[str]:
    """The peerings' own ASNs: the drawing has no room to say whose each one is."""
    told = []
    for one in facts.asns:
        sides = [f"peer AS {one.peer}"] if one.peer else []
        sides += [f"Azure AS {one.azure}"] if one.azure else []
        told += [f"{one.name}: {', '.join(sides)}."] if sides else []
    return told


def _link_in_words(link: Link) -> str:
    port = f" to Azure port {link.port}" if link.port else f", Azure port {link.no_port}"
    return f"{link.name} link{port}: {'; '.join(map(_run_in_words, link.runs))}."


def _run_in_words(run: Run) -> str:
    ends = [f"you {yours}, Microsoft {microsofts}" for yours, microsofts in run.ends]
    return ", ".join(filter(None, [run.name, run.tag, *ends, run.word, run.more]))
