"""How long a session has been up or down, from a router's words."""

import re
from datetime import timedelta

_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)", re.ASCII)
_UNITS = re.compile(r"(?:(\d{1,3})y)?(?:(\d{1,2})w)?(?:(\d{1,3})d)?(?:(\d{1,2})h)?", re.ASCII)
_HOURS = (365 * 24, 7 * 24, 24, 1)


def parse_up_down(text: str) -> timedelta | None:
    """``01:02:03``, ``1d02h``, ``8w4d`` or ``1y2w``; None for ``never`` and for any other text.

    Source: EXPRESSROUTE.md 3.1; only the form ``8w4d`` is documented.
    """
    told = text.strip()
    if clock := _CLOCK.fullmatch(told):
        hours, minutes, seconds = map(int, clock.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    units = _UNITS.fullmatch(told) if told else None
    if units is None:
        return None
    return timedelta(hours=sum(int(count or 0) * hours for count, hours in zip(units.groups(), _HOURS, strict=True)))


def least_step(text: str) -> timedelta:
    """How exact such a text is: a second, an hour, a day or a week.

    A session that is up for ``8w4d`` came up within the day before; two texts of one reset differ by as much.
    """
    told = text.strip()
    for unit, step in (("h", timedelta(hours=1)), ("d", timedelta(days=1)), ("w", timedelta(weeks=1))):
        if told.endswith(unit):
            return step
    return timedelta(days=365) if told.endswith("y") else timedelta(seconds=1)
