"""How far a change is, step by step: what is past, what is under way and what comes after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossconnections.models import Change
from crossconnections.presenters.changes.placements import show_berth
from crossconnections.presenters.changes.refusals import FAILED, REFUSED, explain_refusal
from crossconnections.presenters.changes.words import NOBODY, asked_by, differences_in_words, is_held, waited_in_words
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.tables.estimates import usual_seconds, usual_span

State = Change.State
_GLYPHS = {
    "past": "s-done",
    "run": "s-run",
    "next": "s-idle",
    "bad": "s-fail",
    "warn": "s-warn",
    "wait": "clock",
    "off": "s-off",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """How far along our own experience it is, in seconds; never a share that Azure did not tell."""

    seconds: int
    usual: int


@dataclass(frozen=True, slots=True)
class Step:
    """``look`` is a word of ``_GLYPHS``, ``at`` when it ended, ``so_far`` how long it lasts."""

    look: str
    title: str
    words: str = ""
    at: datetime | None = None
    so_far: str = ""
    estimate: Estimate | None = None

    @property
    def glyph(self) -> str:
        """Its glyph."""
        return _GLYPHS[self.look]


def show_steps(change: Change, durations: Sequence[timedelta], *, now: datetime) -> list[Step]:
    """``durations`` are those of changes of the same kind at the same peering location."""
    submitted = Step("past", "Submitted", f"by {asked_by(change)}, on record in the activity", change.asked_at)
    return [submitted, *_STEPS[State(change.state)](change, durations, now)]


def _queued(change: Change, _durations: Sequence[timedelta], now: datetime) -> list[Step]:
    return [Step("wait" if is_held(change) else "next", "Waiting", _reason_to_wait(change, now)), *_AHEAD]


def _submitting(change: Change, _durations: Sequence[timedelta], now: datetime) -> list[Step]:
    words = "Azure is read once more, compared with what you saw, and written to"
    return [Step("run", "Sending", words, so_far=_since(change.sent_at, now)), *_AHEAD]


def _running(change: Change, durations: Sequence[timedelta], now: datetime) -> list[Step]:
    told = [f"Azure says {change.azure_status}" if change.azure_status else "", usual_span(durations)]
    if change.error_code:
        told.append(f"last look: {explain_refusal(change.error_code).brief}")
    words = ", ".join(filter(None, told))
    so_far, estimate = _since(change.sent_at, now), _estimate(change, durations, now)
    return [_accepted(change), Step("run", "Applying", words, so_far=so_far, estimate=estimate), _READ_BACK]


def _unknown(change: Change, _durations: Sequence[timedelta], now: datetime) -> list[Step]:
    words = explain_refusal(change.error_code).brief if change.error_code else "Azure's answer was not heard"
    doubt = Step("warn", "In doubt", f"{_sentence(words)}; the portal looks again {_due(change, now)}")
    return [*([_accepted(change)] if change.azure_status or change.poll_url else []), doubt, _READ_BACK]


def _succeeded(change: Change, _durations: Sequence[timedelta], _now: datetime) -> list[Step]:
    if change.known_by == Change.KnownBy.NOTHING_TO_DO:
        return [Step("past", "Compared with Azure", "It was so already, so nothing was sent", change.finished_at)]
    if change.known_by == Change.KnownBy.PERSON:
        return [Step("past", "Settled", f"{_ender(change)} said that Azure took it", change.finished_at)]
    if change.known_by == Change.KnownBy.LOOK:
        applied = Step("past", "Applied", "Nobody heard Azure's answer; a look shows that it took", change.finished_at)
    else:
        applied = Step("past", "Applied", f"Succeeded after {_took(change)}", change.finished_at)
    return [_accepted(change), applied, _read_back(change)]


def _failed(change: Change, _durations: Sequence[timedelta], _now: datetime) -> list[Step]:
    refusal = explain_refusal(change.error_code)
    if change.known_by == Change.KnownBy.PERSON:
        return [Step("bad", "Settled", f"{_ender(change)} said that Azure did not take it", change.finished_at)]
    if change.azure_status or change.poll_url:
        ended = Step("bad", "Failed", f"Azure stopped after {_took(change)}: {refusal.brief}", change.finished_at)
        return [_accepted(change), ended]
    return [Step("bad", _FAILURES.get(refusal.title, "Not sent"), _sentence(refusal.brief), change.finished_at)]


def _canceled(change: Change, _durations: Sequence[timedelta], _now: datetime) -> list[Step]:
    return [Step("off", "Canceled", f"by {_ender(change)}, before it was sent", change.finished_at)]


_STEPS: dict[Change.State, Callable[[Change, Sequence[timedelta], datetime], list[Step]]] = {
    State.QUEUED: _queued,
    State.SUBMITTING: _submitting,
    State.RUNNING: _running,
    State.UNKNOWN: _unknown,
    State.SUCCEEDED: _succeeded,
    State.FAILED: _failed,
    State.CANCELED: _canceled,
}
_FAILURES = {FAILED: "Failed", REFUSED: "Not accepted"}
_READ_BACK = Step("next", "Read back", "Read from Azure and compared with what was asked")
_AHEAD = (Step("next", "Applying"), _READ_BACK)


def _accepted(change: Change) -> Step:
    return Step(
        "past", "Accepted by Azure", f"Request id {change.request_id}" if change.request_id else "", change.sent_at
    )


def _read_back(change: Change) -> Step:
    if told := differences_in_words(change):
        return Step("warn", "Read back", _sentence(told), change.finished_at)
    berth = show_berth(change)
    if berth and berth.was:
        return Step("past", "Read back", f"As asked, with S-tag {berth.s_tag}; it was {berth.was}", change.finished_at)
    return Step("past", "Read back", "Exactly as asked, nothing else moved", change.finished_at)


def _reason_to_wait(change: Change, now: datetime) -> str:
    if is_held(change):
        return "It is not sent any more without a person's word"
    if change.error_code:
        return f"{_sentence(explain_refusal(change.error_code).brief)}, next try {_due(change, now)}"
    before = change.snapshot_before
    if before is not None and before.finished_at is None:
        return f"The tables are read first, as reading {before.number}, to tell what it does to the sessions"
    if change.change_set_id is not None:
        return f"For its turn in set {change.change_set_id}"
    return "No worker has taken it yet" if now - change.due_at >= PATIENCE else "A worker takes it up in a moment"


def _due(change: Change, now: datetime) -> str:
    return "now" if change.due_at <= now else f"in {waited_in_words(change.due_at - now)}"


def _estimate(change: Change, durations: Sequence[timedelta], now: datetime) -> Estimate | None:
    """None where too few are known, and once it takes longer than usual: then a bar would say nothing."""
    usual = usual_seconds(durations)
    if usual is None or change.sent_at is None:
        return None
    gone = (now - change.sent_at).total_seconds()
    longest = max(round(usual[1]), 1)
    return Estimate(max(int(gone), 0), longest) if gone < longest else None


def _since(when: datetime | None, now: datetime) -> str:
    return waited_in_words(now - when) if when else ""


def _took(change: Change) -> str:
    ended = change.finished_at or change.asked_at
    return waited_in_words(ended - (change.sent_at or change.asked_at))


def _ender(change: Change) -> str:
    return change.ended_by.name if change.ended_by else NOBODY


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
