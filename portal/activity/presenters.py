"""Entries in words, for the page of the trail and for the pages of objects."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from portal.activity.chain import is_as_written
from portal.activity.deeds import find_deed
from portal.activity.models import Check, Entry
from portal.activity.objects import find_kind
from portal.activity.reading import Unreadable, tell
from portal.activity.seals import Seals
from portal.actors import CLOCK, COMMAND, WEB
from portal.times import Moment, ago

_ID_SHOWN = 8
_GUID = 36
_BEYOND_ALL = 10**18 - 1
STALE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A glyph and a word; ``reason`` is "" where the word says it all."""

    word: str
    glyph: str
    tone: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An object: its id whole for the clipboard and short for the eye, its name, and its page if it has one."""

    id: str
    short: str
    name: str
    label: str
    address: str
    activity: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry. ``ids`` are names and values of what unfolds."""

    number: int
    at: datetime
    who: str
    what: str
    named: Named | None
    outcome: Outcome
    where: str
    ids: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day of UTC. One that cannot be read stands among those beside which it was found."""

    title: str
    lines: tuple[Line | Unreadable, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An entry on the page of its object; one that cannot be read has no outcome, and was not seen."""

    who: str
    what: str
    outcome: Outcome | None
    seen: Moment | None


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether the chain was whole when it was last looked at."""

    words: str
    checked: Moment | None
    glyph: str
    tone: str
    findings: tuple[str, ...] = ()


_OUTCOMES = {
    Entry.Result.DONE: Outcome("Done", "check", "ok"),
    Entry.Result.REFUSED: Outcome("Refused", "s-fail", "bad"),
    Entry.Result.FAILED: Outcome("Failed", "s-fail", "bad"),
}
_CHANGED = Outcome(
    "Changed", "s-fail", "bad", "It does not stand here as it was written. verify_activity on the host says more."
)
_VIAS = {WEB: "web", COMMAND: "command", CLOCK: "clock"}


def show_days(entries: Iterable[Entry | Unreadable]) -> tuple[Day, ...]:
    """Entries, the newest first as they come, by days; each is judged by its own seal as it is shown."""
    seals = Seals()
    lines = tuple(tell(entries, lambda entry: _line(entry, seals)))
    days = groupby(_on_days(lines), key=lambda dated: dated[0])
    return tuple(Day(title, tuple(line for _, line in found)) for title, found in days)


def show_events(entries: Iterable[Entry | Unreadable], *, now: datetime) -> tuple[Event, ...]:
    """For the page of an object: without addresses, for everybody who sees the object sees these."""
    told = tell(entries, lambda one: Event(_who(one), _reading_on(one), _outcome(one), ago(one.at, now=now)))
    return tuple(
        Event(f"Entry {one.number}", one.words, None, None) if isinstance(one, Unreadable) else one for one in told
    )


def show_chain(check: Check | None, *, now: datetime, tells_count: bool) -> ChainState:
    """In the page's head; the count is for those who may see all of the entries."""
    if check is None:
        return ChainState("The chain was not checked yet", None, "clock", "warn")
    checked = ago(check.at, now=now)
    if check.findings:
        return ChainState("The chain is not intact, checked", checked, "s-fail", "bad", tuple(check.findings))
    of = f" of {check.entries:,} {'entry' if check.entries == 1 else 'entries'}" if tells_count else ""
    glyph, tone = ("clock", "warn") if now - check.at > STALE else ("shield", "ok")
    return ChainState(f"Chain{of} intact, checked", checked, glyph, tone)


def what_in_words(entry: Entry) -> str:
    """The deed's words, filled with the details; a detail that is missing is a gap, never an error."""
    details = entry.named_details
    return re.sub(r"\{(\w+)\}", lambda found: str(details.get(found[1], "…")), find_deed(entry.deed).words)


def _reading_on(entry: Entry) -> str:
    words = what_in_words(entry)
    return words[:1].lower() + words[1:]  # after who did it


def _on_days(lines: Sequence[Line | Unreadable]) -> Iterable[tuple[str, Line | Unreadable]]:
    """Each with its day in words: of the one before it if it has none, the first ones of the first that has one."""
    title = next((_day(line) for line in lines if isinstance(line, Line)), "No day")
    for line in lines:
        title = _day(line) if isinstance(line, Line) else title
        yield title, line


def _day(line: Line) -> str:
    day = line.at.astimezone(UTC)
    return f"{day:%A} {day.day} {day:%B %Y}"


def _line(entry: Entry, seals: Seals) -> Line:
    return Line(
        number=entry.number,
        at=entry.at,
        who=_who(entry),
        what=what_in_words(entry),
        named=_named(entry) if entry.object_kind else None,
        outcome=_CHANGED if is_as_written(entry, seals) is False else _outcome(entry),
        where=", ".join(filter(None, (_VIAS.get(entry.via, entry.via), entry.address))),
        ids=tuple(_ids(entry)),
    )


def _who(entry: Entry) -> str:
    return entry.actor_name or ("Nobody signed in" if entry.via == WEB else "Unknown")


def _outcome(entry: Entry) -> Outcome:
    known = _OUTCOMES.get(Entry.Result(entry.result)) if entry.result in Entry.Result else None
    if known is None:
        return Outcome(entry.result, "s-warn", "warn", entry.reason)
    return Outcome(known.word, known.glyph, known.tone, entry.reason)


def _named(entry: Entry) -> Named:
    kind = find_kind(entry.object_kind)
    # Only a GUID is known by its beginning.
    short = entry.object_id[:_ID_SHOWN] if len(entry.object_id) == _GUID else entry.object_id
    return Named(
        id=entry.object_id,
        short=short,
        name=entry.object_name,
        label=kind.words,
        address=kind.find_page(entry.object_id),
        activity=f"{entry.object_kind}:{entry.object_id}",
    )


def _ids(entry: Entry) -> Iterable[tuple[str, str]]:
    plain = (
        ("Entry", str(entry.number)),
        ("Seal", entry.mac),
        ("Correlation id", entry.correlation_id),
        (find_kind(entry.object_kind).words.capitalize() if entry.object_kind else "", entry.object_id),
        ("Person's object id", entry.actor_object_id),
        ("Person's tenant id", entry.actor_tenant_id),
    )
    yield from ((name, value) for name, value in plain if value)
    yield from ((name.replace("_", " ").capitalize(), _value(value)) for name, value in entry.named_details.items())


def _value(value: object) -> str:
    text = str(value)
    return {"True": "yes", "False": "no", "None": "none"}.get(text, text)


def split_page(entries: Sequence[Entry | Unreadable], *, most: int) -> tuple[Sequence[Entry | Unreadable], int | None]:
    """The first ``most``, and the number before which the older ones begin; None where there are none."""
    shown = entries[:most]
    if len(entries) <= most:
        return shown, None
    last = shown[-1].number
    # What is numbered by something else than a number comes first: all that have one are older.
    return shown, last if isinstance(last, int) else _BEYOND_ALL
