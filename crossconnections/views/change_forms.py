"""The forms of changes: filled with what is true now, and on to the review."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from crossconnections.enums import ProviderProvisioningState
from crossconnections.forms import ProvisioningForm, TagsForm
from crossconnections.models import Change
from crossconnections.policies import reason_not_to_read
from crossconnections.presenters.changes.forms import show_layer_2
from crossconnections.presenters.changes.picks import show_picks
from crossconnections.views.form_page import FormPage, typed_before
from crossconnections.views.http import find_or_refuse, read_known
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest
from portal.limits.decorators import limited, person


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def provisioning(request: PortalRequest, service_key: str) -> HttpResponse:
    """The provider's state and the note; POST leads to the review, or back here with 422 and all that was typed.

    GET with ``state`` has that picked already.
    """
    row = find_or_refuse(request, service_key)
    typed = typed_before(request, row) or _picked(request)
    form = ProvisioningForm(row, request.POST if request.method == "POST" else None, typed=typed)
    page = FormPage(request, row, form, "provisioning", "Provision {}", more=_of_provisioning(form))
    if request.method != "POST":
        return page.render()
    return page.take(Change.Kind.PROVISIONING, wants_proof=form.is_valid() and form.cleaned_data["read_tables"])


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def tags(request: PortalRequest, service_key: str) -> HttpResponse:
    """The tags, one a line; likewise."""
    row = find_or_refuse(request, service_key)
    form = TagsForm(row, request.POST if request.method == "POST" else None, typed=typed_before(request, row))
    page = FormPage(request, row, form, "tags", "Tags of {}")
    return page.render() if request.method != "POST" else page.take(Change.Kind.TAGS)


def _picked(request: PortalRequest) -> dict[str, Any]:
    state = read_known(request.GET, "state", lambda text: text in {*ProviderProvisioningState})
    return {"provider_provisioning_state": state} if state else {}


def _of_provisioning(form: ProvisioningForm) -> dict[str, Any]:
    picks = show_picks(form.offered, now=form.now["provider_provisioning_state"], chosen=form.chosen)
    may_read = reason_not_to_read(form.row, [one.peering_type for one in form.row.peerings.all()]) is None
    return {"picks": picks, "layer_2": show_layer_2(form.row), "may_read": may_read}
