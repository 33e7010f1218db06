"""The page: a card for each subscription and one for this installation, each check with its sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

from crossconnections.models import Readiness
from crossconnections.presenters.freshness import is_left_waiting
from crossconnections.presenters.readiness.rows import CheckRow, Setup, show_check
from crossconnections.readiness.checks import OF_THE_CLOUD, Check, Level, Result, count
from portal.times import Moment, ago

# What was not asked says less than what was, whatever came of that.
_WORST = (Level.FAIL, Level.WARN, Level.PASS, Level.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subscription that was or will be checked; ``row`` is None, and ``results`` empty, before it ever was.

    ``note`` says why it is not.
    """

    subscription_id: str
    label: str
    row: Readiness | None
    results: Sequence[Result]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A subscription, what they have in common, or this installation; ``rows`` is empty before the first check."""

    key: str
    title: str
    label: str
    subscription_id: str
    rows: tuple[CheckRow, ...]
    checked: Moment | None = None
    is_wanted: bool = False
    is_left: bool = False
    note: str = ""

    @property
    def stamp(self) -> str:
        """Another one once anything that matters differs: what was open on the page stays open until then."""
        outcomes = [(row.key, row.title, row.missing, row.code) for row in self.rows]
        told = (outcomes, self.checked.at if self.checked else None, self.is_wanted, self.is_left)
        return f"{crc32(repr(told).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many checks are how, over all cards, and what that means for whoever works here."""

    failed: int
    warned: int
    passed: int
    not_run: int

    @property
    def verdict(self) -> str:
        """In one sentence."""
        if self.failed:
            return "Something does not work until it is mended. Each failing check says how."
        return "Everything works; something wants a look." if self.warned else "Everything that was checked works."


@dataclass(frozen=True, slots=True)
class Page:
    """All of it.

    ``checked`` is when the subscription was that waits longest; None while one that Azure is asked about never was.
    """

    score: Score
    cards: tuple[Card, ...]
    checked: Moment | None
    is_wanted: bool
    is_left: bool
    has_subscriptions: bool

    @property
    def stamp(self) -> str:
        """As that of a card."""
        return "".join(card.stamp for card in self.cards)


def show_page(
    subjects: Sequence[Subject],
    installation: Sequence[Result],
    *,
    setup: Setup,
    may_repair: bool,
    version: str,
    now: datetime,
) -> Page:
    """A card for what all subscriptions have in common, one for each of them, and one for this installation."""
    common = _in_common(subjects, setup)
    rest = [replace(one, results=[r for r in one.results if r.check not in OF_THE_CLOUD]) for one in subjects]
    cards = [show_subscription(one, setup=setup, may_repair=may_repair, now=now) for one in rest]
    return Page(
        score=_score(
            [*(result for result, _ in common), *(result for one in rest for result in one.results), *installation]
        ),
        cards=(
            *([Card("azure", "Azure", setup.cloud, "", tuple(row for _, row in common))] if common else []),
            *cards,
            _card("installation", "This installation", f"crossconnect {version}", installation, setup),
        ),
        checked=_oldest([one.checked for one in cards if not one.note]),
        is_wanted=any(one.is_wanted for one in cards),
        is_left=any(one.is_left for one in cards),
        has_subscriptions=any(not one.note for one in subjects),
    )


def _oldest(checked: Sequence[Moment | None]) -> Moment | None:
    known = [one for one in checked if one is not None]
    return min(known, key=lambda moment: moment.at) if known and len(known) == len(checked) else None


def show_subscription(subject: Subject, *, setup: Setup, may_repair: bool, now: datetime) -> Card:
    """The card of one subscription."""
    key, row = subject.subscription_id, subject.row
    return Card(
        key=key,
        title="Subscription",
        label=subject.label,
        subscription_id=key,
        rows=tuple(show_check(one, setup, subscription_id=key, may_repair=may_repair) for one in subject.results),
        checked=ago(row.checked_at, now=now) if row and row.checked_at else None,
        is_wanted=bool(row and row.wanted_at),
        is_left=bool(row and is_left_waiting(row.wanted_at, row.claimed_until, now=now)),
        note=subject.note,
    )


def _in_common(subjects: Sequence[Subject], setup: Setup) -> list[tuple[Result, CheckRow]]:
    """What they tell of the cloud: of each check the worst that any subscription came to, with that one's commands."""
    found: dict[Check, tuple[Result, str]] = {}
    for subject in subjects:
        for result in subject.results:
            before = found.get(result.check)
            if result.check in OF_THE_CLOUD and (
                before is None or _WORST.index(result.level) < _WORST.index(before[0].level)
            ):
                found[result.check] = (result, subject.subscription_id)
    worst = [found[check] for check in OF_THE_CLOUD if check in found]
    return [(one, show_check(one, setup, subscription_id=key, may_repair=False, prefix="azure")) for one, key in worst]


def _card(key: str, title: str, label: str, results: Iterable[Result], setup: Setup) -> Card:
    rows = tuple(show_check(one, setup, subscription_id="", may_repair=False) for one in results)
    return Card(key, title, label, "", rows)


def _score(results: Sequence[Result]) -> Score:
    return Score(*(count(results, level) for level in (Level.FAIL, Level.WARN, Level.PASS, Level.NOT_RUN)))
