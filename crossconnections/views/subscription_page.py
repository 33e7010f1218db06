"""The page of one subscription: what it shows, and what can be done there."""

import uuid
from typing import Any

from django.core.exceptions import BadRequest
from django.utils import timezone

from crossconnections import policies
from crossconnections.forms.subscriptions import NameForm
from crossconnections.models import Readiness, Subscription
from crossconnections.presenters.readiness.page import show_subscription
from crossconnections.presenters.readiness.subjects import setup, subject_of
from crossconnections.presenters.subscriptions import show_row
from crossconnections.queries.readiness import find_readiness
from crossconnections.queries.subscriptions import count_by_subscription, find_subscription
from crossconnections.services.subscriptions import keeping
from crossconnections.services.subscriptions.proposals import accept, reason_not_to_accept, withdraw
from portal.actors import Actor, at_browser
from portal.http import PortalRequest

PART = "crossconnections/subscriptions/_checks.html"


def context_of(subscription_id: uuid.UUID) -> dict[str, Any]:
    """What the page shows; an enlisted one has ``row``, a proposed one ``readiness`` with its proposal."""
    enlisted, readiness = find_subscription(subscription_id), find_readiness(subscription_id)
    proposed = readiness if readiness and readiness.proposed_at else None
    label = proposed.proposed_label if proposed else enlisted.label if enlisted else ""
    is_asked = proposed is not None or (enlisted is not None and enlisted.state != Subscription.State.RETIRED)
    card = show_subscription(
        subject_of(subscription_id, label, readiness), setup=setup(), may_repair=is_asked, now=timezone.now()
    )
    return {
        "subscription_id": subscription_id,
        "label": label,
        "card": card,
        "proposed": proposed,
        "reason": reason_not_to_accept(proposed) if proposed else None,
        **(_of_enlisted(enlisted, readiness) if enlisted else {}),
    }


def do(request: PortalRequest, subscription_id: uuid.UUID) -> NameForm | None:
    """What the pressed button says; the form, where one was filled in.

    Raises:
        NotEnlisted, NotKept: it cannot be done; the text says why.
        BadRequest: there is no such thing to do.
    """
    by, enlisted, readiness = at_browser(request), find_subscription(subscription_id), find_readiness(subscription_id)
    match request.POST.get("do"), enlisted, readiness:
        case "check", _, _:
            keeping.request_check(subscription_id=subscription_id, by=by)
        case "register", _, _:
            label = enlisted.label if enlisted else readiness.proposed_label if readiness else ""
            keeping.request_registration(subscription_id=subscription_id, label=label, by=by)
        case "enlist", _, Readiness():
            accept(row=readiness, label=request.POST.get("label", ""), kind=request.POST.get("kind", ""), by=by)
        case "withdraw", _, Readiness():
            withdraw(row=readiness, by=by)
        case "rename", Subscription(), _:
            return _rename(request, enlisted, by)
        case "pause" | "resume" | "retire" as word, Subscription(), _:
            _MOVES[word](subscription=enlisted, by=by)
        case _:
            raise BadRequest("There is no such thing to do with it.")
    return None


_MOVES = {"pause": keeping.pause, "resume": keeping.resume, "retire": keeping.retire}


def _rename(request: PortalRequest, enlisted: Subscription, by: Actor) -> NameForm:
    form = NameForm(request.POST, key=enlisted.subscription_id)
    if form.is_valid():
        keeping.rename(subscription=enlisted, **form.cleaned_data, by=by)
    return form


def _of_enlisted(enlisted: Subscription, readiness: Readiness | None) -> dict[str, Any]:
    count = count_by_subscription().get(enlisted.pk, 0)
    return {
        "row": show_row(enlisted, readiness, count=count, now=timezone.now()),
        "form": NameForm(initial={"label": enlisted.label, "kind": enlisted.kind}, key=enlisted.subscription_id),
        "is_retired": enlisted.state == Subscription.State.RETIRED,
        "may_pause": policies.reason_not_to_pause(enlisted) is None,
        "may_resume": policies.reason_not_to_resume(enlisted) is None,
        "reason_not_to_retire": keeping.reason_not_to_retire(enlisted),
    }
