"""The first page: what to do here, a circuit to order, and those that there are."""

from collections.abc import Mapping
from itertools import islice

from starlette.responses import HTMLResponse

from sandbox.estate.documents import Document
from sandbox.estate.places import EUAP_TEST, bandwidths, provider_places
from sandbox.estate.subscriptions import AMER, EMEA, SUBSCRIPTIONS, TEST
from sandbox.page.forms import Form, Options, Refusal, number, ungrouped
from sandbox.page.layout import CIRCUITS, card, code, page, row, table
from sandbox.page.markup import Html, join, tag
from sandbox.page.words import circuit_name, speed, subscription_label
from sandbox.world import World

_SHOWN = 25
_HEADS = ["Circuit", "Peering location", "Bandwidth", "Provider's state", "Provider's subscription"]
_STEPS = (
    ("Order", "a circuit here, and send its service key to the provider: the e-mail is written for you."),
    ("Be the provider", "in the portal: sync, provision it, hand it over."),
    ("Come back", "as a customer who wants more bandwidth or edits a peering, and as a network that breaks."),
)


def show_home(world: World, query: Mapping[str, str], refusal: Refusal | None = None) -> HTMLResponse:
    """The page; 400 with what was typed where an order was refused."""
    form = Form("order", CIRCUITS, refusal or Refusal())
    steps = tag("ol", [tag("li", tag("strong", what), " ", words) for what, words in _STEPS], class_="steps")
    columns = tag(
        "div", tag("div", _order(form)), tag("div", _circuits(world, query.get("q", ""))), class_="columns first"
    )
    status = 400 if refusal else 200
    return page("Play the customer", steps, columns, query=query, refusal=refusal, status=status)


def read_order_form(typed: Mapping[str, str]) -> dict[str, object]:
    """The order that the controls take. Nobody chose a subscription: the one that keeps the peering location."""
    place = typed.get("peering_location", "")
    return {
        "peering_location": place,
        "bandwidth_mbps": number(typed.get("bandwidth_mbps", "")),
        "subscription": typed.get("subscription") or _keepers().get(place, ""),
        "name": typed.get("name", "").strip(),
    }


def _order(form: Form) -> Html:
    whole = form.whole(
        form.choice("peering_location", "Peering location", _places(), "Amsterdam"),
        form.choice("bandwidth_mbps", "Bandwidth", ungrouped((one, speed(one)) for one in bandwidths()), 1000),
        form.text("name", "Name of the circuit", hint="As the customer calls it. Left blank: er-ordered."),
        form.choice("subscription", "Provider's subscription", _subscriptions()),
        button="Order the circuit",
        kind="main",
    )
    return card("Order a circuit", whole, lead="Azure gives it a service key, and shows it to the provider.")


def _circuits(world: World, asked: str) -> Html:
    words = asked.split()
    keys = [key for key in world.estate.newest_first() if world.estate.has_words(key, words)]
    shown = [_row(world.estate.listed(key)) for key in islice(keys, _SHOWN)]
    box = tag("input", type="search", name="q", value=asked, placeholder="Service key, name, location")
    search = tag("label", tag("span", "Search circuits", class_="hidden"), box)
    finder = tag("form", search, tag("button", "Search", type="submit"), method="get", action=CIRCUITS, class_="find")
    if not keys:
        return card("Circuits", finder, tag("p", "No circuit has all of that.", class_="empty"))
    more = f"{len(shown)} of {len(keys)} are shown: search for the others." if len(keys) > _SHOWN else ""
    told = table(_HEADS, shown, class_="stacks brief")
    rest = tag("p", more, class_="more") if more else None
    return card("Circuits", finder, told, rest, lead="The newest order first.")


def _row(document: Document) -> Html:
    facts, key = document["properties"], document["name"]
    name = tag("a", circuit_name(document) or "(no name)", href=f"{CIRCUITS}/{key}")
    speed_of, state = speed(facts["bandwidthInMbps"]), facts["serviceProviderProvisioningState"]
    cells: list[object] = [join(name, code(key)), facts["peeringLocation"], speed_of, state]
    return row(_HEADS, [*cells, subscription_label(document)])


def _places() -> Options:
    groups: dict[str, list[tuple[object, object]]] = {f"Kept in {one.label}": [] for one in (EMEA, AMER, TEST)}
    for name, label in _keepers().items():
        groups[f"Kept in {label}"].append((name, name))
    return groups


def _keepers() -> dict[str, str]:
    """The label of the subscription that keeps each of the provider's places."""
    return {place.name: one.label for one, place in provider_places()} | {EUAP_TEST.name: TEST.label}


def _subscriptions() -> Options:
    labels = [one.label for one in SUBSCRIPTIONS if one.is_enrolled]
    return ungrouped([("", "The one that keeps the location"), *((one, one) for one in labels)])
