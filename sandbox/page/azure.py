"""How Azure is: slow, failing, or different from a healthy day."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPMethod
from typing import Any

from starlette.responses import HTMLResponse

from sandbox.faults import AFTER, BEFORE, OPERATION_FAULTS, REQUEST_FAULTS
from sandbox.page.forms import Form, Refusal, filled, number, ungrouped
from sandbox.page.layout import AZURE, card, code, page, row, table
from sandbox.page.markup import Html, join, tag
from sandbox.page.switches import switches_card
from sandbox.world import World

_NUMBERS = ("status", "retry_after", "seconds", "times")
_TEXTS = ("method", "path_pattern", "code", "when")
# Which requests a fault is meant for, in words, and as the controls have it.
_WHICH: dict[str, tuple[str, dict[str, str]]] = {
    "azure": ("whatever is asked of Azure", {"path_pattern": "^/subscriptions"}),
    "reads": ("what is read", {"method": "GET", "path_pattern": "^/subscriptions"}),
    "changes": (
        "changes of circuits and peerings",
        {"method": "PUT", "path_pattern": "/expressRouteCrossConnections/"},
    ),
    "tables": ("tables of circuits", {"path_pattern": "/(arpTables|routeTables|routeTablesSummary)/"}),
    "sign-in": ("tokens and keys", {"path_pattern": "/(token|keys|openid-configuration)$"}),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault that has a form of its own: what it is, whom it is for at first, and its fields as they are filled."""

    title: str
    meaning: str
    fault: dict[str, Any]
    which: str
    fields: dict[str, object]


_TROUBLES = {
    "slow": Trouble(
        "Slow",
        "What is asked is done at once, and the answer comes late.",
        {"fault": "delay"},
        "azure",
        {"seconds": 5, "times": 20},
    ),
    "throttled": Trouble(
        "Throttled: 429",
        "Too many requests; the answer says after how many seconds to come again.",
        {"fault": "status", "status": 429},
        "reads",
        {"retry_after": 10, "times": 10},
    ),
    "unavailable": Trouble(
        "Out of order: 503", "Nothing is done.", {"fault": "status", "status": 503}, "azure", {"times": 10}
    ),
    "failing": Trouble(
        "An operation fails",
        "What is asked is accepted, and fails at the end, with an error code.",
        {"fault": "operation-failure"},
        "changes",
        {"code": "InternalServerError", "times": 1},
    ),
    "stalled": Trouble(
        "An operation never ends",
        "What is asked is accepted, and goes on until everything is reset.",
        {"fault": "operation-stall"},
        "changes",
        {"times": 1},
    ),
}
_LABELS = {"seconds": "Seconds late", "times": "Requests", "retry_after": "Seconds to wait", "code": "Error code"}
# What of a fault its kind makes use of.
_SHOWN = {
    "status": ("status", "code", "retry_after", "when"),
    "delay": ("seconds", "when"),
    "operation-failure": ("status", "code"),
}
_HEADS = ["Fault", "Which requests", "How", "Left"]


def show_azure(world: World, query: Mapping[str, str], refusal: Refusal | None = None) -> HTMLResponse:
    """The page; 400 with what was typed where something was refused."""
    was = refusal or Refusal()
    troubles = tag("div", [_trouble(name, was) for name in _TROUBLES], class_="grid")
    lead = "Each strikes the next requests that match, and counts down."
    trouble = card("Make Azure slow, or make it fail", troubles, _any_fault(Form("fault any", AZURE, was)), lead=lead)
    content = (
        _waiting(world),
        trouble,
        _durations(world),
        switches_card(world, was),
        _reset(Form("reset", AZURE, was)),
    )
    status = 400 if refusal else 200
    return page("How Azure is", *content, here=AZURE, query=query, refusal=refusal, status=status)


def read_fault_form(name: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fault that the controls take, of a form of its own or of the one that has every field."""
    fields = {one: number(typed.get(one, "")) for one in _NUMBERS}
    fields |= {one: typed.get(one, "").strip() for one in _TEXTS}
    if name not in _TROUBLES:
        return filled(fields | {"fault": typed.get("fault", "")})
    _, which = _WHICH.get(typed.get("which", ""), ("", {}))
    return filled(fields) | which | _TROUBLES[name].fault


def _trouble(name: str, refusal: Refusal) -> Html:
    trouble, form = _TROUBLES[name], Form(f"fault {name}", AZURE, refusal)
    which = ungrouped((word, words) for word, (words, _) in _WHICH.items())
    fields = [form.text(one, _LABELS[one], value) for one, value in trouble.fields.items()]
    whole = form.whole(form.choice("which", "For", which, trouble.which), *fields, button="Let it happen")
    return tag("div", tag("h3", trouble.title), tag("p", trouble.meaning), whole, class_="part")


def _any_fault(form: Form) -> Html:
    kinds = [(one, one) for one in (*sorted(REQUEST_FAULTS), *sorted(OPERATION_FAULTS))]
    whole = form.whole(
        form.choice("fault", "Fault", ungrouped(kinds)),
        form.choice("method", "Method", ungrouped([("", "any"), *((one, one) for one in HTTPMethod)])),
        form.text("path_pattern", "Path", hint="A regular expression that is found in it. Blank: any."),
        form.text("status", "Status", hint="400 to 599, of status and operation-failure."),
        form.text("code", "Error code"),
        form.text("retry_after", "Retry-After", hint="Whole seconds."),
        form.text("seconds", "Seconds", hint="Of delay."),
        form.text("times", "Requests", 1),
        form.choice("when", "When", ungrouped([("", "as usual"), (BEFORE, BEFORE), (AFTER, AFTER)])),
        button="Add the fault",
    )
    return tag("details", tag("summary", "Any other fault …"), whole, open=form.is_refused)


def _waiting(world: World) -> Html:
    faults = world.faults.listed()
    if not faults:
        return card("Faults in force", tag("p", "None: whatever is asked is answered as it should be.", class_="empty"))
    rows = [row(_HEADS, [one["fault"], _which(one), _how(one), one["times"]]) for one in faults]
    clearing = Form("clear", AZURE).whole(button="No more faults")
    return card("Faults in force", table(_HEADS, rows, class_="stacks"), clearing, lead="The oldest strikes first.")


def _which(fault: dict[str, Any]) -> Html:
    pattern = fault["path_pattern"]
    return join(fault["method"] or "any method", " ", code(pattern) if pattern else "any path")


def _how(fault: dict[str, Any]) -> str:
    names = _SHOWN.get(fault["fault"], ("when",))
    return ", ".join(f"{name} {fault[name]}" for name in names if fault[name] is not None).replace("_", " ")


def _durations(world: World) -> Html:
    settings = world.settings
    words = (
        f"An operation takes {settings.operation_seconds:g} seconds, and every answer of Azure waits "
        f"{settings.latency_ms} milliseconds first. Both are set when the sandbox starts: "
    )
    options = (code("--operation-seconds"), " and ", code("--latency-ms"), ".")
    return card("How long things take", tag("p", words, *options))


def _reset(form: Form) -> Html:
    sure = join(tag("summary", "Start over …"), form.whole(button="Reset everything", kind="danger"))
    lead = "Circuits, network, faults and switches are as the seed made them. What was ordered is gone."
    return card("Back to the beginning", tag("details", sure), lead=lead)
