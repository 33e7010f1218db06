"""The filter menus: what can be chosen, what is chosen, and how many have it."""

from collections.abc import Iterable

from crossconnections.enums import PeeringType
from crossconnections.filters import NONE, Filters, bandwidth_value
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.states import bandwidth, in_order_of_life, provider_state
from crossconnections.queries import Choices
from portal.menus import Menu, Option


def show_menus(filters: Filters, choices: Choices) -> tuple[Menu, ...]:
    """State, bandwidth, subscription and peering; a menu with a single choice is left out, for it chooses nothing."""
    mbps = [(bandwidth_value(mbps), bandwidth(mbps or None), count) for mbps, count in choices.bandwidths.items()]
    states = [
        (state or NONE, provider_state(state).word, choices.states[state]) for state in in_order_of_life(choices.states)
    ]
    labels = [(label, label, count) for label, count in choices.subscriptions.items()]
    menus = (
        _menu("state", "State", states, filters.states),
        _menu("bandwidth", "Bandwidth", mbps, map(bandwidth_value, filters.bandwidths)),
        _menu("subscription", "Subscription", labels, filters.subscriptions),
        _menu("peering", "Peering", _PEERINGS, filters.peerings),
    )
    return tuple(menu for menu in menus if len(menu.options) > 1)


_PEERINGS = [
    (PeeringType.AZURE_PRIVATE_PEERING, short_peering_name(PeeringType.AZURE_PRIVATE_PEERING), None),
    (PeeringType.MICROSOFT_PEERING, short_peering_name(PeeringType.MICROSOFT_PEERING), None),
    (NONE, "No peering", None),
]


def _menu(name: str, title: str, offered: Iterable[tuple[str, str, int | None]], chosen: Iterable[str]) -> Menu:
    offered, chosen = list(offered), set(chosen)
    # What is chosen and does not occur any more must still be seen, or it could not be undone.
    gone = [
        (value, "Not told" if value == NONE else value, 0)
        for value in sorted(chosen - {value for value, _, _ in offered})
    ]
    options = (Option(value, words, value in chosen, count) for value, words, count in [*offered, *gone])
    return Menu(name, title, tuple(options))
