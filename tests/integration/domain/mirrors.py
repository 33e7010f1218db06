"""Answers of Azure told to the mirror as the services tell them, at a time of the test's choice."""

from dataclasses import replace
from datetime import datetime

from crossconnections import mirror
from crossconnections.arm import CrossConnectionResource
from crossconnections.mirror import NotRead, Outcome
from crossconnections.models import CrossConnection, Subscription


def list_shows(subscription: Subscription, *entries: CrossConnectionResource, now: datetime) -> tuple[int, int]:
    """A page with these entries; how many were created and how many changed."""
    return mirror.note_listed(subscription=subscription, page=mirror.Page(entries, asked_at=now), now=now)


def list_lacks_all_but(subscription: Subscription, *seen: str, now: datetime) -> int:
    """A complete list with only these keys; how many are marked as gone."""
    missing = mirror.list_missing(subscription=subscription, seen=set(seen), asked_at=now)
    mirror.note_gone(row_ids=missing, now=now)
    return len(missing)


def asked(row: CrossConnection, *, at: datetime) -> mirror.Question:
    """A question to Azure that leaves now."""
    question = mirror.ask(row.pk)
    assert question is not None
    return replace(question, asked_at=at)


def answered(question: mirror.Question, answer: CrossConnectionResource | NotRead, *, now: datetime) -> Outcome:
    """The answer to it; what became of that."""
    (outcome,) = mirror.note_answers([(question, answer)], now=now)
    return outcome


def get_shows(row: CrossConnection, resource: CrossConnectionResource, *, now: datetime) -> Outcome:
    """A question and its answer in one."""
    return answered(asked(row, at=now), resource, now=now)
