"""Mass assignment: a field that a form does not have changes nothing, whatever its name (ASVS 15.3.3)."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.db import connection, models

from portal.activity.models import Head
from tests.integration.access.matrix import ACTS, FIELDS, World
from tests.integration.portal.security.acts import ALL, Act, administrator, sign_in_anew
from tests.integration.portal.security.walk import SEEN_AND_COUNTED, Rows, rows_but_of, undone

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="what was taken back has used numbers up there, so the two outcomes differ"
)

# Far from the database's own clock, which nobody stops.
NOW = datetime(2051, 3, 3, 12, 0, 5, tzinfo=UTC)
# Of other products, or of Django's own people.
NEVER_OURS = ("is_superuser", "is_staff", "is_admin", "user", "owner", "owner_id", "permissions", "pk", "version")
# What a view reads of a form that has no class of its own.
READ_BY_HAND = {
    "do", "plan", "draft", "choose", "repair", "now", "back", "as_of", "look", "act", "note", "key", "reason",
    "outcome", "confirm_ending", "file", "service_key",
}  # fmt: skip
TYPED_TIME = datetime(2001, 1, 1, tzinfo=UTC)
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def typed_by_people() -> set[str]:
    """The names of all fields that any form has."""
    return set(FIELDS) | {name for act in ACTS.values() for name in act} | READ_BY_HAND | set(_declared(forms.Form))


def _declared(form: type[forms.Form]) -> Iterator[str]:
    for one in form.__subclasses__():
        if one.__module__.startswith(("portal.", "crossconnections.")):
            yield from one.base_fields
        yield from _declared(one)


def columns_as_fields() -> dict[str, str]:
    """A value of its kind for every column of every model, by all names that it goes by, but for what people type."""
    found = dict.fromkeys(NEVER_OURS, "1")
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            found |= dict.fromkeys({column.name, column.attname}, _value_of(column))
    return {name: value for name, value in found.items() if name not in typed_by_people()}


def _value_of(column: "models.Field[Any, Any]") -> str:
    match column:
        case models.UUIDField():
            return str(uuid.UUID(int=7))
        case models.DateTimeField():
            return TYPED_TIME.isoformat()
        case models.JSONField():
            return '["Portal.Administrator"]'
        case models.CharField() | models.TextField():
            return column.choices[-1][0] if column.choices else "Portal.Administrator"
    return "1"


def outcome(act: Act, world: World, more: dict[str, str]) -> tuple[int, Rows]:
    """What a press comes to: the status, and all rows."""
    with undone(), time_machine.travel(NOW, tick=False):
        sign_in_anew(world)
        told = act.before(world)
        known = set(_known(rows_but_of(())))
        answer = administrator(world).post(act.address(world), more | act.all_fields(told))
        found = rows_but_of((*SEEN_AND_COUNTED, Head))
        return answer.status_code, {name: [_without_chance(row, known) for row in rows] for name, rows in found.items()}


def _known(rows: Rows) -> Iterator[str]:
    for value in [value for of_model in rows.values() for row in of_model for value in row.values()]:
        yield from (str(value), *_UUID.findall(str(value)))


def _without_chance(row: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """Without ids that were drawn, times by the database's clock, and the seals that hold them."""
    return {name: _told(value, known) for name, value in row.items() if name not in {"mac", "previous_mac"}}


def _told(value: object, known: set[str]) -> str:
    if isinstance(value, datetime) and str(value) not in known and value != TYPED_TIME and value < NOW:
        return "by the database's clock"
    return _UUID.sub(lambda found: found[0] if found[0] in known else "drawn", str(value))


def test_the_fields_that_are_tried_are_those_that_would_do_harm():
    assert {
        *("id", "asked_by", "asked_by_id", "state", "subscription", "cross_connection_id", "is_superuser", "is_staff"),
        *("is_active", "app_roles", "session_stamp", "tenant_id", "begun_by", "number", "not_after", "sealed_key"),
    } <= columns_as_fields().keys()


@pytest.mark.parametrize("act", ALL, ids=str)
def test_what_a_form_does_not_have_changes_nothing(world: World, act: Act):
    plain, with_more = outcome(act, world, {}), outcome(act, world, columns_as_fields())
    assert plain[0] in {200, 303}
    assert with_more == plain
