"""Times on the database's clock: workers on several hosts need not agree on theirs."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections.models import Subscription


def lease_end() -> "ExpressionWrapper[CombinedExpression]":
    """When a lease taken now ends."""
    return from_now(timedelta(seconds=settings.PORTAL_LEASE_SECONDS))


def is_free() -> Q:
    """Rows that no worker has: never claimed, given back, or left by one whose lease ended."""
    return Q(claimed_until=None) | Q(claimed_until__lt=Now())


def ago(*, seconds: int) -> "ExpressionWrapper[CombinedExpression]":
    """The moment so many seconds ago."""
    return from_now(-timedelta(seconds=seconds))


def clock() -> datetime:
    """The database's time; where no subscription is enlisted, and so nothing has a time, this machine's."""
    return Subscription.objects.values_list(Now(), flat=True).first() or timezone.now()


def from_now(span: timedelta) -> "ExpressionWrapper[CombinedExpression]":
    """The moment that is so far ahead."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
