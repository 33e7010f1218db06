"""Route filters, subscription by subscription."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crossconnections.communities import name_of
from crossconnections.models import Catalogue
from crossconnections.presenters.states import Mark, unsettled_provisioning

_CIRCUITS = "/expressroutecircuits/"


@dataclass(frozen=True, slots=True)
class NamedCommunity:
    """A community's value with its name in words, "" where it is not known."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule does, ``Allow``, and the communities it does it to."""

    name: str
    access: str
    communities: tuple[NamedCommunity, ...]


@dataclass(frozen=True, slots=True)
class FilterEntry:
    """A route filter; ``peerings`` are None where Azure's answer was read without them."""

    name: str
    resource_id: str
    region: str
    unsettled: Mark | None
    rules: tuple[Rule, ...]
    peerings: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FilterCard:
    """The route filters that one subscription holds; ``is_read`` once Azure has told of them."""

    subscription: str
    anchor: str
    filters: tuple[FilterEntry, ...]
    is_read: bool


def show_route_filters(catalogues: Sequence[Catalogue]) -> tuple[FilterCard, ...]:
    """A card for each subscription that has told of its route filters or is about to; none where it may not."""
    found = [one for one in catalogues if one.kind == Catalogue.Kind.ROUTE_FILTERS]
    return tuple(_card(one) for one in found if one.read_at or not one.read_error_code)


def name_communities(values: Sequence[object]) -> tuple[NamedCommunity, ...]:
    """Each value with its documented name."""
    return tuple(NamedCommunity(str(value), name_of(str(value))) for value in values)


def _card(catalogue: Catalogue) -> FilterCard:
    return FilterCard(
        subscription=catalogue.subscription.label,
        anchor=f"filters-{catalogue.pk}",
        filters=tuple(_filter(entry) for entry in catalogue.entries),
        is_read=catalogue.read_at is not None,
    )


def _filter(entry: dict[str, Any]) -> FilterEntry:
    peerings = entry.get("peerings")
    return FilterEntry(
        name=entry["name"],
        resource_id=entry["resource_id"],
        region=entry["location"],
        unsettled=unsettled_provisioning(entry["provisioning_state"]),
        rules=tuple(_rule(rule) for rule in entry["rules"]),
        peerings=None if peerings is None else tuple(dict.fromkeys(map(_peering_words, peerings))),
    )


def _rule(rule: dict[str, Any]) -> Rule:
    return Rule(rule["name"], rule["access"], name_communities(rule["communities"]))


def _peering_words(resource_id: str) -> str:
    """The circuit of a peering's id, whatever its case: ``er-contoso``; the whole id where it has none."""
    _, circuits, rest = resource_id.lower().partition(_CIRCUITS)
    start = len(resource_id) - len(rest)
    return resource_id[start:].partition("/")[0] if circuits and rest else resource_id
