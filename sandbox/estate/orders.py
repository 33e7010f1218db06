"""A customer orders a circuit, and Azure makes the cross connection in the provider's subscription."""

import uuid
from dataclasses import dataclass

from sandbox.estate.documents import Document, new_document
from sandbox.estate.estate import Estate
from sandbox.estate.mix import Peerings
from sandbox.estate.places import Place, bandwidths, find_place
from sandbox.estate.plan import Plan
from sandbox.estate.subscriptions import EMEA, Subscription, find_labelled, find_subscription
from sandbox.reading import read_fields
from sandbox.refused import RefusedError

_FIELDS = ("peering_location", "bandwidth_mbps", "subscription", "name")


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer may choose."""

    place: Place
    bandwidth_mbps: int
    subscription: Subscription
    name: str


def read_order(body: object) -> Order:
    """The order in a request's JSON; raises RefusedError with what is wrong with it."""
    fields = read_fields(body, "An order", _FIELDS)
    return Order(
        place=_read_place(fields.get("peering_location")),
        bandwidth_mbps=_read_bandwidth(fields.get("bandwidth_mbps")),
        subscription=_read_subscription(_or_default(fields.get("subscription"), EMEA.label)),
        name=_read_name(_or_default(fields.get("name"), "er-ordered")),
    )


def _or_default(value: object, default: str) -> object:
    # A form sends an empty text for what nobody filled in; 0, false and [] are mistakes.
    return default if value in (None, "") else value


def place_order(estate: Estate, order: Order) -> Document:
    """The cross connection that the order makes: NotProvisioned, on the place's first port pair."""
    service_key = str(uuid.uuid4())
    plan = Plan(
        index=0,
        service_key=service_key,
        subscription=order.subscription,
        place=order.place,
        port_pair=1,
        s_tag=estate.free_s_tag(order.place.ports(1)[0]),
        bandwidth_mbps=order.bandwidth_mbps,
        state="NotProvisioned",
        peerings=Peerings.NONE,
        prefixes_state="",
        # A group for each order: two orders may have the same name.
        circuit=(f"rg-order-{service_key[:8]}", order.name),
    )
    document = new_document(plan)
    estate.add(document)
    return document


def _read_place(name: object) -> Place:
    place = find_place(name) if isinstance(name, str) else None
    if place is None:
        raise RefusedError(f"peering_location {name!r} is not a peering location.")
    return place


def _read_bandwidth(mbps: object) -> int:
    # True is an int to Python, and 50.0 equals 50.
    if type(mbps) is not int or mbps not in bandwidths():
        offered = ", ".join(map(str, bandwidths()))
        raise RefusedError(f"That bandwidth_mbps is not offered: it is one of {offered}.")
    return mbps


def _read_subscription(id_or_label: object) -> Subscription:
    text = id_or_label if isinstance(id_or_label, str) else ""
    subscription = find_subscription(text) or find_labelled(text)
    if subscription is None or not subscription.is_enrolled:
        raise RefusedError(f"subscription {id_or_label!r} is none of the provider's.")
    return subscription


def _read_name(name: object) -> str:
    # Hostile names are welcome, they are what a portal must stand; these two no JSON document and no file can hold.
    if not isinstance(name, str) or any(character == "\0" or "\ud800" <= character <= "\udfff" for character in name):
        raise RefusedError(f"name {name!a} is no name for a circuit.")
    return name
