"""Subscriptions of the sandbox, enlisted."""

from collections.abc import Callable

import pytest

from crossconnections.models import Subscription
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def enlisted(azure: SandboxProcess, db: None) -> Callable[[str], Subscription]:
    """``enlisted("test")``: the sandbox's first subscription of a kind, as a row."""

    def enlist(kind: str) -> Subscription:
        found = azure.subscription(kind)
        return Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])

    return enlist
