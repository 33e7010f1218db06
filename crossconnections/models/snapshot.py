"""One reading of what the edge routers show of a cross connection, kept."""

from django.conf import settings
from django.db import models

from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.operation import Operation


class Snapshot(models.Model):
    """One press of "Read tables now": up to twelve reads, numbered within their cross connection.

    At most one of a cross connection is open, by a database constraint: two people who press at once share it.
    ``configuration`` is what the mirror held when it was asked for, so that the tables can be judged by what was
    true then. ``one_at_a_time`` is set when Azure did not take several reads of one circuit at once. ``judged_at`` is
    when what it knows of the paths was taken over, None again once a retry opens it.
    """

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    configuration = models.JSONField(default=dict)
    one_at_a_time = models.BooleanField(default=False)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cross_connection", "number"], name="snapshots_are_numbered"),
            models.UniqueConstraint(
                fields=["cross_connection"],
                condition=models.Q(finished_at=None),
                name="one_open_snapshot_per_cross_connection",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="snapshots_by_age"),
            # What the sweep asks for every few seconds; of the judged ones, which are nearly all, it holds none.
            models.Index(fields=["finished_at"], condition=models.Q(judged_at=None), name="unjudged_snapshots"),
        ]

    def __str__(self) -> str:
        return f"snapshot {self.number} of {self.cross_connection_id}"


class TableRead(Operation):
    """One table of one peering as one edge router shows it; its rows are in :class:`TableRows`."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="reads")
    peering_type = models.CharField(max_length=40)
    device_path = models.CharField(max_length=16)
    table = models.CharField(max_length=16)
    # Of the cross connection, when it was asked: how long reads take is told for each location.
    peering_location = models.CharField(max_length=80, blank=True)
    row_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "peering_type", "device_path", "table"], name="one_read_per_table"
            ),
        ]
        indexes = [
            Operation.index_of_the_due("due_reads"),
            models.Index(
                fields=["peering_location", "table", "-finished_at"],
                condition=models.Q(state="succeeded"),
                name="reads_by_location",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_path} {self.table} of {self.peering_type}, {self.state}"


class TableRows(models.Model):
    """The rows of a table that was read, compressed in one column. Apart, so that lists and progress never load them.

    Written once, with the end of the read, and never changed.
    """

    read = models.OneToOneField(TableRead, primary_key=True, on_delete=models.CASCADE, related_name="rows")
    compressed = models.BinaryField()

    def __str__(self) -> str:
        return f"rows of {self.read_id}"
