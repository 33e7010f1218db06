"""The subscriptions that the portal looks after: enlist, rename, pause, resume, retire."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.forms.subscriptions import NameForm, ProposalForm
from crossconnections.presenters.subscriptions import show_proposed, show_rows
from crossconnections.queries.readiness import find_readiness, list_proposed, map_readiness
from crossconnections.queries.subscriptions import (
    count_by_subscription,
    find_subscription,
    list_all_subscriptions,
    other_clouds,
)
from crossconnections.services.subscriptions.enlisting import NotEnlisted
from crossconnections.services.subscriptions.keeping import NotKept
from crossconnections.services.subscriptions.proposals import propose
from crossconnections.views.subscription_page import PART, context_of, do
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person

_PAGE = "crossconnections/subscriptions/subscription.html"


@needs(Permission.MANAGE_SUBSCRIPTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("propose-subscription", most=30, by=person, methods={"POST"})
def subscriptions(request: PortalRequest) -> HttpResponse:
    """The page; POST has one checked that is to be enlisted."""
    if request.method != "POST":
        return _list(request, ProposalForm(initial={"kind": "production"}))
    form = ProposalForm(request.POST)
    if form.is_valid() and _proposed(request, form):
        return _to(form.cleaned_data["subscription_id"])
    return _list(request, form, status=422)


@needs(Permission.MANAGE_SUBSCRIPTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("keep-subscription", most=30, by=person, methods={"POST"})
def subscription(request: PortalRequest, subscription_id: uuid.UUID) -> HttpResponse:
    """One of them, or one that is about to be; POST does what ``do`` says."""
    context = _found(subscription_id)
    if request.method != "POST":
        return render(request, _PAGE, context)
    try:
        form = do(request, subscription_id)
    except (NotEnlisted, NotKept) as error:
        return render(request, _PAGE, _found(subscription_id) | {"notice": str(error)}, status=422)
    if form is not None and form.errors:
        return render(request, _PAGE, context | {"form": form}, status=422)
    return redirect("subscriptions") if has_no_page(subscription_id) else _to(subscription_id)


@needs(Permission.MANAGE_SUBSCRIPTIONS)
@require_safe
def subscription_state(request: PortalRequest, subscription_id: uuid.UUID) -> HttpResponse:
    """Its checks as they stand, polled; nothing where the page has ``seen`` them."""
    if not wants_fragment(request):
        return redirect("subscription", subscription_id)
    context = _found(subscription_id)
    has_seen = context["card"].stamp == request.GET.get("seen")
    return HttpResponse(status=204) if has_seen else render(request, PART, context)


def has_no_page(subscription_id: uuid.UUID) -> bool:
    """Whether there is no page of it: it was neither enlisted nor is it proposed."""
    row = find_readiness(subscription_id)
    return find_subscription(subscription_id) is None and (row is None or row.proposed_at is None)


def _found(subscription_id: uuid.UUID) -> dict[str, Any]:
    if has_no_page(subscription_id):
        raise Http404
    return context_of(subscription_id)


def _proposed(request: PortalRequest, form: ProposalForm) -> bool:
    try:
        propose(**form.cleaned_data, by=at_browser(request))
    except NotEnlisted as error:
        form.add_error("subscription_id", str(error))
        return False
    return True


def _list(request: PortalRequest, form: NameForm, *, status: int = 200) -> HttpResponse:
    rows, now = list_all_subscriptions(), timezone.now()
    context = {
        "form": form,
        "rows": show_rows(rows, map_readiness(one.subscription_id for one in rows), count_by_subscription(), now=now),
        "proposed": show_proposed(list_proposed(), now=now),
        "cloud": settings.PORTAL_CLOUD,
        "other_clouds": other_clouds(),
    }
    return render(request, "crossconnections/subscriptions/subscriptions.html", context, status=status)


def _to(subscription_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("subscription", args=[subscription_id]), status=303)
