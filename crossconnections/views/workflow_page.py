"""The page of one piece of work."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crossconnections.forms.orders import OrderForm
from crossconnections.forms.record import RecordForm
from crossconnections.models import CrossConnection, Workflow
from crossconnections.presenters.changes.forms import show_head
from crossconnections.presenters.records import Clash, show_record
from crossconnections.presenters.states import GONE, provider_state
from crossconnections.presenters.workflows.page import show_differences
from crossconnections.queries import list_locations
from crossconnections.queries.records import find_record
from crossconnections.queries.workflows import find_newest
from crossconnections.views.http import sight
from crossconnections.views.workflow_parts import WorkflowParts
from crossconnections.workflows.comparing import Difference
from crossconnections.workflows.names import WORK
from crossconnections.workflows.steps import StepName
from portal.http import PortalRequest


class WorkflowPage:
    """The newest work of a kind with one cross connection, or that there is none.

    ``order`` and ``record`` are its forms where somebody has typed into them, ``notice`` says why something was not
    done, ``typed`` is what they had typed to it, by the name of the step or the key of the finding, ``differences`` are
    those of an order that was not kept, ``clash`` is what somebody else wrote into the record meanwhile.
    """

    def __init__(
        self,
        request: PortalRequest,
        row: CrossConnection,
        kind: Workflow.Kind,
        workflow: Workflow | None,
        *,
        order: OrderForm | None = None,
        record: RecordForm | None = None,
        notice: str = "",
        typed: Mapping[str, str] | None = None,
        differences: Sequence[Difference] = (),
        clash: Clash | None = None,
    ) -> None:
        self._request, self._row, self._kind, self._workflow = request, row, kind, workflow
        self._order, self._record, self._notice, self._typed = order, record, notice, typed or {}
        self._differences, self._clash = differences, clash

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page."""
        return render(self._request, "crossconnections/workflows/workflow.html", self._context(), status=status)

    def render_news(self) -> HttpResponse:
        """For a page that is open: that there is something new, or nothing."""
        seen, known = self._request.GET.get("seen", ""), self._workflow
        has_moved = known is not None and WorkflowParts(self._row, known).version != seen
        context = {"has_moved": has_moved, "seen": seen, "kind": self._kind, "row": self._row}
        return render(self._request, "crossconnections/workflows/_news.html", context)

    def _context(self) -> dict[str, Any]:
        now, known = timezone.now(), self._workflow
        context = {
            "head": show_head(self._row),
            "kind": self._kind,
            "work": WORK[self._kind],
            "row": self._row,
            "state": GONE if self._row.gone_at else provider_state(self._row.provider_provisioning_state),
            "record": show_record(self._row, now=now),
            "notice": self._notice,
            "typed": self._typed,
            "workflow": known,
        }
        return context | (self._of_work(known, now) if known else {})

    def _of_work(self, known: Workflow, now: datetime) -> dict[str, Any]:
        opened = StepName.ORDER if self._order else ""
        return WorkflowParts(self._row, known).context(self._typed, opened=opened, now=now) | {
            "order": self._order or OrderForm(known),
            "record_form": self._record or RecordForm(find_record(self._row)),
            "clash": self._clash,
            "locations": list_locations(sight(self._request)),
            **({"differences": show_differences(self._differences)} if self._differences else {}),
        }


def show_page(
    request: PortalRequest,
    row: CrossConnection,
    kind: Workflow.Kind,
    *,
    notice: str = "",
    typed: Mapping[str, str] | None = None,
) -> WorkflowPage:
    """The page of the newest work of a kind."""
    return WorkflowPage(request, row, kind, find_newest(row, kind), notice=notice, typed=typed)


def find_existing(row: CrossConnection, kind: Workflow.Kind) -> Workflow:
    """The newest work of a kind.

    Raises:
        Http404: nobody ever began one.
    """
    known = find_newest(row, kind)
    if known is None:
        raise Http404
    return known


def lead_back(row: CrossConnection, kind: Workflow.Kind) -> HttpResponse:
    """To the page, after a POST."""
    return HttpResponseRedirect(reverse("workflow", args=[row.service_key, kind]), status=HTTPStatus.SEE_OTHER)
