"""What the database and the ORM refuse."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.activity.chain import checkpoint
from portal.activity.models import Checkpoint, Entry, Unchangeable
from tests.integration.activity.entries import turned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_entries_one_of_which_a_checkpoint_stands_for() -> None:
    first, *_ = turned("left", "right", "left")
    checkpoint(number=1, mac=first.mac, at=first.at, count=1)


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


REFUSED = [
    "UPDATE activity_entry SET actor_name = 'x' WHERE number = 2",
    "UPDATE activity_entry SET number = 9 WHERE number = 2",
    "UPDATE activity_checkpoint SET count = 2",
    "DELETE FROM activity_entry WHERE number = 2",
    "DELETE FROM activity_entry",
    "DELETE FROM activity_checkpoint",
]
ON_SQLITE = ["REPLACE INTO activity_entry SELECT * FROM activity_entry WHERE number = 2"]
ON_SQLITE += ["REPLACE INTO activity_checkpoint SELECT * FROM activity_checkpoint"]
ON_POSTGRESQL = ["TRUNCATE activity_entry", "TRUNCATE activity_checkpoint", "TRUNCATE activity_head, activity_entry"]


@pytest.mark.parametrize("statement", [*REFUSED, *(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)])
def test_the_database_refuses(statement: str):
    before = list(Entry.objects.order_by("number").values()), list(Checkpoint.objects.values())
    with pytest.raises(DatabaseError, match="The trail cannot be"):
        attempt(statement)
    assert (list(Entry.objects.order_by("number").values()), list(Checkpoint.objects.values())) == before


def test_the_database_lets_go_of_what_a_checkpoint_stands_for():
    attempt("DELETE FROM activity_entry WHERE number <= 1")
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("model", [Entry, Checkpoint])
def test_the_orm_refuses_as_well(model: type[Entry] | type[Checkpoint]):
    row = model.objects.first()
    assert row is not None
    for change in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(mac="x")):
        with pytest.raises(Unchangeable):
            change()
