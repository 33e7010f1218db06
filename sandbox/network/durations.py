"""How long a session has been up or down, as Cisco writes it."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_WEEK, _YEAR = 7 * _DAY, 365 * _DAY


def as_cisco_writes(seconds: float) -> str:
    """``hh:mm:ss`` below a day, then ``1d02h``, from a week on ``8w4d`` and from a year on ``1y2w``."""
    whole = int(seconds)
    if whole < _DAY:
        return f"{whole // _HOUR:02}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02}"
    if whole < _WEEK:
        return f"{whole // _DAY}d{whole % _DAY // _HOUR:02}h"
    if whole < _YEAR:
        return f"{whole // _WEEK}w{whole % _WEEK // _DAY}d"
    return f"{whole // _YEAR}y{whole % _YEAR // _WEEK}w"
