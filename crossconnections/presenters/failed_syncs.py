"""Failed syncs in plain words: what it means, what to do next, and what Microsoft's support asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.models import SyncRun
from portal.times import Moment, ago

_ROLE = (
    "Azure does not let the portal's application read this subscription.",
    "Give the application a role that may read cross connections there, then sync again.",
)
_TOKEN = (
    "Microsoft Entra ID gave the portal's application no token that Azure takes.",
    "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and the client secret, which may have expired.",
)
_NO_TOKEN = (
    "Microsoft Entra ID could not be reached, or gave no proper answer, so the portal's application has no token.",
    "Check the network between the portal and Entra ID: HTTPS_PROXY, PORTAL_CA_BUNDLE, AZURE_AUTHORITY_HOST.",
)
_NOT_ENROLLED = (
    "Azure does not know cross connections in this subscription.",
    "Check that it is the one which Microsoft enrolled for ExpressRoute partners.",
)
_THROTTLED = ("Azure had too many calls to answer this one.", "The next sync comes by itself; nothing is to do.")
_NO_ANSWER = (
    "Azure could not be reached, or did not finish its answer.",
    "The next sync comes by itself. If it goes on, check the network and the proxy between the portal and Azure.",
)
_MEANINGS = {
    "AuthorizationFailed": _ROLE,
    "NotPermitted": _ROLE,
    "AuthenticationFailed": _TOKEN,
    "ExpiredAuthenticationToken": _TOKEN,
    "InvalidAuthenticationToken": _TOKEN,
    "NotAuthenticated": _TOKEN,
    "TokenNotObtained": _NO_TOKEN,
    "InvalidResourceType": _NOT_ENROLLED,
    "NotEnrolled": _NOT_ENROLLED,
    "MissingSubscriptionRegistration": (
        "The subscription is not registered to use Microsoft.Network.",
        "Register the resource provider Microsoft.Network on it, then sync again.",
    ),
    "SubscriptionNotFound": (
        "Azure does not know this subscription, or the portal's application cannot see it.",
        "Check the subscription's id and the application's role on it.",
    ),
    "SubscriptionRequestsThrottled": _THROTTLED,
    "TooManyRequests": _THROTTLED,
    "Throttled": _THROTTLED,
    "PortalFault": (
        "The portal itself failed while it read this subscription.",
        "The next sync comes by itself. If it goes on, look into the worker's log.",
    ),
    "ListTooShort": (
        "Azure's list lacks more than half of what was there before. Nothing was marked as gone.",
        "If the next list lacks it as well, it is marked. If that cannot be, check the application's role there.",
    ),
    "AnswerNotUnderstood": (
        "Azure's answer was not one that the portal understands.",
        "The next sync comes by itself. If it goes on, the worker's log says what was wrong with the answer.",
    ),
    "NotConnected": _NO_ANSWER,
    "NoAnswer": _NO_ANSWER,
}
_NOT_FOUND = (
    "Azure says that it is not there.",
    "The customer may have deleted the circuit just now: the next sync tells.",
)
_MEANINGS |= {"ResourceNotFound": _NOT_FOUND, "NotFound": _NOT_FOUND, "ResourceGroupNotFound": _NOT_FOUND}
_UNKNOWN = (
    "Azure could not show what was asked of it.",
    "The next sync comes by itself. If it goes on, give Microsoft's support the ids below.",
)


@dataclass(frozen=True, slots=True)
class FailedSync:
    """The newest syncs that failed for one reason, if of several subscriptions; shown meanwhile is the last good one.

    ``correlation_ids`` are pairs of a subscription's label and Azure's id, as far as there are any; ``last_good`` is
    that of the one that waits longest.
    """

    labels: str
    cause: str
    next_step: str
    code: str
    azures_words: str
    correlation_ids: tuple[tuple[str, str], ...]
    failed: Moment
    last_good: Moment | None


def show_failed_syncs(syncs: Sequence[SyncRun], *, now: datetime) -> list[FailedSync]:
    """One for each reason for which the newest sync of a subscription failed."""
    by_code: dict[str, list[SyncRun]] = {}
    for run in syncs:
        if run.state == SyncRun.State.FAILED:
            by_code.setdefault(run.error_code, []).append(run)
    return [_failed(code, runs, now) for code, runs in by_code.items()]


def explain_failure(code: str) -> tuple[str, str]:
    """What an error code means and what to do next: Azure's, Entra ID's, or the name of our own error."""
    return _TOKEN if code.startswith("AADSTS") else _MEANINGS.get(code, _UNKNOWN)


def _failed(code: str, runs: Sequence[SyncRun], now: datetime) -> FailedSync:
    cause, next_step = explain_failure(code)
    newest = max(runs, key=_ended_at)
    last_good = [run.subscription.last_synced_at for run in runs]
    oldest = min((moment for moment in last_good if moment), default=None) if all(last_good) else None
    return FailedSync(
        labels=_listed([run.subscription.label for run in runs]),
        cause=cause,
        next_step=next_step,
        code=code,
        azures_words=newest.error_message,
        correlation_ids=tuple((run.subscription.label, run.correlation_id) for run in runs if run.correlation_id),
        failed=ago(_ended_at(newest), now=now),
        last_good=ago(oldest, now=now) if oldest else None,
    )


def _ended_at(run: SyncRun) -> datetime:
    return run.finished_at or run.asked_at


def _listed(labels: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))
