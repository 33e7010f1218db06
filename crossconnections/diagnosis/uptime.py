"""What the age of a session proves about the time since an earlier reading."""

from datetime import timedelta

from crossconnections.diagnosis.durations import parse_up_down
from crossconnections.diagnosis.flaps import Kind, Sample, find_changes
from crossconnections.diagnosis.legs import LegSession


def age_if_flapped(before: LegSession, now: LegSession) -> timedelta | None:
    """How old it is, where it stood in both readings and was away in between; None where nothing proves that."""
    samples = [sample for one in (before, now) if (sample := _sample(one))]
    has_flapped = any(change.kind is Kind.RESET for change in find_changes(samples))
    return parse_up_down(now.row.up_down) if has_flapped else None


def _sample(one: LegSession) -> Sample | None:
    read_at = one.leg.tables.summary.read_at
    if read_at is None:
        return None
    return Sample(read_at, read_at, one.row.up_down, one.row.state_or_prefixes_received)
