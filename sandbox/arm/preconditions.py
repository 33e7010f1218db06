"""If-Match, which the specification of cross connections does not have: heeded only where a switch wants it."""

from sandbox.arm.question import Question
from sandbox.arm.write_errors import precondition_failed
from sandbox.estate.documents import Document


def check_if_match(question: Question, resource: Document) -> None:
    """Raise a 412 where If-Match is honoured and names another etag; etags are compared as texts, weak or not."""
    wanted = question.headers.get("if-match")
    if wanted is None or question.world.behaviour.if_match != "honoured":
        return
    if wanted.strip() not in {"*", resource["etag"]}:
        raise precondition_failed(f"If-Match: {wanted}")
