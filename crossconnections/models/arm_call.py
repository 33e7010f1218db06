"""The ledger of what was asked of Azure."""

from django.conf import settings
from django.db import models

from crossconnections.models.subscription import Subscription
from crossconnections.models.sync_run import SyncRun


class ArmCall(models.Model):
    """One call to Azure Resource Manager, or all calls of one sync; never a body, a header or a query.

    Microsoft's support asks for the ids and the time in UTC. A sync's calls are one row: ``calls`` counts them,
    ``failed_calls`` those that ended badly, ``duration_ms`` is their sum, and the rest tells of the last failure, or
    of the last call where none failed.
    ``service_key`` is text, so that a row tells its story when the cross connection is gone.
    """

    class Purpose(models.TextChoices):
        """What the call was for."""

        SYNC = "sync"
        REFRESH = "refresh"
        CATALOGUE = "catalogue"
        TABLES = "tables"
        WATCH = "watch"
        CHANGE = "change"
        READINESS = "readiness"

    started_at = models.DateTimeField(db_index=True)
    purpose = models.CharField(max_length=16, choices=Purpose)
    subscription = models.ForeignKey(Subscription, null=True, blank=True, on_delete=models.SET_NULL)
    sync_run = models.ForeignKey(SyncRun, null=True, blank=True, on_delete=models.SET_NULL)
    service_key = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    operation = models.CharField(max_length=80)
    method = models.CharField(max_length=10)
    path = models.TextField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)
    error_code = models.CharField(max_length=80, blank=True)
    duration_ms = models.PositiveIntegerField()
    request_id = models.CharField(max_length=80, blank=True)
    correlation_id = models.CharField(max_length=80, blank=True)
    client_request_id = models.CharField(max_length=80, blank=True)
    remaining_reads = models.PositiveIntegerField(null=True, blank=True)
    remaining_writes = models.PositiveIntegerField(null=True, blank=True)

    calls = models.PositiveIntegerField(default=1)
    failed_calls = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["service_key", "-started_at"], name="latest_calls")]

    def __str__(self) -> str:
        return f"{self.operation} at {self.started_at:%Y-%m-%d %H:%M:%S}"
