"""What the engine has to be told of one kind of operation."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from django.db.models import QuerySet

from crossconnections.arm import ArmClient, ArmError, OperationProgress
from crossconnections.models import ArmCall, CrossConnection, Operation
from crossconnections.services.engine.verdicts import Verdict, verdict_on_looking, verdict_on_sending

O = TypeVar("O", bound=Operation)  # noqa: E741 - an operation
R = TypeVar("R")


_NOTHING: Mapping[str, Any] = MappingProxyType({})

Write: TypeAlias = Callable[..., None]
"""Writes columns of the row while the claim holds, and raises ClaimLost where it does not any more."""


@dataclass(eq=False)
class NotToBeSent(Exception):  # noqa: N818 - reads as what it says
    """Why an operation must not be sent any more: our own code for it, the sentence, and columns that tell more.

    Returned before a step, or raised by ``send`` before anything left.
    """

    code: str
    sentence: str
    told: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something has to come first: how long until the next step, in seconds, and columns that say why."""

    seconds: float
    told: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


class NeverGot(Exception):  # noqa: N818 - reads as what happened
    """A look shows that Azure never got it."""


class Work(ABC, Generic[O, R]):
    """One kind of operation: how it is sent, looked at and kept.

    ``most_sends`` is how often it may be sent in all while nobody knows whether Azure got it. Where
    ``looks_before_repeating`` it does not count: then ``inspect`` tells, nothing is sent on a guess, and nothing is
    given up while Azure may have got it. ``never_sent`` are columns that say so, written once that is known, and
    ``at_the_end`` those that are written with the end, whichever it is.
    """

    purpose: ClassVar[ArmCall.Purpose]
    most_sends: ClassVar[int] = 1
    looks_before_repeating: ClassVar[bool] = False
    never_sent: ClassVar[Mapping[str, Any]] = _NOTHING
    at_the_end: ClassVar[Mapping[str, Any]] = _NOTHING

    @abstractmethod
    def every(self) -> QuerySet[O]:
        """All of them, bare: what is written to, by key."""

    @abstractmethod
    def rows(self) -> QuerySet[O]:
        """Those of this cloud, with all that a step reads."""

    @abstractmethod
    def subject(self, row: O) -> CrossConnection:
        """What it is about, with its subscription."""

    @abstractmethod
    def hurry(self, row_id: int) -> None:
        """Send a worker the message that this row waits."""

    @abstractmethod
    def reason_not_to_send(self, row: O) -> NotToBeSent | None:
        """Asked right before it is sent, since much may have happened since a person asked for it."""

    @abstractmethod
    def reason_to_wait(self, row: O) -> Wait | None:
        """What has to come first, if anything."""

    @abstractmethod
    def send(self, client: ArmClient, row: O, write: Write) -> OperationProgress | R:
        """Ask Azure; any ArmError, NotToBeSent, or ClaimLost from ``write``."""

    def verdict_on_sending(self, row: O, error: ArmError) -> Verdict:
        """What it means that ``send`` failed."""
        return verdict_on_sending(error, failed_steps=row.failed_steps)

    def verdict_on_looking(self, row: O, error: ArmError) -> Verdict:
        """What it means that ``look`` failed, or told of a failure."""
        return verdict_on_looking(error, failed_steps=row.failed_steps)

    @abstractmethod
    def look(self, client: ArmClient, row: O) -> OperationProgress | R:
        """Look where Azure said to; any ArmError."""

    def inspect(self, client: ArmClient, row: O) -> Wait | R:
        """Look whether Azure got what nobody knows of: the result, or how long until the next look.

        Raises:
            NeverGot: it did not.
            ArmError: the look failed.
        """
        raise NotImplementedError

    @abstractmethod
    def note_busy(self, row: O) -> None:
        """Azure was busy with another operation on the same resource."""

    @abstractmethod
    def keep(self, row: O, result: R) -> dict[str, Any]:
        """Put the result away, in the transaction of the row's end; the columns of the row that tell of it."""

    @abstractmethod
    def note_end(self, row: O) -> None:
        """However it ended, in the transaction of that."""
