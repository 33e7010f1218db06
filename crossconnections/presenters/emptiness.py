"""An empty list in words: what was looked for and where, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.filters import NONE, Filters
from crossconnections.models import CrossConnection, Subscription
from crossconnections.presenters.listing import count_in_words
from crossconnections.queries import LocationSums

ENLIST = "python manage.py enlist <subscription-id> --label NAME"


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why there is nothing; ``is_no_match`` where other words would find something.

    ``gone`` are service keys that would match, had they not gone from Azure.
    """

    title: str
    text: str
    is_no_match: bool = False
    command: str = ""
    gone: tuple[str, ...] = ()


def show_emptiness(
    *,
    filters: Filters,
    subscriptions: Sequence[Subscription],
    is_syncing: bool,
    everything: Sequence[LocationSums],
    gone: Sequence[CrossConnection] = (),
    places: Sequence[str] = (),
) -> Emptiness:
    """``everything`` are the sums of all that is mirrored, ``gone`` what matches and is in Azure no more.

    All of it is what the person may see; ``places`` are where, if not everywhere.
    """
    if gone:
        return _all_gone(filters, gone)
    if everything:
        return _no_match(filters, everything)
    return _nothing_there(places) if places else _nothing_at_all(subscriptions, is_syncing=is_syncing)


def _nothing_at_all(subscriptions: Sequence[Subscription], *, is_syncing: bool) -> Emptiness:
    if not subscriptions:
        return Emptiness(
            "No subscription is enlisted yet",
            "Name the provider subscription that Microsoft enrolled for you. Its cross connections are then read "
            "from Azure every few minutes. On the portal's host:",
            command=ENLIST,
        )
    if any(subscription.last_synced_at for subscription in subscriptions):
        return Emptiness(
            "Azure lists no cross connections",
            f"None is in {_labels(subscriptions)}. A cross connection appears here once a customer orders an "
            "ExpressRoute circuit from you.",
        )
    if is_syncing:
        return Emptiness(
            "The first sync is under way",
            f"Cross connections of {_labels(subscriptions)} are being read from Azure. They appear here by "
            "themselves; without script, load the page again.",
        )
    return Emptiness(
        "Nothing was synced yet",
        f"{_labels(subscriptions)} enlisted, but no sync has come to its end. It starts by itself within minutes.",
    )


def _nothing_there(places: Sequence[str]) -> Emptiness:
    return Emptiness(
        "No cross connection is where your role holds",
        f"You see {', '.join(places)}. A cross connection appears here once a customer orders an ExpressRoute circuit "
        "from you there.",
    )


def _all_gone(filters: Filters, gone: Sequence[CrossConnection]) -> Emptiness:
    keys = tuple(dict.fromkeys(row.service_key for row in gone))
    title = f"“{filters.q}” is gone from Azure" if len(keys) == 1 else f"What matches “{filters.q}” is gone from Azure"
    text = "The customer's circuit was deleted, or it was moved. What was last known stays:"
    return Emptiness(title, text, is_no_match=True, gone=keys)


def _no_match(filters: Filters, everything: Sequence[LocationSums]) -> Emptiness:
    here = [one for one in everything if (one.peering_location or NONE).casefold() == filters.location.casefold()]
    searched = count_in_words(here or everything)
    if filters.has_choices:
        what = f" and “{filters.q}”" if filters.q else ""
        return Emptiness(f"No cross connection matches these filters{what}", f"There are {searched}.", is_no_match=True)
    if not filters.q:
        return Emptiness(f"No cross connections in “{filters.location}”", f"There are {searched}.", is_no_match=True)
    where = f" in {here[0].peering_location}" if here else ""
    return Emptiness(
        f"No cross connection{where} matches “{filters.q}”",
        f"Searched service key, circuit name, location, S-tag, VLAN ID and link addresses of {searched}. A circuit "
        "ordered in the last minutes may not have reached us: sync, then look again.",
        is_no_match=True,
    )


def _labels(subscriptions: Sequence[Subscription]) -> str:
    return ", ".join(subscription.label for subscription in subscriptions)
