"""Is the set-up at Azure right, and this installation alive; and how to mend what is not."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.presenters.readiness.page import Page, show_page
from crossconnections.presenters.readiness.subjects import setup, subject_of_enlisted
from crossconnections.queries.readiness import list_readiness
from crossconnections.services.readiness.checking import request_checks
from crossconnections.services.readiness.installation import check_installation
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person

_CHECKS = "crossconnections/readiness/_checks.html"


@needs(Permission.SEE_READINESS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("check-readiness", most=30, by=person, methods={"POST"})
def readiness(request: PortalRequest) -> HttpResponse:
    """The page; POST asks Azure anew about every subscription where the person's role holds as a whole."""
    if request.method == "POST":
        request_checks([one.subscription_id for one, _ in list_readiness(request.reach) if one.is_active])
        if not wants_fragment(request):
            return HttpResponseRedirect(reverse("readiness"), status=303)
        return render(request, _CHECKS, {"page": _page(request)})
    return render(request, "crossconnections/readiness/readiness.html", {"page": _page(request)})


@needs(Permission.SEE_READINESS)
@require_safe
def readiness_state(request: PortalRequest) -> HttpResponse:
    """The checks as they stand, polled; nothing where the page has ``seen`` them."""
    if not wants_fragment(request):
        return redirect("readiness")
    page = _page(request)
    if page.stamp == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, _CHECKS, {"page": page})


def _page(request: PortalRequest) -> Page:
    return show_page(
        [subject_of_enlisted(one, row) for one, row in list_readiness(request.reach)],
        check_installation(of_everybody=request.reach.everything),
        setup=setup(),
        may_repair=request.access.may(Permission.MANAGE_SUBSCRIPTIONS),
        version=settings.VERSION,
        now=timezone.now(),
    )
