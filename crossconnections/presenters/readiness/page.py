"""The page: a card for each subscription and one for this installation, each check with its sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zlib import crc32

from crossconnections.models import Readiness
from crossconnections.presenters.freshness import is_left_waiting
from crossconnections.presenters.readiness.proofs import Proof, words_by_proof
from crossconnections.presenters.readiness.words import REGISTER, SUBJECTS, WAITING, what_of
from crossconnections.readiness.actions import custom_role, role_name
from crossconnections.readiness.checks import OF_THE_CLOUD, Check, Level, Result, count
from portal.times import Moment, ago

_GLYPHS = {
    Level.PASS: ("s-done", "ok", "passes"),
    Level.WARN: ("s-warn", "warn", "warning"),
    Level.FAIL: ("s-fail", "bad", "fails"),
    Level.NOT_RUN: ("s-idle", "idle", "not run"),
}
# What was not asked says less than what was, whatever came of that.
_WORST = (Level.FAIL, Level.WARN, Level.PASS, Level.NOT_RUN)
_ANY_MANAGED_IDENTITY = "<object-id-of-the-managed-identity>"
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Setup:
    """What the commands name: of the settings, but never a secret."""

    cloud: str
    endpoint: str
    authority: str
    tenant_id: str
    client_id: str
    sign_in_client_id: str
    base: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Missing:
    """An action that is not granted, and what it is for."""

    action: str
    what_for: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in words; ``key`` is unique on the page."""

    key: str
    glyph: str
    tone: str
    level: str
    title: str
    meaning: str
    missing: tuple[Missing, ...]
    mend: str
    command: str
    afterwards: str
    may_register: bool
    role: str
    role_name: str
    code: str
    correlation_id: str
    milliseconds: int | None


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


def show_check(result: Result, setup: Setup, *, subscription_id: str, may_repair: bool, prefix: str = "") -> CheckRow:
    """One check in words, its command ready to be pasted."""
    words = words_by_proof(result.check, result.outcome, setup.proof)
    told = _told(result, setup, subscription_id)
    glyph, tone, level = _GLYPHS[result.level]
    missing = tuple(Missing(one["action"], one["what_for"]) for one in result.values.get("missing", ()))
    return CheckRow(
        key=f"{prefix or subscription_id}-{result.check}",
        glyph=glyph,
        tone=tone,
        level=level,
        title=words.title.format_map(told),
        meaning=words.meaning.format_map(told),
        missing=missing,
        mend=words.mend.format_map(told),
        command=words.command.format_map(told),
        afterwards=words.afterwards.format_map(told),
        may_register=may_repair and words.click == REGISTER,
        role=custom_role(subscription_id) if missing else "",
        role_name=role_name(subscription_id) if missing else "",
        code=result.code,
        correlation_id=result.correlation_id,
        milliseconds=result.milliseconds,
    )


class _Told(dict[str, Any]):
    """What another version of the portal kept may lack a value: an ellipsis says so."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _told(result: Result, setup: Setup, subscription_id: str) -> _Told:
    values = result.values
    return _Told(
        {
            **values,
            "id": subscription_id,
            "cloud": setup.cloud,
            "endpoint": setup.endpoint,
            "authority": setup.authority,
            "tenant_id": setup.tenant_id or "<tenant-id>",
            "client_id": setup.client_id or _ANY_MANAGED_IDENTITY,
            "and_client": f"&client_id={setup.client_id}" if setup.client_id else "",
            "sign_in_client_id": setup.sign_in_client_id,
            "base": setup.base,
            "what": what_of(result.check),
            "subject": SUBJECTS[result.check],
            "direction": "behind" if values.get("is_behind") else "ahead of",
            **_in_words(values),
        }
    )


def _in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Numbers, lists and names as they are read."""
    words = {name: f"{values[name]:,}" for name in ("reads", "entries", "count") if isinstance(values.get(name), int)}
    if isinstance(writes := values.get("writes"), int):
        words["writes_too"] = f" and {writes:,} writes"
    else:
        words["writes_too"] = ""
    if isinstance(seconds := values.get("seconds"), int):
        words["within"] = str(max(1, seconds))
    if "kind" in values:
        words["database"] = _DATABASES.get(str(values["kind"]), str(values["kind"]))
    if values.get("waits_for") in set(Check):
        words["waits_for"] = SUBJECTS[Check(values["waits_for"])]
    return words | _of_queues(values.get("lost") or [])


def _of_queues(lost: Sequence[str]) -> dict[str, str]:
    """Those that nobody takes, the longest silent one first, and what stands still by that."""
    if not lost:
        return {}
    return {
        "queues": f"the queue{'s' if len(lost) > 1 else ''} {' and '.join(lost)}",
        "first": f"the queue {lost[0]}",
        "names": ",".join(lost),
        "waiting": " ".join(WAITING[one] for one in lost if one in WAITING),
    }
