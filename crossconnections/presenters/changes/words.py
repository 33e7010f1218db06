"""A change in a few words."""

from datetime import timedelta

from crossconnections.models import Change
from crossconnections.presenters.changes.refusals import explain_refusal
from crossconnections.presenters.states import Mark
from crossconnections.titles import title_of_wish
from portal.times import span_in_words

NOBODY = "the portal"
State = Change.State

_MARKS: dict[str, Mark] = {
    State.QUEUED: Mark("Queued", "s-idle"),
    State.SUBMITTING: Mark("Sending", "s-run", "run"),
    State.RUNNING: Mark("Applying", "s-run", "run"),
    State.UNKNOWN: Mark("Unknown", "s-warn", "warn"),
    State.SUCCEEDED: Mark("Succeeded", "check", "ok"),
    State.FAILED: Mark("Failed", "s-fail", "bad"),
    State.CANCELED: Mark("Canceled", "s-off"),
}
_HELD = Mark("Waits for you", "clock", "warn")
_TO_CHECK = Mark("Succeeded, to check", "s-warn", "warn")
_KNOWN_BY: dict[str, str] = {
    Change.KnownBy.LOOK: "nobody heard Azure's answer; a look showed that it took",
    Change.KnownBy.NOTHING_TO_DO: "it was so already, nothing was sent",
    Change.KnownBy.PERSON: "a person said that Azure took it",
}


def name_of(change: Change) -> str:
    """``Set Provisioned, note to customer``."""
    return title_of_wish(change) or f"Change {change.pk}"


def asked_by(change: Change) -> str:
    """The name of whoever asked."""
    return change.asked_by.name if change.asked_by else NOBODY


def is_held(change: Change) -> bool:
    """Whether it waits for a person's word before it is sent."""
    return change.state == State.QUEUED and change.held_at is not None


def is_under_way(change: Change) -> bool:
    """Whether it goes on without anybody's word."""
    return change.is_active and change.state != State.UNKNOWN and not is_held(change)


def mark_of(change: Change) -> Mark:
    """Where it stands."""
    if is_held(change):
        return _HELD
    return _TO_CHECK if change.state == State.SUCCEEDED and change.differences else _MARKS[change.state]


def remark_on(change: Change) -> str:
    """What is worth saying beside where it stands; "" where nothing is."""
    if is_held(change):
        return "not sent without a person's word any more"
    if change.state == State.UNKNOWN:
        return "nobody knows whether Azure took it"
    if change.state == State.SUCCEEDED:
        return differences_in_words(change) or _KNOWN_BY.get(change.known_by, "")
    brief = explain_refusal(change.error_code).brief if change.error_code else ""
    return f"{change.error_code}: {brief}" if brief and change.state == State.FAILED else brief


def differences_in_words(change: Change) -> str:
    """``1 thing came out other than asked``; "" for none."""
    count = len(change.differences)
    return f"{count} {'thing' if count == 1 else 'things'} came out other than asked" if count else ""


def waited_in_words(span: timedelta) -> str:
    """What somebody waited through: below ten minutes with its seconds, ``3 min 31 s``."""
    seconds = max(int(span.total_seconds()), 0)
    if not 60 <= seconds < 600:  # noqa: PLR2004 - one minute, ten
        return span_in_words(span)
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
