"""Parts of addresses that stand for values."""

from crossconnections.models import Workflow

_WORDS = {Workflow.Kind.CONNECT: "onboarding", Workflow.Kind.DISCONNECT: "disconnect"}


class WorkflowKind:
    """``onboarding`` or ``disconnect``."""

    regex = "|".join(_WORDS.values())

    def to_python(self, value: str) -> Workflow.Kind:
        """The kind of work."""
        return next(kind for kind, word in _WORDS.items() if word == value)

    def to_url(self, value: str) -> str:
        """Its word in an address."""
        return _WORDS[Workflow.Kind(value)]
