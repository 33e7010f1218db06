"""What the engine has to be told of one kind of operation."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet

from crossconnections.arm import ArmClient, OperationProgress
from crossconnections.models import ArmCall, CrossConnection, Operation

O = TypeVar("O", bound=Operation)  # noqa: E741 - an operation
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class NotToBeSent:
    """Why an operation must not be sent any more: our own code for it, and the sentence."""

    code: str
    sentence: str


class Work(ABC, Generic[O, R]):
    """One kind of operation: how it is sent, looked at and kept.

    ``most_sends`` is how often it may be sent in all while nobody knows whether Azure got it: 1 for whatever must
    not be done twice.
    """

    purpose: ClassVar[ArmCall.Purpose]
    most_sends: ClassVar[int]

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
    def has_to_wait(self, row: O) -> bool:
        """Whether something else has to end first."""

    @abstractmethod
    def send(self, client: ArmClient, row: O) -> OperationProgress | R:
        """Ask Azure; any ArmError."""

    @abstractmethod
    def look(self, client: ArmClient, row: O) -> OperationProgress | R:
        """Look where Azure said to; any ArmError."""

    @abstractmethod
    def note_busy(self, row: O) -> None:
        """Azure was busy with another operation on the same resource."""

    @abstractmethod
    def keep(self, row: O, result: R) -> dict[str, Any]:
        """Put the result away, in the transaction of the row's end; the columns of the row that tell of it."""

    @abstractmethod
    def note_end(self, row: O) -> None:
        """However it ended, in the transaction of that."""
