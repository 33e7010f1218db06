"""Keeping what the customer ordered, and who they are."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crossconnections.forms.orders import OrderForm
from crossconnections.forms.record import RecordForm
from crossconnections.models import CrossConnection, Workflow
from crossconnections.presenters.records import show_clash
from crossconnections.queries.records import find_record
from crossconnections.services.records import RecordMoved
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows.ordering import NotAsOrdered, OrderMoved, RecordWords, keep_order
from crossconnections.views.http import find_or_refuse
from crossconnections.views.workflow_page import WorkflowPage, find_existing, lead_back
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person

_RECORD_MOVED = "Somebody else has changed the customer's record meanwhile. It is here as it is now: look, keep again."
_NO_CUSTOMER = "Name the customer: whoever has them on the phone looks for that."


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("workflows", most=120, by=person, methods={"POST"})
def workflow_order(request: PortalRequest, service_key: str, kind: Workflow.Kind) -> HttpResponse:
    """POST keeps the order, and who the customer is; GET only leads to the page.

    422 and the page where it is not valid, or differs from Azure without a reason; 409 where somebody else has kept
    another one meanwhile, with theirs in words and all that was typed.
    """
    row = find_or_refuse(request, service_key)
    if request.method != "POST":
        return lead_back(row, kind)
    return _Order(request, row, find_existing(row, kind)).keep()


class _Order:
    """The order that somebody has typed."""

    def __init__(self, request: PortalRequest, row: CrossConnection, known: Workflow) -> None:
        self._request, self._row, self._known = request, row, known
        self._order, self._record = OrderForm(known, request.POST), RecordForm(find_record(row), request.POST)

    def keep(self) -> HttpResponse:
        """Back to the page, or the page with what was typed and why it was not kept."""
        if not (self._order.is_valid() & self._record.is_valid() & self._names_customer()):
            return self._page().render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self._keep()
        except NotAsOrdered as reason:
            return self._not_as_ordered(reason)
        except OrderMoved as reason:
            return self._order_moved(reason)
        except RecordMoved as reason:
            return self._record_moved(reason)
        except NotPossible as reason:
            return self._page(notice=str(reason)).render(status=HTTPStatus.CONFLICT)
        return lead_back(self._row, Workflow.Kind(self._known.kind))

    def _names_customer(self) -> bool:
        record = self._record
        if not record.cleaned_data.get("customer") and "customer" not in record.errors:
            record.add_error("customer", _NO_CUSTOMER)
        return record.is_valid()

    def _keep(self) -> None:
        keep_order(
            workflow=self._known,
            order=self._order.order(),
            reason=self._order.cleaned_data["reason"],
            by=at_browser(self._request),
            seen=self._order.seen,
            record=RecordWords(self._record.asked, self._record.seen["version"]),
        )

    def _not_as_ordered(self, reason: NotAsOrdered) -> HttpResponse:
        self._order.add_error("reason", str(reason))
        return self._page(differences=reason.differences).render(status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _order_moved(self, reason: OrderMoved) -> HttpResponse:
        """What they typed stays, over what is kept now: a second press is meant."""
        notice = (
            f"{reason} Theirs: {'; '.join(self._theirs(reason))}. Yours is below: keep it again to put it in place."
        )
        anew = self._request.POST.copy()
        anew["kept"] = OrderForm(reason.workflow)["kept"].value()
        self._order = OrderForm(self._known, anew)
        return self._page(notice=notice).render(status=HTTPStatus.CONFLICT)

    def _theirs(self, reason: OrderMoved) -> list[str]:
        typed, fields = self._order.order(), self._order.fields
        moved = {name: value for name, value in reason.order.items() if value != typed[name]}
        return [f"{fields[name].label}: {_in_words(value)}" for name, value in moved.items()]

    def _record_moved(self, reason: RecordMoved) -> HttpResponse:
        """Both texts of each field that two people touched."""
        clash = show_clash(reason.record, self._record.asked, now=timezone.now())
        self._record = RecordForm(reason.record, typed=self._record.asked)
        return self._page(notice=_RECORD_MOVED, clash=clash).render(status=HTTPStatus.CONFLICT)

    def _page(self, **more: Any) -> WorkflowPage:  # noqa: ANN401 - what the page takes besides
        forms: dict[str, Any] = {"order": self._order, "record": self._record}
        return WorkflowPage(self._request, self._row, Workflow.Kind(self._known.kind), self._known, **forms, **more)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in {None, ""} else "nothing"
