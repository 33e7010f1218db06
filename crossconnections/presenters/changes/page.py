"""The page of one change: what to say over it, and what a person can do."""

from dataclasses import dataclass
from zlib import crc32

from crossconnections import policies
from crossconnections.differences import part_of
from crossconnections.enums import AdvertisedPrefixesState, PeeringType
from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.models import Change
from crossconnections.models.wish import PRESENCE
from crossconnections.presenters.changes.fields import show_differences
from crossconnections.presenters.changes.placements import show_berth
from crossconnections.presenters.changes.refusals import Refusal, explain_refusal
from crossconnections.presenters.changes.words import NOBODY, is_held, waited_in_words
from crossconnections.presenters.states import validation_state

State = Change.State

_TITLES = {
    State.QUEUED: "About to be sent to Azure",
    State.SUBMITTING: "Applying to Azure",
    State.RUNNING: "Applying to Azure",
    State.UNKNOWN: "Nobody knows yet whether Azure took it",
    State.SUCCEEDED: "Change applied",
    State.CANCELED: "Canceled",
}
# Who has to do something next. ExpressRoute workflows (06/2023): it is billed until the customer deletes it.
_NEXT: dict[str, str] = {
    Provider.PROVISIONING: "Next: build layer 2 on both ports, test, then set Provisioned.",
    Provider.PROVISIONED: "The customer can set up peerings and link networks now.",
    Provider.DEPROVISIONING: "Next: take layer 2 down on both ports, then set Not provisioned.",
    Provider.NOT_PROVISIONED: "The customer can delete the circuit now; until they do, Microsoft bills them for it.",
}


# Circuit peerings (09/2022) and route filters: no routes come from Microsoft before the customer attaches one (M11).
_NEXT_OF_PEERING: dict[str, str] = {
    PeeringType.AZURE_PRIVATE_PEERING: "Next: the same addresses, VLAN and key on your routers, then read the tables.",
    PeeringType.MICROSOFT_PEERING: (
        "Next: the same addresses, VLAN and key on your routers, then read the tables. No routes come from Microsoft "
        "until the customer attaches a route filter."
    ),
}


@dataclass(frozen=True, slots=True)
class Callout:
    """``tone`` is ok, warn, bad or ""; ``points`` are lines of a list."""

    tone: str
    glyph: str
    claim: str
    words: str
    points: tuple[str, ...] = ()


def title_over(change: Change) -> str:
    """What the page is called, as things stand."""
    if is_held(change):
        return "Waits for your word"
    if change.state == State.FAILED:
        return explain_refusal(change.error_code).title
    if is_not_applied(change):
        return "Accepted by Azure, and not applied"
    return _TITLES[State(change.state)]


def refusal_of(change: Change) -> Refusal | None:
    """Why it failed; None where it did not."""
    return explain_refusal(change.error_code) if change.state == State.FAILED else None


def show_callouts(change: Change) -> list[Callout]:
    """What somebody has to know first; of a failure see :func:`refusal_of`."""
    found = [_outcome(change)]
    if change.differences:
        found.append(_other_than_asked(change))
    found += [_to_validate(change), _to_build(change)]
    if change.warnings:
        words = "It was asked for with these warnings on the review."
        found.append(Callout("", "s-info", "Warned beforehand.", words, tuple(map(str, change.warnings))))
    return [one for one in found if one is not None]


def _other_than_asked(change: Change) -> Callout:
    points = tuple(show_differences(change))
    if is_not_applied(change):
        words = (
            "Azure is known to accept a VLAN ID that another peering of the circuit has, and to apply nothing. Look at "
            "both peerings, then ask for it with other values."
        )
        return Callout("warn", "s-warn", "Azure reports success, and did not apply what was asked.", words, points)
    claim = "Azure reports success, and yet not everything is as expected."
    words = "Somebody else may have changed it at the same moment, or Azure did more than it was asked for."
    return Callout("warn", "s-warn", claim, words, points)


def is_not_applied(change: Change) -> bool:
    """Whether of a peering something that was asked for is not so, though Azure says that it succeeded."""
    fields = {one["field"] for one in change.differences if one["subject"] == change.subject}
    return bool(change.subject and change.state == State.SUCCEEDED and fields & change.moved.keys())


def _to_validate(change: Change) -> Callout | None:
    """No session before that (ExpressRoute workflows)."""
    state = part_of(change.after or {}, change.subject).get("advertised_prefixes_state", "") if change.subject else ""
    if state in {"", None, AdvertisedPrefixesState.CONFIGURED} or change.state != State.SUCCEEDED:
        return None
    words = "Until that is done no session is up. The circuit's page says what the customer has to send."
    return Callout("warn", "s-warn", f"Microsoft validates the prefixes: {validation_state(state).word}.", words)


