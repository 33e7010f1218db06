"""What the pages with a form of a change have in common: filled with what is true now, and on to the review."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crossconnections.forms.changes import ChangeForm
from crossconnections.models import Change, CrossConnection, Draft
from crossconnections.policies import reason_not_to_change
from crossconnections.presenters.changes.forms import show_head
from crossconnections.queries.changes import find_active
from crossconnections.services.changes import drafts
from portal.actors import at_browser
from portal.http import PortalRequest


def draft_before(request: PortalRequest, row: CrossConnection, subject: str = "") -> Draft | None:
    """The draft whose review they came back from, ``?draft=``."""
    try:
        draft = drafts.find(draft_id=UUID(request.GET.get("draft", "")), person=request.user)
    except ValueError:
        return None
    is_of_it = draft is not None and draft.cross_connection_id == row.pk and draft.subject == subject
    return draft if is_of_it else None


def typed_before(request: PortalRequest, row: CrossConnection) -> dict[str, Any]:
    """What they had asked for in it."""
    draft = draft_before(request, row)
    return dict(draft.asked) if draft else {}


class FormPage:
    """A form of one cross connection; 409 and the page where nothing can be asked of Azure now.

    ``name`` is the template's, ``title`` takes the circuit's name, ``reason`` says why this kind of change cannot be
    asked for, ``more`` is what the template shows beside the form.
    """

    def __init__(
        self,
        request: PortalRequest,
        row: CrossConnection,
        form: ChangeForm,
        name: str,
        title: str,
        *,
        reason: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self._request, self._row, self._form = request, row, form
        self._template, self._title = f"crossconnections/changes/{name}.html", title
        self._active, self._more = find_active(row), more or {}
        self._reason = reason_not_to_change(row, self._active) or reason

    def take(self, kind: Change.Kind, *, wants_proof: bool = False, shared_key: str | None = None) -> HttpResponse:
        """On to the review; ``shared_key`` as in :func:`~crossconnections.services.changes.drafts.begin`."""
        form = self._form
        if self._reason:
            return self.render(status=HTTPStatus.CONFLICT)
        if not form.is_valid():
            return self.render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        draft = drafts.begin(
            row=self._row,
            kind=kind,
            subject=form.subject,
            opened=form.seen,
            asked=form.asked(form.cleaned_data),
            wants_proof=wants_proof,
            shared_key=shared_key,
            by=at_browser(self._request),
        )
        address = reverse("review", args=[self._row.service_key, draft.pk])
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page, with what was typed."""
        return render(self._request, self._template, self._context(), status=status)

    def _context(self) -> dict[str, Any]:
        head = show_head(self._row)
        return {
            "head": head,
            "title": self._title.format(head.name),
            "form": self._form,
            "reason": self._reason,
            "active": self._active,
            **self._more,
        }
