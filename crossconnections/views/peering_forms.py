"""The forms of peerings: set up, edited, removed; and what is known of a field while it is typed."""

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from crossconnections.addressing import ROUTING_REGISTRIES
from crossconnections.addressing.vlans import LAST_VLAN
from crossconnections.forms import PeeringForm, RemovalForm
from crossconnections.forms.peerings import form_of
from crossconnections.models import Change, CrossConnection, Draft
from crossconnections.models.wish import PRESENCE
from crossconnections.peering_names import peering_word
from crossconnections.policies import OFFERED_PEERINGS, only_disables, reason_not_to_peer
from crossconnections.presenters.changes.forms import show_layer_2
from crossconnections.presenters.changes.wishes import show_wish
from crossconnections.presenters.peerings.fields import show_fields, show_live
from crossconnections.presenters.peerings.validation import show_validation
from crossconnections.proposals import fields_of, find_peering, values_now
from crossconnections.queries.last_good import settings_before, settings_of
from crossconnections.queries.overlaps import LINKS, find_overlaps_of
from crossconnections.services.changes import drafts
from crossconnections.views.form_page import FormPage, draft_before
from crossconnections.views.http import find_or_refuse, read_number, sight
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest
from portal.limits.decorators import limited, person

_LARGEST_NUMBER = 2**31 - 1
_NOT_THERE = "Azure has no such peering of it any more, so there is nothing to remove."


@needs(Permission.CHANGE)
@sensitive_post_parameters("shared_key")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def peering(request: PortalRequest, service_key: str, peering_type: str) -> HttpResponse:
    """A peering's form; POST leads to the review, or back here with 422 and all that was typed but the shared key.

    POST with ``repair``, a query string of fields and what is put there, shows the form with those. GET with ``from``,
    the number of a change of the same peering, shows the form with what that left, or asked for; with ``vlan_id``, that
    of an order, a new one has it filled in.
    """
    row = _find(request, service_key, peering_type)
    if request.method != "POST":
        change = _named(request, row, peering_type)
        form = _opened(request, row, peering_type, change)
        return _page(request, row, form, change).render()
    form = form_of(peering_type)(row, peering_type, _repaired(request.POST))
    page = _page(request, row, form)
    if "repair" in request.POST:
        return page.render(status=HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_valid():
        return page.take(Change.Kind.PEERING)
    return page.take(Change.Kind.PEERING, wants_proof=form.cleaned_data["read_tables"], shared_key=form.key)


@needs(Permission.CHANGE)
@sensitive_post_parameters("shared_key")
@require_POST
@limited("checks", most=600, by=person)
def check_peering(request: PortalRequest, service_key: str, peering_type: str) -> HttpResponse:
    """What is known of the ``field`` that is being typed, for htmx; the other fields come along, the key does not."""
    row = _find(request, service_key, peering_type)
    form, name = form_of(peering_type)(row, peering_type, request.POST), request.GET.get("field", "")
    if name not in fields_of(peering_type):
        raise Http404
    wanted = [form.judge().values.get(name)] if name in LINKS else []
    overlaps = find_overlaps_of(row, filter(None, wanted), sight(request))
    return render(request, "crossconnections/peerings/_live.html", {"live": show_live(form, name, overlaps)})


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("drafts", most=60, by=person, methods={"POST"})
def remove_peering(request: PortalRequest, service_key: str, peering_type: str) -> HttpResponse:
    """What goes with it; POST leads to the review, where the guard stands. 409 where it is gone already."""
    row = _find(request, service_key, peering_type)
    form = RemovalForm(row, peering_type, request.POST if request.method == "POST" else None)
    names = (PRESENCE, "state", *fields_of(peering_type))
    held = values_now(row, names, peering_type)
    wish = Draft(subject=peering_type, asked={PRESENCE: False}, opened={PRESENCE: True})
    page = FormPage(
        request,
        row,
        form,
        "removal",
        f"Remove {peering_word(peering_type)} of {{}}",
        reason=None if held[PRESENCE] else _NOT_THERE,
        more={"fields": show_wish(wish, held)},
    )
    return page.take(Change.Kind.REMOVAL) if request.method == "POST" else page.render()


def _find(request: PortalRequest, service_key: str, peering_type: str) -> CrossConnection:
    row = find_or_refuse(request, service_key)
    if peering_type not in OFFERED_PEERINGS:
        raise Http404
    return row


def _named(request: PortalRequest, row: CrossConnection, peering_type: str) -> Change | None:
    """The change whose settings they want to have again."""
    number = read_number(request.GET, "from", most=_LARGEST_NUMBER)
    return row.changes.filter(pk=number, subject=peering_type).first() if number else None


def _opened(request: PortalRequest, row: CrossConnection, peering_type: str, change: Change | None) -> PeeringForm:
    """Filled with what is true now; or with what they asked for before, or what a change left."""
    if draft := draft_before(request, row, peering_type):
        typed = {**draft.asked, "read_tables": draft.wants_proof}
        return form_of(peering_type)(row, peering_type, typed=typed, key_action=draft.shared_key_action)
    if change is None:
        return form_of(peering_type)(row, peering_type, typed=_ordered(request, row, peering_type))
    typed = settings_before(change) if change.removes else settings_of(change)
    return form_of(peering_type)(row, peering_type, typed=typed, key_action=change.shared_key_action)


def _ordered(request: PortalRequest, row: CrossConnection, peering_type: str) -> dict[str, Any]:
    """Of a peering that is not there yet, the VLAN ID that the customer's order asks for."""
    vlan_id = read_number(request.GET, "vlan_id", most=LAST_VLAN)
    return {"vlan_id": vlan_id} if vlan_id and find_peering(row, peering_type) is None else {}


def _repaired(posted: QueryDict) -> QueryDict:
    """What was typed, with the repair that was chosen, if one was."""
    data = posted.copy()
    for name, text in parse_qsl(data.get("repair", ""), keep_blank_values=True):
        data[name] = text
    return data


def _page(request: PortalRequest, row: CrossConnection, form: PeeringForm, change: Change | None = None) -> FormPage:
    left = None if form.is_bound or request.GET else _left(request, row, form.subject)
    verb = "Set up" if form.is_new else "Edit"
    title = f"{verb} {peering_word(form.subject)} of {{}}"
    return FormPage(
        request, row, form, "peering", title, reason=_reason(row, form), more=_more(row, form, change, left)
    )


def _left(request: PortalRequest, row: CrossConnection, peering_type: str) -> Draft | None:
    """A browser's own way back shows the form anew: what was typed is in the draft."""
    return drafts.find_left(row=row, kind=Change.Kind.PEERING, subject=peering_type, person=request.user)


def _reason(row: CrossConnection, form: PeeringForm) -> str | None:
    """To switch off what is there belongs to the way out of service, and is possible in any state."""
    reason = reason_not_to_peer(row)
    if reason and not form.is_new and form.is_bound and form.is_valid() and form.key is None:
        return None if only_disables(form.asked(form.cleaned_data)) else reason
    return reason


def _more(row: CrossConnection, form: PeeringForm, change: Change | None, left: Draft | None) -> dict[str, Any]:
    known = find_peering(row, form.subject)
    return {
        "is_new": form.is_new,
        "filled_from": change,
        "left": left,
        "is_microsoft": "advertised_prefixes" in form.fields,
        "check_address": reverse("check-peering", args=[row.service_key, form.subject]),
        "fields": show_fields(form),
        "registries": ROUTING_REGISTRIES,
        "layer_2": show_layer_2(row),
        "validation": show_validation(known) if known and known.advertised_prefixes_state else None,
    }
