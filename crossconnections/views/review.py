"""The review of a change: exactly what will be sent, what it takes down, and where Azure moved on meanwhile."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crossconnections.cautions import list_cautions
from crossconnections.differences import is_placement
from crossconnections.forms import ReviewForm
from crossconnections.models import Change, CrossConnection, Draft, TableRead
from crossconnections.presenters.changes.forms import show_head
from crossconnections.presenters.changes.guard import Guard, show_guard
from crossconnections.presenters.changes.lines import show_lines
from crossconnections.presenters.changes.requests import show_request
from crossconnections.presenters.changes.wishes import review_words, show_wish
from crossconnections.presenters.overlaps import overlap_in_words
from crossconnections.presenters.tables.estimates import usual_span
from crossconnections.proposals import held_by, values_now
from crossconnections.queries.changes import find_active, list_durations
from crossconnections.queries.guards import list_guarded_paths
from crossconnections.queries.overlaps import find_overlaps
from crossconnections.services.changes import asking, drafts
from crossconnections.services.changes.asking import Busy
from crossconnections.services.changes.guards import STILL_READING
from crossconnections.services.snapshots import NotPossible
from crossconnections.views.http import find_or_refuse, sight
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person

_FORMS = {
    Change.Kind.PROVISIONING: "provisioning",
    Change.Kind.TAGS: "tags",
    Change.Kind.PEERING: "peering",
    Change.Kind.REMOVAL: "remove-peering",
    Change.Kind.PLACEMENT: "placement",
}
_OVER = "This review is over: it was open for half an hour, or it is somebody else's. Nothing was sent."


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("changes", most=60, by=person, methods={"POST"})
def review(request: PortalRequest, service_key: str, draft: UUID) -> HttpResponse:
    """What a draft will send; POST with ``apply`` sends it, once, and leads to the change.

    POST with ``choose`` says which of the fields in conflict are sent, by ``keep-<field>`` being ``mine`` or
    ``theirs``. 422 where the end of the service key is missing or the guard is still reading, 409 where Azure moved on
    or another change is active. For htmx the guard alone, while it reads.
    """
    row = find_or_refuse(request, service_key)
    found = drafts.find(draft_id=draft, person=request.user)
    if found is None or found.cross_connection_id != row.pk:
        return _of_no_draft(request, row, draft)
    page = _ReviewPage(request, row, found)
    if request.method != "POST":
        return page.render_guard() if wants_fragment(request) and page.has_guard else page.render()
    return page.choose() if "choose" in request.POST else page.apply()


def _of_no_draft(request: PortalRequest, row: CrossConnection, draft_id: UUID) -> HttpResponse:
    """What it has become, or that it is over."""
    change = asking.find_applied(draft_id)
    if change is not None and change.cross_connection_id == row.pk:
        return _to(reverse("change", args=[change.pk]))
    if request.method == "POST":
        words = {"title": "This review is over", "text": _OVER, "head": show_head(row)}
        return render(request, "crossconnections/changes/over.html", words, status=HTTPStatus.GONE)
    raise Http404


class _ReviewPage:
    """The page of one draft."""

    def __init__(self, request: PortalRequest, row: CrossConnection, draft: Draft) -> None:
        self._request, self._row, self._draft = request, row, draft
        self._is_guarded = drafts.is_guarded(draft)
        self._conflicts = drafts.conflicts_of(draft, row)
        self._is_move = is_placement(draft.asked)
        self._form = ReviewForm(row.service_key, is_move=self._is_move) if self._is_guarded else None
        self._notice, self._busy = "", find_active(row)
        self._reason = None if self._conflicts else drafts.reason_not_to_send(draft, row)

    def choose(self) -> HttpResponse:
        """Whose value is sent, field by field."""
        theirs = [one.field for one in self._conflicts if self._request.POST.get(f"keep-{one.field}") == "theirs"]
        drafts.choose(draft=self._draft, row=self._row, theirs=theirs, by=at_browser(self._request))
        is_left = drafts.find(draft_id=self._draft.pk, person=self._request.user) is not None
        return _to(self._request.path if is_left else reverse("cross-connection", args=[self._row.service_key]))

    def apply(self) -> HttpResponse:
        """Send it."""
        if self._is_guarded and not self._reason:
            self._form = ReviewForm(self._row.service_key, self._request.POST, is_move=self._is_move)
            drafts.read_for_guard(draft=self._draft, row=self._row, by=at_browser(self._request))
            if self._is_read() is False:
                self._notice = STILL_READING
            if not self._form.is_valid() or self._notice:
                return self.render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            change = asking.apply(
                draft=self._draft,
                row=self._row,
                warnings=self._cautions(),
                confirm_ending=self._request.POST.get("confirm_ending", ""),
                by=at_browser(self._request),
            )
        except NotPossible as reason:
            self._notice, self._busy = str(reason), reason.change if isinstance(reason, Busy) else None
            return self.render(status=HTTPStatus.CONFLICT)
        return _to(reverse("change", args=[change.pk]))

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The whole page."""
        return render(self._request, "crossconnections/changes/review.html", self._context(), status=status)

    @property
    def has_guard(self) -> bool:
        """Whether there is a reading that it waits for."""
        return self._guard() is not None

    def render_guard(self) -> HttpResponse:
        """For htmx: how far the reading is by now."""
        context = {"guard": self._guard(), "row": self._row, "address": self._request.path}
        return render(self._request, "crossconnections/changes/_guard.html", context)

    def _context(self) -> dict[str, Any]:
        row, draft = self._row, self._draft
        now = values_now(row, {**draft.opened, **draft.asked}, draft.subject)
        fields = show_wish(draft, held_by(row, draft), opened=now)
        return {
            "row": row,
            "head": show_head(row),
            "draft": draft,
            "form": self._form,
            "form_address": f"{_form_address(draft, row)}?draft={draft.pk}",
            **review_words(draft, fields),
            "lines": show_lines(draft.asked, now, self._conflicts),
            "fields": fields,
            "conflicts": self._conflicts,
            "cautions": self._cautions(),
            "guard": self._guard(),
            "is_guarded": self._is_guarded,
            "is_move": self._is_move,
            "notice": self._notice,
            "reason": self._reason,
            "busy": self._busy,
            "address": self._request.path,
            "usual": usual_span(list_durations(draft.kind, row.peering_location)),
            "minutes_left": max(1, round((draft.expires_at - timezone.now()).total_seconds() / 60)),
            "request_shown": show_request(
                row, draft, endpoint=settings.PORTAL_ARM_ENDPOINT, version=settings.PORTAL_ARM_API_VERSION
            ),
        }

    def _cautions(self) -> list[str]:
        row, draft = self._row, self._draft
        overlaps = find_overlaps(row, draft, sight(self._request)) if draft.subject else []
        return [*list_cautions(row, draft), *map(overlap_in_words, overlaps)]

    def _guard(self) -> Guard | None:
        snapshot = self._draft.guard if self._is_guarded else None
        if snapshot is None:
            return None
        states = list(TableRead.objects.filter(snapshot=snapshot).values_list("state", flat=True))
        ended = sum(state not in TableRead.ACTIVE for state in states)
        also, only = drafts.unread_peerings(self._draft, self._row), self._draft.subject
        paths = list_guarded_paths(snapshot, also=also, only=only)
        return show_guard(snapshot, paths, ended=ended, count=len(states))

    def _is_read(self) -> bool:
        return self._draft.guard is None or self._draft.guard.finished_at is not None


def _form_address(draft: Draft, row: CrossConnection) -> str:
    subject = [draft.subject] if draft.subject else []
    return reverse(_FORMS[Change.Kind(draft.kind)], args=[row.service_key, *subject])


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
