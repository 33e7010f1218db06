"""Times on the database's clock: workers on several hosts need not agree on theirs."""

from datetime import timedelta

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now


def lease_end() -> "ExpressionWrapper[CombinedExpression]":
    """When a lease taken now ends."""
    return from_now(timedelta(seconds=settings.PORTAL_LEASE_SECONDS))


def ago(*, seconds: int) -> "ExpressionWrapper[CombinedExpression]":
    """The moment so many seconds ago."""
    return from_now(-timedelta(seconds=seconds))


def from_now(span: timedelta) -> "ExpressionWrapper[CombinedExpression]":
    """The moment that is so far ahead."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