def _to_build(change: Change) -> Callout | None:
    """What whoever builds layer 2 has to know after a move."""
    berth = show_berth(change)
    if berth is None:
        return None
    points = (
        f"S-tag {berth.s_tag or 'not told'}",
        f"Primary port {berth.primary}",
        f"Secondary port {berth.secondary}",
    )
    if berth.was:
        claim, words = "It has another S-tag: tell layer 2.", f"It was {berth.was} on the pair before."
    else:
        claim, words = "Tell layer 2 where it is now.", "The S-tag is the same as before."
    words = f"{words} No traffic flows before both ends are built anew:"
    return Callout("warn", "s-warn", claim, words, points)


def page_version(change: Change) -> str:
    """The same for as long as the page would show the same but for how far it is."""
    row = change.cross_connection
    readings = [one and (one.pk, one.finished_at) for one in (change.snapshot_before, change.snapshot_after)]
    # What Azure holds is shown where somebody has to decide by it, or has to know it.
    now = (row.read_at, row.changed_at, row.gone_at, is_being_read(change)) if shows_now(change) else ()
    told = (change.state, change.held_at, change.finished_at, change.asked_by_id, change.wants_proof, readings, now)
    return f"{crc32(repr(told).encode()):08x}"


def shows_now(change: Change) -> bool:
    """Whether what Azure holds by now stands beside what was asked."""
    return is_held(change) or change.state in {State.UNKNOWN, State.FAILED}


def is_being_read(change: Change) -> bool:
    """Whether Azure is asked just now what stands beside what was asked."""
    row = change.cross_connection
    return shows_now(change) and row.wanted_at is not None and row.gone_at is None


def can_cancel(change: Change) -> bool:
    """Whether it can be taken back."""
    return policies.reason_not_to_cancel(change) is None


def can_ask_again(change: Change) -> bool:
    """Whether the same can be asked for once more."""
    return policies.reason_not_to_ask_again(change) is None


def wants_its_key_again(change: Change) -> bool:
    """Whether it came to nothing and set a shared key, which is not kept: only the form asks for the same again."""
    return change.state in {State.FAILED, State.CANCELED} and change.shared_key_action == Change.SharedKey.SET


def _outcome(change: Change) -> Callout | None:
    if is_held(change):
        return _held(change)
    if change.state == State.UNKNOWN:
        return _in_doubt(change)
    if change.state == State.CANCELED:
        by = change.ended_by.name if change.ended_by else NOBODY
        return Callout("", "s-off", f"{by} canceled it before it was sent.", "Nothing was changed.")
    return _applied(change) if change.state == State.SUCCEEDED else None


def _held(change: Change) -> Callout:
    waited = waited_in_words(change.not_after - change.asked_at)
    words = "Much may have happened since. Look at what Azure holds by now, then send it or take it back."
    return Callout("warn", "clock", f"It was not sent within {waited}, so it waits for a person.", words)


def _in_doubt(change: Change) -> Callout:
    words = "Nothing is sent again on a guess. The portal looks by itself; what Azure holds by now stands below."
    if change.error_code == "Unclear":
        words = (
            "The cross connection was changed since, but not to what was asked: by somebody else, or only in part. "
            "Look at what Azure holds by now, and say what became of it."
        )
    if change.error_code == "KeyUnseen":
        words = (
            "Azure shows no shared key, so no look can tell whether it was set, and the peering looks untouched. Look "
            "at the sessions: the key that works on your routers is the one that Azure has. Then say what became of it."
        )
    return Callout("warn", "s-warn", "It left for Azure, and nobody heard what became of it.", words)


def _following(change: Change) -> str:
    if change.removes:
        return "Next: take the VLAN and the sessions off your routers."
    if change.subject and change.opened.get(PRESENCE) is False:
        return _NEXT_OF_PEERING.get(change.subject, "")
    if change.kind == Change.Kind.PLACEMENT:
        return "Next: build layer 2 on both new ports, then read the tables."
    return _NEXT.get(change.asked.get("provider_provisioning_state", ""), "")


def _applied(change: Change) -> Callout | None:
    following = _following(change)
    if change.known_by == Change.KnownBy.PERSON:
        by = change.ended_by.name if change.ended_by else "A person"
        return Callout("ok", "s-done", f"{by} said that Azure took it.", f"The portal did not see it. {following}")
    if change.known_by == Change.KnownBy.NOTHING_TO_DO:
        return Callout("ok", "s-done", "It was so already.", f"Nothing was sent. {following}")
    if change.differences:
        return None
    if change.subject and not change.moved and change.shared_key_action != Change.SharedKey.KEEP:
        words = "A shared key cannot be read back: the sessions tell whether it is the one that your routers have."
        return Callout("ok", "s-done", "Azure took it, and nothing else moved.", words)
    if show_berth(change):
        return Callout("ok", "s-done", "Read back: it is on the ports that were asked for.", following)
    return Callout("ok", "s-done", "Read back: exactly as asked, nothing else moved.", following)
