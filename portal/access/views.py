"""Who has which role where: see, give, take back, and ask why."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.access import assignments, people
from portal.access.access import Access
from portal.access.explanations import explain
from portal.access.forms import AssignmentForm, QuestionForm
from portal.access.models import RoleAssignment
from portal.access.permissions import Permission, needs
from portal.access.presenters import show_answers, show_assignments, show_people
from portal.accounts.models import User
from portal.actors import at_browser

_THERE_ALREADY = "They have this role there already."


@needs(Permission.MANAGE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest) -> HttpResponse:
    """The page; POST gives a role."""
    if request.method != "POST":
        return _page(request, AssignmentForm())
    form = AssignmentForm(request.POST)
    if form.is_valid() and _added(request, form):
        return _back()
    return _page(request, form, status=422)


@needs(Permission.MANAGE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_assignment(request: HttpRequest, key: int) -> HttpResponse:
    """POST takes a role back; GET, which a sign-in in between makes of it, only leads to the page."""
    assignment = get_object_or_404(RoleAssignment, pk=key)
    if request.method != "POST":
        return redirect("access")
    reason = assignments.end_assignment(assignment=assignment, by=at_browser(request))
    return _page(request, AssignmentForm(), notice=reason, status=409) if reason else _back()


@needs(Permission.MANAGE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def person_access(request: HttpRequest, key: int) -> HttpResponse:
    """POST ends the sessions of somebody, or with ``do`` lets them in no more, or again."""
    user, by = get_object_or_404(User, pk=key), at_browser(request)
    if request.method != "POST":
        return redirect("access")
    reason = None
    match request.POST.get("do"):
        case "end-sessions":
            assignments.end_sessions(user=user, by=by)
        case "deactivate":
            reason = assignments.deactivate(user=user, by=by)
        case "activate":
            assignments.activate(user=user, by=by)
    return _page(request, AssignmentForm(), notice=reason, status=409) if reason else _back()


def _added(request: HttpRequest, form: AssignmentForm) -> bool:
    try:
        assignments.add_assignment(**form.asked(), by=at_browser(request))
    except assignments.AlreadyAssigned:
        form.add_error("role", _THERE_ALREADY)
        return False
    return True


def _page(request: HttpRequest, form: AssignmentForm, *, notice: str = "", status: int = 200) -> HttpResponse:
    held = people.list_assignments()
    q = request.GET.get("q", "").replace("\0", "").strip()[:200]
    known = people.list_people(q, held)
    context = {
        "form": form,
        "assignments": show_assignments(held),
        "people": show_people(known, oneself=request.user.pk or 0),
        "groups": people.list_groups(known, held),
        "q": q,
        "notice": notice,
        **_question(request),
    }
    return render(request, "access/access.html", context, status=status)


def _question(request: HttpRequest) -> dict[str, Any]:
    """The form that asks what somebody may do, with its answer once both are named."""
    is_asked = "person" in request.GET or "object" in request.GET
    form = QuestionForm(request.GET if is_asked else None)
    if not form.is_valid():
        return {"question": form, "asked": None}
    person, located = form.cleaned_data["person"], form.cleaned_data["object"]
    if not (person and located):
        return {"question": form, "asked": None}
    return {
        "question": form,
        "asked": {"person": person.name, "is_active": person.is_active, "object": located.id, "where": located.where},
        "answers": show_answers(explain(Access(person), located.place)),
    }


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("access"), status=303)
