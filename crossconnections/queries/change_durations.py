"""How long changes took."""

from datetime import timedelta

from django.db.models import F

from crossconnections.models import Change

State = Change.State


def list_change_durations(kind: str, location: str, *, most: int = 50) -> list[timedelta]:
    """How long the latest changes of a kind took at a peering location, from the write to the proof of its end."""
    took = Change.objects.filter(kind=kind, state=State.SUCCEEDED, cross_connection__peering_location=location)
    known = took.filter(written_at__isnull=False, known_by=Change.KnownBy.OPERATION)
    spans = known.order_by("-finished_at").annotate(took=F("finished_at") - F("written_at"))
    return list(spans.values_list("took", flat=True)[:most])
