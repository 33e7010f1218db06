"""The switches of Azure's behaviour, each with its meaning and a form."""

from collections.abc import Mapping
from typing import Any

from sandbox.behaviour import Behaviour
from sandbox.page.forms import Form, Refusal, number, ungrouped
from sandbox.page.layout import AZURE, card, code
from sandbox.page.markup import Html, join, tag
from sandbox.switches import SWITCHES
from sandbox.world import World

_ON, _OFF = "true", "false"


def switches_card(world: World, refusal: Refusal) -> Html:
    """Those that are not as on a healthy day, and behind them all the others."""
    told = world.behaviour.described()
    turned = [one for one in told if one["value"] != one["default"]]
    others = [one for one in told if one["value"] == one["default"]]
    is_refused = refusal.do.startswith("switch ")
    words = "Every switch is as on a healthy day." if not turned else ""
    all_others = tag("details", tag("summary", f"All other switches ({len(others)})"), _rows(others, refusal))
    opened = tag("details", tag("summary", "All other switches"), _rows(others, refusal), open=True)
    first = tag("p", words, class_="empty") if words else _rows(turned, refusal)
    return card("Switches", first, opened if is_refused else all_others, lead="How Azure may differ from day to day.")


def read_switch_form(name: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The change that the controls take: of a text with commas a list."""
    default = getattr(Behaviour(), name, None)
    text = typed.get("value", "").strip()
    if isinstance(default, bool):
        return {name: {_ON: True, _OFF: False}.get(text, text)}
    if isinstance(default, int):
        return {name: number(text)}
    words = [word.strip() for word in text.split(",")]
    return {name: words if len(words) > 1 else text}


def _rows(switches: list[dict[str, Any]], refusal: Refusal) -> Html:
    return tag("div", [_row(one, Form(f"switch {one['name']}", AZURE, refusal)) for one in switches], class_="switches")


def _row(switch: dict[str, Any], form: Form) -> Html:
    is_turned = switch["value"] != switch["default"]
    default = tag("small", f"On a healthy day: {_shown(switch['default'])}") if is_turned else None
    words = tag("div", tag("h3", code(switch["name"])), tag("p", switch["meaning"]), default)
    return tag("div", words, _form(switch, form), class_="switch turned" if is_turned else "switch")


def _form(switch: dict[str, Any], form: Form) -> Html:
    value, words = _shown(switch["value"]), SWITCHES[switch["name"]].words
    if isinstance(switch["default"], bool):
        field = form.choice("value", "Value", ungrouped([(_OFF, "off"), (_ON, "on")]), value)
    elif words:
        field = form.choice("value", "Value", ungrouped((one, one) for one in words), value)
    else:
        field = form.text("value", "Value", value, hint=f"Takes {switch['takes']}.")
    return join(form.whole(field, button="Set"))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _ON if value else _OFF
    return ", ".join(value) if isinstance(value, list) else str(value)
