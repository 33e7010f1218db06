"""A cross connection on watch: its BGP summaries every few minutes, for some hours."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.operation import Operation


class Watch(models.Model):
    """From the press to its end; at most one of a cross connection is open, by a database constraint.

    ``next_at`` is when the next round of reads is due: whichever worker moves it on begins that round, so none is lost
    or begun twice. ``waits_for`` says why a round that was due did not begin.
    """

    class WaitsFor(models.TextChoices):
        """What goes before a round."""

        NOTHING = "", "nothing"
        READING = "reading"  # somebody reads the tables of this cross connection
        THROTTLED = "throttled"  # Azure asked to be left alone for a while
        QUOTA = "quota"  # less than half of it is left, which is for people
        PEERING = "peering"  # none is set up any more
        PAUSED = "paused"  # nothing is asked of Azure about its subscription

    class End(models.TextChoices):
        """Why it ended."""

        STOPPED = "stopped"
        OVER = "over"
        GONE = "gone"
        ROLE_ENDED = "role-ended"
        RETIRED = "retired"  # with its subscription

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="watches")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    next_at = models.DateTimeField()
    waits_for = models.CharField(max_length=16, choices=WaitsFor, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    end = models.CharField(max_length=16, choices=End, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_connection"], condition=Q(ended_at=None), name="one_open_watch_per_cross_connection"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(ended_at=None), name="open_watches"),
            models.Index(fields=["begun_at"], name="watches_by_age"),
        ]

    def __str__(self) -> str:
        return f"watch {self.pk} of {self.cross_connection_id}"


class WatchRead(Operation):
    """One BGP summary of one peering as one edge router shows it.

    ``sessions`` has its rows as told, each by the names of :class:`~crossconnections.arm.SummaryRow`. The port and the
    location are those of the cross connection when it was asked.
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="reads")
    peering_type = models.CharField(max_length=40)
    device_path = models.CharField(max_length=16)
    peering_location = models.CharField(max_length=80, blank=True)
    azure_port = models.CharField(max_length=120, blank=True)
    sessions = models.JSONField(default=list)

    class Meta:
        indexes = [
            Operation.index_of_the_due("due_watch_reads"),
            models.Index(
                fields=["azure_port", "finished_at"], condition=Q(state="succeeded"), name="watch_reads_by_port"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_path} sessions of {self.peering_type}, {self.state}"
