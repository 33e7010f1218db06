"""What was found of each subscription, and what the settings say: all that the sentences are made of."""

import uuid

from django.conf import settings

from crossconnections.azure import identity
from crossconnections.models import Readiness, Subscription
from crossconnections.policies import reason_not_to_ask
from crossconnections.presenters.readiness.page import Subject
from crossconnections.presenters.readiness.proofs import proof_of
from crossconnections.presenters.readiness.rows import Setup
from crossconnections.services.readiness.checking import results_of


def subject_of_enlisted(subscription: Subscription, row: Readiness | None) -> Subject:
    """An enlisted one; of a paused one nothing is told, for Azure is asked nothing about it."""
    key, label = subscription.subscription_id, subscription.label
    if subscription.is_active:
        return subject_of(key, label, row)
    return Subject(str(key), label, None, [], note=reason_not_to_ask(subscription) or "")


def subject_of(subscription_id: uuid.UUID, label: str, row: Readiness | None) -> Subject:
    """A subscription with what was found of it."""
    return Subject(str(subscription_id), label, row, results_of(row) if row else [])


def setup() -> Setup:
    """What the settings say, but never a secret."""
    return Setup(
        cloud=settings.PORTAL_CLOUD,
        endpoint=settings.PORTAL_ARM_ENDPOINT,
        authority=settings.AZURE_AUTHORITY_HOST,
        tenant_id=settings.AZURE_TENANT_ID,
        client_id=settings.AZURE_CLIENT_ID,
        sign_in_client_id=settings.ENTRA_CLIENT_ID,
        base=settings.PORTAL_BASE_URL,
        proof=proof_of(identity()),
    )
