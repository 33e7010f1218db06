"""Several cross connections at once: what is to be set for which, reviewed line by line, then applied."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crossconnections.forms import SeveralForm
from crossconnections.models import ChangeSet, Draft
from crossconnections.presenters.several import show_review
from crossconnections.queries.change_sets import find_set_of
from crossconnections.queries.changes import list_durations
from crossconnections.services.changes import drafts, sets
from crossconnections.services.changes.candidates import judge_draft
from crossconnections.services.snapshots import NotPossible
from crossconnections.titles import title_of
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("several", most=30, by=person, methods={"POST"})
def several(request: PortalRequest) -> HttpResponse:
    """The form. POST leads to the review; 422 and the page, with all that was typed, where it is not valid.

    A POST of ``service_key`` values, as the list and the page of a set send it, shows the form filled with them; so
    does a GET with the person's own review as ``draft``.
    """
    if request.method != "POST":
        return _show_form(request, SeveralForm(initial=_reviewed(request)))
    if "service_keys" not in request.POST:
        return _show_form(request, SeveralForm(initial=_chosen(request)))
    form = SeveralForm(request.POST)
    if not form.is_valid():
        return _show_form(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    draft = sets.begin(pasted=form.pasted, asked=form.asked(), by=at_browser(request))
    return HttpResponseRedirect(reverse("several-review", args=[draft.pk]), status=HTTPStatus.SEE_OTHER)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("several", most=30, by=person, methods={"POST"})
def several_review(request: PortalRequest, draft: UUID) -> HttpResponse:
    """A line for each service key. POST makes the changes and leads to their progress, however often it is sent.

    404 and a page that says so where the person has no such review any more; 409 and the review where nothing of it
    can be changed any more.
    """
    found = drafts.find(draft_id=draft, person=request.user)
    if found is None or found.cross_connection_id is not None:
        applied = find_set_of(draft, request.user)
        return _to_progress(applied) if applied else _show_over(request)
    if request.method != "POST":
        return _show_review(request, found)
    if request.POST.get("draft") != str(draft):
        raise BadRequest("The form is of another review.")
    try:
        return _to_progress(sets.apply(draft=found, by=at_browser(request)))
    except NotPossible as reason:
        return _show_review(request, found, notice=str(reason), status=HTTPStatus.CONFLICT)


def _chosen(request: PortalRequest) -> dict[str, str]:
    """In the order of the list; what is no service key is told by the form like anything else that is pasted."""
    keys = dict.fromkeys(key.strip() for key in request.POST.getlist("service_key"))
    names = ("provider_provisioning_state", "provider_notes")
    return {"service_keys": "\n".join(keys), **{name: request.POST.get(name, "") for name in names}}


def _reviewed(request: PortalRequest) -> dict[str, str]:
    try:
        draft = drafts.find(draft_id=UUID(request.GET.get("draft", "")), person=request.user)
    except ValueError:
        return {}
    if draft is None or draft.cross_connection_id is not None:
        return {}
    return {"service_keys": "\n".join(member["service_key"] for member in draft.members), **draft.asked}


def _show_form(request: PortalRequest, form: SeveralForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "crossconnections/several/several.html", {"form": form}, status=status)


def _show_review(
    request: PortalRequest, draft: Draft, *, notice: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    candidates = judge_draft(draft, at_browser(request))
    context = {
        "draft": draft,
        "title": title_of(draft.asked),
        "review": show_review(candidates, draft.asked, list_durations(draft.kind)),
        "notice": notice,
    }
    return render(request, "crossconnections/several/review.html", context, status=status)


def _show_over(request: PortalRequest) -> HttpResponse:
    minutes = int(drafts.GOOD_FOR.total_seconds() // 60)
    context = {"minutes": minutes}
    return render(request, "crossconnections/several/over.html", context, status=HTTPStatus.NOT_FOUND)


def _to_progress(change_set: ChangeSet) -> HttpResponse:
    return HttpResponseRedirect(reverse("change-set", args=[change_set.pk]), status=HTTPStatus.SEE_OTHER)
