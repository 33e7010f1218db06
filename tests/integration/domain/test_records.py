"""Keeping the records of customers: one at a time, and by a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.record_sheet import Line
from crossconnections.services.record_imports import (
    ANOTHER,
    MOVED,
    NO_ROLE,
    NOT_FOUND,
    Order,
    Outcome,
    apply_import,
    plan_import,
)
from crossconnections.services.records import RecordMoved, save_record
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.activity.models import Entry
from portal.actors import WEB, Actor
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import given, person

pytestmark = pytest.mark.django_db
OTHER = "6b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def jonas() -> Actor:
    return actor(Role.SUPPORT)


def actor(role: Role, where: str = "Amsterdam") -> Actor:
    somebody = person("Jonas Lindqvist")
    given(role, to=somebody, kind="peering-location", where=where)
    return Actor(WEB, somebody.name, somebody)


def entries() -> list[tuple[str, str]]:
    return [(one.deed, one.details) for one in Entry.objects.order_by("number")]


def test_what_is_kept_has_a_version_a_time_and_somebody_who_wrote_it(row: CrossConnection, jonas: Actor):
    save_record(row=row, fields={"customer": "Contoso", "known_macs": ["aabb.cc00.1122"]}, seen_version=0, by=jonas)
    kept = CustomerRecord.objects.get(pk=row.pk)
    assert (kept.customer, kept.known_macs, kept.version, kept.changed_by) == (
        "Contoso", ["aabb.cc00.1122"], 1, jonas.user,
    )  # fmt: skip


def test_the_trail_tells_which_fields_and_nothing_of_what_they_say(row: CrossConnection, jonas: Actor):
    fields = {"customer": "Contoso", "contacts": "Anna Weber, +49 69 1234567", "internal_notes": "Cage 14"}
    save_record(row=row, fields=fields, seen_version=0, by=jonas)
    ((deed, details),) = entries()
    assert deed == "record.kept"
    assert "customer, contacts, notes" in details
    assert not [told for told in fields.values() if told in details]


def test_what_is_so_already_is_no_deed_whatever_version_was_seen(row: CrossConnection, jonas: Actor):
    for _ in range(2):
        save_record(row=row, fields={"customer": "Contoso"}, seen_version=0, by=jonas)
    assert len(entries()) == 1
    assert CustomerRecord.objects.get(pk=row.pk).version == 1


def test_nothing_to_keep_makes_no_record(row: CrossConnection, jonas: Actor):
    assert save_record(row=row, fields={"customer": "", "planned_on": None}, seen_version=0, by=jonas) is None
    assert not CustomerRecord.objects.exists()


def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(row: CrossConnection, jonas: Actor):
    save_record(row=row, fields={"customer": "Contoso"}, seen_version=0, by=jonas)
    with pytest.raises(RecordMoved) as moved:
        save_record(row=row, fields={"reference": "NL-1"}, seen_version=0, by=jonas)
    assert moved.value.record.customer == "Contoso"
    assert CustomerRecord.objects.get(pk=row.pk).reference == ""


def test_a_field_that_is_not_named_stays(row: CrossConnection, jonas: Actor):
    save_record(row=row, fields={"customer": "Contoso", "reference": "NL-1"}, seen_version=0, by=jonas)
    save_record(row=row, fields={"customer": "Contoso Rail"}, seen_version=1, by=jonas)
    assert CustomerRecord.objects.get(pk=row.pk).reference == "NL-1"


def test_the_record_of_one_that_is_gone_is_kept_and_can_be_edited(row: CrossConnection, jonas: Actor):
    save_record(row=row, fields={"customer": "Contoso"}, seen_version=0, by=jonas)
    CrossConnection.objects.update(gone_at=timezone.now())
    save_record(row=row, fields={"customer": "Contoso Rail"}, seen_version=1, by=jonas)
    assert CustomerRecord.objects.get(pk=row.pk).customer == "Contoso Rail"


def test_a_viewer_keeps_nothing(row: CrossConnection):
    with pytest.raises(NotAllowed):
        save_record(row=row, fields={"customer": "Contoso"}, seen_version=0, by=actor(Role.VIEWER))
    assert not CustomerRecord.objects.exists()


def test_a_plan_tells_of_each_line_what_it_would_do_and_does_nothing(row: CrossConnection, jonas: Actor):
    other = cross_connection(row.subscription, OTHER)
    save_record(row=other, fields={"customer": "Fabrikam", "reference": "NL-2"}, seen_version=0, by=jonas)
    before = list(CustomerRecord.objects.values())
    lines = [Line(2, KEY, {"customer": "A"}), Line(3, OTHER, {"customer": "B", "reference": "NL-2"})]
    new, changed = plan_import(lines, by=jonas)
    (same,) = plan_import([Line(2, OTHER, {"customer": "Fabrikam"})], by=jonas)
    assert (new.is_new, new.before, new.after) == (True, {"customer": ""}, {"customer": "A"})
    assert (changed.is_new, changed.before, changed.after) == (False, {"customer": "Fabrikam"}, {"customer": "B"})
    assert (same.after, same.wrong) == ({}, ())
    assert list(CustomerRecord.objects.values()) == before


def test_a_line_of_elsewhere_is_refused_with_the_sentence_of_one_that_nobody_knows(row: CrossConnection):
    by = actor(Role.SUPPORT, where="Frankfurt")
    elsewhere, unknown = plan_import([Line(2, KEY, {"customer": "A"}), Line(3, OTHER, {"customer": "A"})], by=by)
    assert elsewhere.wrong == unknown.wrong == (NOT_FOUND,)


def test_where_somebody_may_only_look_the_line_says_so(row: CrossConnection):
    (refused,) = plan_import([Line(2, KEY, {"customer": "A"})], by=actor(Role.VIEWER))
    assert refused.wrong == (NO_ROLE,)
    assert refused.row is None


def test_what_was_shown_is_kept_and_each_record_and_the_import_are_on_record(row: CrossConnection, jonas: Actor):
    other = cross_connection(row.subscription, OTHER)
    orders = [Order(KEY, row.pk, 0, {"customer": "A"}), Order(OTHER, other.pk, 0, {"customer": "B"})]
    assert apply_import(orders, by=jonas) == Outcome(2, {})
    assert set(CustomerRecord.objects.values_list("customer", flat=True)) == {"A", "B"}
    assert [deed for deed, _ in entries()] == ["record.kept", "record.kept", "records.imported"]


def test_what_changed_since_is_left_out_and_told_and_the_rest_is_kept(row: CrossConnection, jonas: Actor):
    other = cross_connection(row.subscription, OTHER)
    save_record(row=row, fields={"customer": "Somebody else's word"}, seen_version=0, by=jonas)
    orders = [Order(KEY, row.pk, 0, {"customer": "A"}), Order(OTHER, other.pk, 0, {"customer": "B"})]
    assert apply_import(orders, by=jonas) == Outcome(1, {KEY: MOVED})
    assert CustomerRecord.objects.get(pk=row.pk).customer == "Somebody else's word"


def test_a_role_that_was_lost_and_a_circuit_that_was_made_anew_are_left_out(row: CrossConnection, jonas: Actor):
    cross_connection(row.subscription, OTHER, peering_location="Frankfurt")
    orders = [Order(KEY, row.pk + 99, 0, {"customer": "A"}), Order(OTHER, 1, 0, {"customer": "B"})]
    assert apply_import(orders, by=jonas).left_out == {KEY: ANOTHER, OTHER: NOT_FOUND}
    assert not CustomerRecord.objects.exists()
    assert entries() == []


def test_a_plan_of_many_lines_takes_as_many_queries_as_of_one(row: CrossConnection, jonas: Actor):
    keys = [cross_connection(row.subscription).service_key for _ in range(20)]
    counts = []
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as queries:
            plan_import([Line(number, key, {"customer": "A"}) for number, key in enumerate(some, 2)], by=jonas)
        counts.append(len(queries))
    assert counts[0] == counts[1]
