"""The form of a circuit's placement: another port pair of its location."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crossconnections.forms import PlacementForm
from crossconnections.models import Catalogue, Change
from crossconnections.policies import reason_not_to_read
from crossconnections.presenters.catalogues import show_failures
from crossconnections.presenters.changes.pairs import reason_not_to_pick, show_pairs
from crossconnections.queries.ports import find_port_catalogue, list_pairs_for
from crossconnections.views import ports
from crossconnections.views.form_page import FormPage, draft_before
from crossconnections.views.http import find_or_refuse
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text
from portal.limits.decorators import limited, person


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def placement(request: PortalRequest, service_key: str) -> HttpResponse:
    """The pairs of its location; POST leads to the review, or back here with 422 and what was picked.

    GET with ``pair`` shows that one picked: the pairs are shown anew once Azure has told them, under a person's hand.
    """
    row = find_or_refuse(request, service_key)
    catalogue = find_port_catalogue(row)
    pairs = list_pairs_for(row, catalogue)
    is_post = request.method == "POST"
    draft = draft_before(request, row)
    typed = {**draft.asked, "read_tables": draft.wants_proof} if draft else {}
    if picked := read_text(request.GET, "pair"):
        typed["pair"] = picked
    form = PlacementForm(row, pairs, request.POST if is_post else None, typed=typed)
    reason = reason_not_to_pick(row, pairs, catalogue)
    more = {"picks": show_pairs(row, pairs, chosen=form.chosen), **_around(request, form, catalogue)}
    page = FormPage(request, row, form, "placement", "Move {} to another port pair", reason=reason, more=more)
    if not is_post:
        return page.render()
    return page.take(Change.Kind.PLACEMENT, wants_proof=form.is_valid() and form.cleaned_data["read_tables"])


def _around(request: PortalRequest, form: PlacementForm, catalogue: Catalogue | None) -> dict[str, Any]:
    """How fresh the pairs are, and whether there are tables to read."""
    peering_types = [one.peering_type for one in form.row.peerings.all()]
    return {
        **ports.LISTS.context(request, ports.LISTS.find(request)),
        "failures": show_failures([catalogue] if catalogue else [], now=timezone.now()),
        "may_read_tables": reason_not_to_read(form.row, peering_types) is None,
    }
