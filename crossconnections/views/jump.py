"""The palette's answers: where a person may want to go."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crossconnections.filters import LONGEST_QUERY, Filters
from crossconnections.presenters.jump import show_jumps
from crossconnections.queries.jump import find_jumps
from crossconnections.views.http import list_address
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text, wants_fragment


@needs(Permission.VIEW)
@require_safe
def jump(request: PortalRequest) -> HttpResponse:
    """For htmx the hits of what is typed; otherwise the list's search is the place for it."""
    q = read_text(request.GET, "q")[:LONGEST_QUERY]
    if not wants_fragment(request):
        return redirect(list_address(Filters(q=q)))
    groups = show_jumps(q, find_jumps(q, request.reach))
    return render(request, "crossconnections/_jump_hits.html", {"groups": groups, "q": q})
