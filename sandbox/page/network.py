"""What the network does to a circuit: a condition and a count of routes for each path of each peering."""

from collections.abc import Mapping
from typing import Any

from sandbox import playing
from sandbox.estate.conditions import CONDITIONS, MOST_ROUTES, PATHS
from sandbox.estate.documents import Document
from sandbox.page.forms import Form, Refusal, filled, number, ungrouped
from sandbox.page.layout import card, row, table
from sandbox.page.markup import Html, tag
from sandbox.page.words import CONDITIONS as SENTENCES
from sandbox.page.words import PEERINGS
from sandbox.world import World

_BOTH = "both"
_HEADS = ["Peering", "Path", "Condition", "Routes when healthy"]


def network_card(world: World, document: Document, address: str, refusal: Refusal) -> Html:
    """What holds, and the forms that change it."""
    entries = playing.list_conditions(world, document)
    names = [one["name"] for one in document["properties"]["peerings"]]
    breaking = _breaking(Form("condition", address, refusal), names)
    if not entries:
        words = tag("p", "There is no peering yet. A condition can be set all the same: it waits.", class_="empty")
        return card("The network", words, breaking)
    healing = Form("heal", address, refusal).whole(button="Everything healthy again")
    told = table(_HEADS, [_row(one) for one in entries], class_="stacks")
    is_ill = any(one["condition"] != "healthy" for one in entries)
    counting = _counting(Form("routes", address, refusal), names)
    return card("The network", told, healing if is_ill else None, breaking, counting, lead="As it is on each path.")


def read_condition_form(typed: Mapping[str, str]) -> list[dict[str, str]]:
    """The conditions that the controls take: one, or one for each path."""
    paths = PATHS if typed.get("path") == _BOTH else (typed.get("path", ""),)
    told = {"peering": typed.get("peering", ""), "condition": typed.get("condition", "")}
    return [filled(told | {"path": path}) for path in paths]


def read_routes_form(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The counts that the controls take, likewise."""
    paths = PATHS if typed.get("path") == _BOTH else (typed.get("path", ""),)
    told = {"peering": typed.get("peering", ""), "count": number(typed.get("count", ""))}
    return [filled(told | {"path": path}) for path in paths]


def _row(entry: dict[str, Any]) -> Html:
    condition = entry["condition"]
    told = condition if condition == "healthy" else tag("strong", condition, class_="ill")
    words = [told, " ", tag("small", SENTENCES[condition])]
    return row(_HEADS, [PEERINGS.get(entry["peering"], entry["peering"]), entry["path"], words, entry["routes"]])


def _breaking(form: Form, names: list[str]) -> Html:
    peerings = [("", "All of them"), *((one, PEERINGS.get(one, one)) for one in names)]
    paths = ungrouped([(one, one) for one in (*reversed(PATHS), _BOTH)])
    told = [tag("div", tag("dt", one), tag("dd", SENTENCES[one])) for one in CONDITIONS]
    meanings = tag("details", tag("summary", "What each condition does"), tag("dl", *told, class_="meanings"))
    conditions = ungrouped((one, one) for one in CONDITIONS)
    whole = form.whole(
        form.choice("peering", "Peering", ungrouped(peerings)),
        form.choice("path", "Path", paths, "secondary"),
        form.choice("condition", "Condition", conditions, "incomplete-arp"),
        button="Let the network do it",
    )
    return tag("div", tag("h3", "Break a path"), whole, meanings, class_="part")


def _counting(form: Form, names: list[str]) -> Html:
    whole = form.whole(
        form.choice("peering", "Peering", ungrouped((one, PEERINGS.get(one, one)) for one in names)),
        form.choice("path", "Path", ungrouped((one, one) for one in (_BOTH, *PATHS)), _BOTH),
        form.text("count", "Routes", hint=f"0 to {MOST_ROUTES:,}", inputmode="numeric"),
        button="Announce them",
    )
    return tag("div", tag("h3", "How many routes the edge announces"), whole, class_="part")
