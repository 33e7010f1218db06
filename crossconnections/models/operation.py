"""What is asked of Azure and takes a while: outbox, lock, resume token and history in one row."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Operation(models.Model):
    """One thing asked of Azure, from the wish to its end; ``crossconnections.policies`` draws the ways between states.

    A worker claims the row by conditional update with a lease on the database's clock, takes one step (one call),
    and writes down what is known by then and when the next step is due. ``attempts`` counts the claims and is the
    fence: whoever lost the claim writes nothing any more. A message only hurries a worker along, ``hurried_at``
    says when the last one was sent.
    """

    class State(models.TextChoices):
        """``submitting`` is written before the call leaves: a dead worker's call must not be taken for never sent."""

        QUEUED = "queued"
        SUBMITTING = "submitting"
        RUNNING = "running"
        UNKNOWN = "unknown"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELED = "canceled"

    ACTIVE = (State.QUEUED, State.SUBMITTING, State.RUNNING, State.UNKNOWN)

    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    give_up_at = models.DateTimeField()

    attempts = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    hurried_at = models.DateTimeField()

    # How often it was sent to Azure, or may have been; when it last was, and how many steps failed since one did not.
    sent = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_steps = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    # Where Azure said to look, and what it said there: a status of its own, kept as it came.
    poll_url = models.TextField(blank=True)
    result_url = models.TextField(blank=True)
    azure_status = models.CharField(max_length=80, blank=True)

    request_id = models.CharField(max_length=80, blank=True)
    correlation_id = models.CharField(max_length=80, blank=True)
    error_code = models.CharField(max_length=80, blank=True)
    error_message = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_active(self) -> bool:
        """Whether something can still come of it."""
        return self.state in self.ACTIVE

    @classmethod
    def index_of_the_due(cls, name: str) -> models.Index:
        """What the clock asks for each second; of the ended ones, which are nearly all, it holds none."""
        return models.Index(fields=["due_at"], condition=Q(state__in=[*cls.ACTIVE]), name=name)
