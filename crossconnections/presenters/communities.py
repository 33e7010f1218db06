"""The page of BGP communities and route filters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import slugify

from crossconnections.communities import EVERYWHERE
from crossconnections.queries.communities import KnownCommunity, Match

MOST_ROWS = 100
MOST_PREFIXES = 12
MOST_PREFIXES_OF_ONE = 2_000


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community; ``query`` leads to all its prefixes where ``more`` of them are left out."""

    value: str
    title: str
    note: str
    prefixes: tuple[str, ...]
    count: str
    more: int
    query: str
    is_open: bool
    is_documented: bool
    is_refused: bool


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """A service with its communities; ``rows`` only where it is open, ``query`` opens it."""

    service: str
    anchor: str
    count: int
    documented: int
    query: str
    rows: tuple[CommunityRow, ...]


@dataclass(frozen=True, slots=True)
class CommunityListing:
    """The groups, and how many communities there are in words."""

    q: str
    groups: tuple[ServiceGroup, ...]
    words: str


def show_communities(matches: Sequence[Match], *, q: str, opened: Collection[str] = ()) -> CommunityListing:
    """Groups in the order of their first community, all open where few match, else those named in ``opened``."""
    is_few = len(matches) <= MOST_ROWS
    most = MOST_PREFIXES if len(matches) > 1 else MOST_PREFIXES_OF_ONE
    groups = [
        _group(name, found, q=q, most=most, is_open=is_few or name in opened)
        for name, found in _by_service(matches).items()
    ]
    return CommunityListing(q, tuple(groups), _words(len(matches)))


def _by_service(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.community.service, []).append(match)
    return found


def _group(service: str, matches: list[Match], *, q: str, most: int, is_open: bool) -> ServiceGroup:
    return ServiceGroup(
        service=service,
        anchor=f"service-{slugify(service)}",
        count=len(matches),
        documented=sum(match.community.is_documented for match in matches),
        query="?" + urlencode({"q": q, "service": service} if q else {"service": service}),
        rows=tuple(_row(match, most) for match in sorted(matches, key=_place)) if is_open else (),
    )


def _place(match: Match) -> tuple[str, int, str]:
    """Services by their numbers, regions by their names."""
    community = match.community
    return "" if community.service == EVERYWHERE else community.region, len(community.value), community.value


def _row(match: Match, most: int) -> CommunityRow:
    community, prefixes = match.community, match.prefixes
    title, note = _names(community)
    return CommunityRow(
        value=community.value,
        title=title,
        note=note,
        prefixes=prefixes[:most],
        count=_prefix_words(len(prefixes), len(community.prefixes)),
        more=len(prefixes[most:]),
        query="?" + urlencode({"q": community.value}),
        is_open=match.is_by_prefix or most == MOST_PREFIXES_OF_ONE,
        is_documented=community.is_documented,
        is_refused=community.is_refused,
    )


def _names(community: KnownCommunity) -> tuple[str, str]:
    """What tells it from others of its group, and Azure's name where that says more."""
    name, region = community.name, community.region
    if community.service == EVERYWHERE or not region:
        return name or community.value, region
    # What Azure lists for Microsoft peerings it calls no more than Azure.
    plain = {f"{community.service} {region}", f"{community.service}, {region}", f"Azure {region}"}
    return region, "" if name in plain else name


def _prefix_words(shown: int, count: int) -> str:
    of = f"{shown:,} of {count:,}" if shown < count else f"{count:,}"
    return f"{of} prefix" if count == 1 else f"{of} prefixes"


def _words(count: int) -> str:
    return "1 community" if count == 1 else f"{count:,} communities"
