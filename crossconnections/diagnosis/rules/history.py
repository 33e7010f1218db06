"""What has changed since the reading before."""

from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import LegSession
from crossconnections.diagnosis.rules.registry import BGP_SPEAKER, INFERRED, WARNING, Layered

_routes = Layered(Layer.ROUTES)


@_routes.session("R58", WARNING, BGP_SPEAKER, INFERRED, "a customer does not lose a fifth of its networks unasked")
def many_prefixes_have_gone(one: LegSession) -> Found | None:
    """More than a fifth, and not all of them: that is R31."""
    before, now = one.earlier.session.prefixes if one.earlier else None, one.session.prefixes
    return (
        Found({"before": before, "now": now, "version": one.version})
        if before and now and now * 5 < before * 4
        else None
    )
