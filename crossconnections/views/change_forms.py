"""The forms of changes: filled with what is true now, and on to the review."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crossconnections.forms import ProvisioningForm, TagsForm
from crossconnections.forms.changes import ChangeForm
from crossconnections.models import Change, CrossConnection
from crossconnections.policies import reason_not_to_change, reason_not_to_read
from crossconnections.presenters.changes.forms import show_head, show_layer_2
from crossconnections.presenters.changes.picks import Pick, show_picks
from crossconnections.services.changes import drafts
from crossconnections.services.changes.asking import find_active
from crossconnections.views.http import find_or_refuse
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def provisioning(request: PortalRequest, service_key: str) -> HttpResponse:
    """The provider's state and the note; POST leads to the review, or back here with 422 and all that was typed."""
    row = find_or_refuse(request, service_key)
    form = ProvisioningForm(row, request.POST if request.method == "POST" else None, typed=_typed(request, row))
    page = _FormPage(request, row, form, "provisioning", "Provision")
    if request.method != "POST":
        return page.render()
    return page.take(Change.Kind.PROVISIONING, wants_proof=form.is_valid() and form.cleaned_data["read_tables"])


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def tags(request: PortalRequest, service_key: str) -> HttpResponse:
    """The tags, one a line; likewise."""
    row = find_or_refuse(request, service_key)
    form = TagsForm(row, request.POST if request.method == "POST" else None, typed=_typed(request, row))
    page = _FormPage(request, row, form, "tags", "Tags of")
    return page.render() if request.method != "POST" else page.take(Change.Kind.TAGS)


def _typed(request: PortalRequest, row: CrossConnection) -> dict[str, Any]:
    """What they had asked for when they came back from the review, ``?draft=``."""
    try:
        draft = drafts.find(draft_id=UUID(request.GET.get("draft", "")), person=request.user)
    except ValueError:
        return {}
    return dict(draft.asked) if draft is not None and draft.cross_connection_id == row.pk else {}


def _picks(form: ProvisioningForm) -> list[Pick]:
    return show_picks(form.offered, now=form.now["provider_provisioning_state"], chosen=form.chosen)


class _FormPage:
    """A form of one cross connection; 409 and the page where nothing can be asked of Azure now."""

    def __init__(self, request: PortalRequest, row: CrossConnection, form: ChangeForm, name: str, verb: str) -> None:
        self._request, self._row, self._form = request, row, form
        self._template, self._verb = f"crossconnections/changes/{name}.html", verb
        self._active = find_active(row)
        self._reason = reason_not_to_change(row, self._active)

    def take(self, kind: Change.Kind, *, wants_proof: bool = False) -> HttpResponse:
        """On to the review."""
        form = self._form
        if self._reason:
            return self.render(status=HTTPStatus.CONFLICT)
        if not form.is_valid():
            return self.render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        draft = drafts.begin(
            row=self._row,
            kind=kind,
            opened=form.seen,
            asked=form.asked(form.cleaned_data),
            wants_proof=wants_proof,
            by=at_browser(self._request),
        )
        address = reverse("review", args=[self._row.service_key, draft.pk])
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page, with what was typed."""
        return render(self._request, self._template, self._context(), status=status)

    def _context(self) -> dict[str, Any]:
        row, form = self._row, self._form
        head = show_head(row)
        return {
            "head": head,
            "title": f"{self._verb} {head.name}",
            "picks": _picks(form) if isinstance(form, ProvisioningForm) else [],
            "form": form,
            "layer_2": show_layer_2(row),
            "reason": self._reason,
            "active": self._active,
            "may_read": reason_not_to_read(row, [one.peering_type for one in row.peerings.all()]) is None,
        }
