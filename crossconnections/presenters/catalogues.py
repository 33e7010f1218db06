"""How fresh the catalogues are, and which of them Azure did not show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.models import Catalogue
from crossconnections.presenters.failed_syncs import explain_failure
from crossconnections.presenters.freshness import is_left_waiting
from crossconnections.presenters.states import Mark
from crossconnections.services.catalogues import is_due
from portal.times import Moment, ago

_LISTS = {
    Catalogue.Kind.COMMUNITIES: ("BGP communities", "Microsoft.Network/bgpServiceCommunities/read"),
    Catalogue.Kind.ROUTE_FILTERS: ("route filters", "Microsoft.Network/routeFilters/read"),
    Catalogue.Kind.PORT_PAIRS: ("port pairs", "Microsoft.Network/expressRouteProviderPorts/read"),
}
_ROLE = frozenset({"AuthorizationFailed", "NotPermitted"})
# What has to be set right does not depend on what was asked; what comes right by itself does.
_SET_RIGHT = frozenset({
    "AuthenticationFailed", "ExpiredAuthenticationToken", "InvalidAuthenticationToken", "NotAuthenticated",
    "TokenNotObtained", "SubscriptionNotFound",
})  # fmt: skip
_PASSES = frozenset({
    "SubscriptionRequestsThrottled", "TooManyRequests", "Throttled", "NotConnected", "NoAnswer", "PortalFault",
})  # fmt: skip
_UNKNOWN_TYPE = frozenset({"InvalidResourceType", "NotEnrolled"})
_UNKNOWN = "Azure could not show what was asked of it."
_AGAIN = "Read it again in a few minutes. If it goes on, give Microsoft's support the ids below."
# Azure has two codes for a feature that it gives only to those who ask (Resource Manager, "Set up preview features").
_FEATURE = frozenset({"SubscriptionNotRegisteredForFeature", "FeatureNotRegistered"})
_NO_FEATURE = (
    "The subscription is not registered for the feature AllowExpressRoutePorts, and Azure shows port pairs only then.",
    "Ask Microsoft to register it (Microsoft.Network/AllowExpressRoutePorts), then read again.",
)
_NO_PORTS = (
    "Azure does not know port pairs in this subscription.",
    "Check its enrolment for ExpressRoute partners and the feature AllowExpressRoutePorts, then read again.",
)
_REGISTER = (
    "The subscription is not registered to use Microsoft.Network.",
    "Register the resource provider Microsoft.Network on it, then read again.",
)


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """``seen_ms`` only rises, and it rises with every list that was read; ``is_due`` where a page asks by itself."""

    mark: Mark
    as_of: Moment | None
    is_wanted: bool
    is_due: bool
    seen_ms: int
    is_enlisted: bool


@dataclass(frozen=True, slots=True)
class FailedCatalogue:
    """A list that Azure did not show when it was last asked."""

    what: str
    subscription: str
    cause: str
    next_step: str
    code: str
    correlation_id: str
    last_good: Moment | None


def show_state(catalogues: Sequence[Catalogue], *, expected: int, now: datetime) -> CatalogueState:
    """The oldest list decides how fresh the page is; the mark is a warning where one could not be read.

    ``expected`` is how many lists there are to be: none where no subscription is looked after. Those of a paused one
    are as old as they are, and said to be paused beside it; they count where no other is looked after.
    """
    if expected:
        catalogues = [one for one in catalogues if one.subscription.is_active]
    read = [one.read_at for one in catalogues if one.read_at]
    is_wanted = any(one.wanted_at for one in catalogues)
    is_left = any(is_left_waiting(one.wanted_at, one.claimed_until, now=now) for one in catalogues)
    return CatalogueState(
        mark=_mark(catalogues, is_wanted=is_wanted, is_read=bool(read), is_left=is_left),
        as_of=ago(min(read), now=now) if read and (is_left or not is_wanted) else None,
        is_wanted=is_wanted,
        is_due=len(catalogues) < expected or any(map(is_due, catalogues)),
        seen_ms=max((int(one.timestamp() * 1000) for one in read), default=0),
        is_enlisted=bool(expected),
    )


def show_failures(catalogues: Sequence[Catalogue], *, now: datetime) -> tuple[FailedCatalogue, ...]:
    """One for each list whose last reading failed."""
    return tuple(_failure(one, now) for one in catalogues if one.read_error_code)


def explain(kind: str, code: str) -> tuple[str, str]:
    """What an error code means for a list and what to do next: Azure's, Entra ID's, or the name of our own error."""
    what, action = _LISTS[Catalogue.Kind(kind)]
    if code in _ROLE:
        cause = f"Azure does not let the portal's application read the {what} of this subscription."
        return cause, f"Give the application a role with {action} there, then read again."
    if code == "MissingSubscriptionRegistration":
        return _REGISTER
    if code in _FEATURE:
        return _NO_FEATURE
    if code in _UNKNOWN_TYPE and kind == Catalogue.Kind.PORT_PAIRS:
        return _NO_PORTS
    if code in _SET_RIGHT or code.startswith("AADSTS"):
        return explain_failure(code)
    return explain_failure(code)[0] if code in _PASSES else _UNKNOWN, _AGAIN


def _mark(catalogues: Sequence[Catalogue], *, is_wanted: bool, is_read: bool, is_left: bool) -> Mark:
    if is_left:
        return Mark("No worker has taken the reading yet" + (", as of" if is_read else ""), "clock", "warn")
    if is_wanted:
        return Mark("Reading from Azure", "s-run", "run")
    if not is_read:
        return Mark("Not read from Azure yet", "clock", "warn")
    if any(one.read_error_code for one in catalogues):
        return Mark("Last reading failed, as of", "s-warn", "warn")
    return Mark("As of", "check", "ok")


def _failure(catalogue: Catalogue, now: datetime) -> FailedCatalogue:
    cause, next_step = explain(catalogue.kind, catalogue.read_error_code)
    return FailedCatalogue(
        what=_LISTS[Catalogue.Kind(catalogue.kind)][0],
        subscription=catalogue.subscription.label,
        cause=cause,
        next_step=next_step,
        code=catalogue.read_error_code,
        correlation_id=catalogue.read_correlation_id,
        last_good=ago(catalogue.read_at, now=now) if catalogue.read_at else None,
    )
