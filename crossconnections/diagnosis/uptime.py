"""What the age of a session proves about the time since an earlier reading."""

from datetime import timedelta

from crossconnections.diagnosis.durations import least_step, parse_up_down
from crossconnections.diagnosis.legs import LegSession


def age_if_flapped(before: LegSession, now: LegSession) -> timedelta | None:
    """How old it is, where it stood in both readings and is younger than the time between them: it was away.

    None where nothing proves that.
    """
    age = parse_up_down(now.row.up_down)
    then, read = before.leg.tables.summary.read_at, now.leg.tables.summary.read_at
    if not (before.session.is_up and now.session.is_up) or age is None or then is None or read is None:
        return None
    return age if age + least_step(now.row.up_down) < read - then else None
