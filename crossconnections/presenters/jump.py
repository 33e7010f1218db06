"""Where a person may want to go, as lines of the palette."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from crossconnections.models import CrossConnection
from crossconnections.presenters.states import GONE, provider_state
from crossconnections.queries.jump import Jumps
from crossconnections.queries.records import find_record


@dataclass(frozen=True, slots=True)
class Hit:
    """A line: ``code`` where the words are an identifier, ``keys`` that lead there as well."""

    href: str
    words: str
    note: str
    glyph: str
    tone: str = ""
    is_code: bool = False
    keys: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Lines under a title."""

    title: str
    hits: tuple[Hit, ...]


_PLACES = (
    ("Connections", "cross-connections", "xc", "c"),
    ("Changes", "changes", "hist", "o"),
    ("Communities", "communities", "tag", "m"),
)


def show_jumps(q: str, found: Jumps) -> list[HitGroup]:
    """Cross connections, peering locations and the portal's places, as far as there are any.

    What begins like a location's name means that location before the cross connections in it.
    """
    rows = HitGroup("Cross connections", tuple(_row(row) for row in [*found.rows, *found.gone]))
    locations = HitGroup("Peering locations", tuple(_location(name) for name in found.locations))
    is_location = any(name.casefold().startswith(q.casefold()) for name in found.locations)
    groups = [locations, rows] if is_location else [rows, locations]
    return [group for group in [*groups, HitGroup("Go to", tuple(_places(q)))] if group.hits]


def _row(row: CrossConnection) -> Hit:
    state = GONE if row.gone_at else provider_state(row.provider_provisioning_state)
    record, gone = find_record(row), GONE.word if row.gone_at else ""
    customer = record.customer if record else ""
    note = ", ".join(filter(None, [gone, customer, row.circuit_name, row.peering_location]))
    href = reverse("cross-connection", args=[row.service_key])
    return Hit(href, row.service_key, note, state.glyph, state.tone, is_code=True)


def _location(name: str) -> Hit:
    return Hit(f"{reverse('cross-connections')}?{urlencode({'location': name})}", name, "", "search")


def _places(q: str) -> list[Hit]:
    found = [place for place in _PLACES if q.casefold() in place[0].casefold()]
    return [Hit(reverse(name), words, "", glyph, keys=key) for words, name, glyph, key in found]
