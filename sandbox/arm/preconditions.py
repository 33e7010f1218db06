"""If-Match, which the specification of cross connections does not have: heeded only where a switch wants it."""

from sandbox.arm.question import Question
from sandbox.arm.write_errors import precondition_failed
from sandbox.estate.documents import Document


def check_if_match(question: Question, resource: Document | None) -> None:
    """Raise a 412 where If-Match is honoured and names another etag; etags are compared as texts, weak or not.

    None is what is not there: it has no etag, and is not what an asterisk means (RFC 9110, 13.1.1).
    """
    wanted = question.headers.get("if-match")
    if wanted is None or question.world.behaviour.if_match != "honoured":
        return
    if resource is None or wanted.strip() not in {"*", resource.get("etag")}:
        raise precondition_failed(f"If-Match: {wanted}")
