"""A set of changes: how it goes, and what a person can do about it."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.models import ChangeSet
from crossconnections.presenters.change_sets import Progress, show_progress
from crossconnections.queries.change_sets import find_set, list_changes, list_left_out
from crossconnections.services.changes import sets
from crossconnections.views.http import sight
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person


@needs(Permission.VIEW)
@require_safe
def change_set(request: PortalRequest, number: int) -> HttpResponse:
    """Its changes within reach; for htmx what has changed since ``seen``, or 204 for nothing."""
    _, progress = _find(request, number)
    context = {"progress": progress}
    if not wants_fragment(request):
        return render(request, "crossconnections/several/set.html", context)
    if request.GET.get("seen") == progress.seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "crossconnections/several/_progress.html", context | {"is_update": True})


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("several", most=30, by=person, methods={"POST"})
def cancel_change_set(request: PortalRequest, number: int) -> HttpResponse:
    """POST takes back what waits, as far as the person may change it; GET only leads back."""
    found, _ = _find(request, number)
    if request.method == "POST":
        sets.cancel_waiting(change_set=found, by=at_browser(request))
    return HttpResponseRedirect(reverse("change-set", args=[found.pk]), status=HTTPStatus.SEE_OTHER)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("several", most=30, by=person, methods={"POST"})
def confirm_change_set(request: PortalRequest, number: int) -> HttpResponse:
    """POST says of what was asked long ago that it still holds, as far as the person may change it."""
    found, _ = _find(request, number)
    if request.method == "POST":
        sets.go_ahead(change_set=found, by=at_browser(request))
    return HttpResponseRedirect(reverse("change-set", args=[found.pk]), status=HTTPStatus.SEE_OTHER)


def _find(request: PortalRequest, number: int) -> tuple[ChangeSet, Progress]:
    """Raises Http404 where the person sees nothing of it: whether there is such a set is not theirs to know."""
    found = find_set(number)
    if found is None:
        raise Http404
    changes, left_out = list_changes(found, sight(request)), list_left_out(found, sight(request), request.user)
    if not changes and not left_out:
        raise Http404
    return found, show_progress(found, changes, left_out, now=timezone.now())
