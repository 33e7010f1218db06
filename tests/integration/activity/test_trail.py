"""Writing into the trail."""

import json

import pytest
from django.db import transaction
from django.utils import timezone
from structlog.testing import capture_logs

from portal.activity.chain import TrailBroken
from portal.activity.models import Entry, Head
from portal.activity.trail import About, Result, record, record_alone, record_refusal
from portal.actors import THE_CLOCK, Actor, at_terminal
from tests.integration.activity.entries import LOOKED, SWITCH, TURNED, at_a_browser, person, turned
from tests.tampering import break_the_trail, tamper

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_from_where_and_when():
    before = timezone.now()
    details = {"thing": "it", "side": "left"}
    record_alone(TURNED, by=at_a_browser(person()), about=SWITCH, details=details, correlation_id="c-1")
    entry = Entry.objects.get()
    assert before <= entry.at <= timezone.now()
    assert (entry.number, entry.deed, entry.result, entry.correlation_id) == (1, "test.turned", "done", "c-1")
    assert (entry.via, entry.actor_name, entry.address) == ("web", "Lotte de Vries", "10.8.4.17")
    assert (entry.actor_tenant_id, entry.actor_object_id) == (str(person().tenant_id), str(person().object_id))
    assert (entry.object_kind, entry.object_id, entry.object_name) == (SWITCH.kind, SWITCH.id, SWITCH.name)
    assert entry.named_details == details


def test_a_terminal_the_clock_and_nobody_signed_in_have_no_ids():
    for by in (at_terminal(), THE_CLOCK, at_a_browser()):
        record_alone(LOOKED, by=by)
    told = Entry.objects.order_by("number").values_list("via", "actor_name", "actor_object_id", "object_kind")
    assert list(told) == [
        ("command", at_terminal().name, "", ""),
        ("clock", "Crossconnect", "", ""),
        ("web", "", "", ""),
    ]


def test_a_refusal_says_why():
    record_refusal(TURNED, by=at_a_browser(person()), about=SWITCH, reason="The role Operator is needed.")
    entry = Entry.objects.get()
    assert (entry.result, entry.reason) == ("refused", "The role Operator is needed.")


def test_numbers_have_no_gaps_even_where_a_deed_is_taken_back():
    turned("left")
    with transaction.atomic():
        record(TURNED, by=THE_CLOCK)
        transaction.set_rollback(True)
    turned("right")
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_recorded():
    with pytest.raises(RuntimeError, match="transaction of the deed itself"):
        record(TURNED, by=THE_CLOCK)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_alone_cannot_be_taken_back_by_a_transaction_around_it():
    with pytest.raises(RuntimeError), transaction.atomic():
        record_refusal(TURNED, by=THE_CLOCK, reason="No.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activity_head SET seal = 'forged'",
        "UPDATE activity_head SET number = 0, mac = ''",
        "DELETE FROM activity_head",
    ],
)
def test_a_head_that_somebody_else_wrote_is_not_continued(statement: str):
    turned("left")
    tamper(statement)
    with pytest.raises(TrailBroken, match="was tampered with in the database: verify_activity"):
        turned("right")
    assert Entry.objects.count() == 1


def test_a_head_whose_key_is_not_configured_says_where_the_key_belongs(settings):
    turned("left")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret key" * 4
    with pytest.raises(TrailBroken, match="the former key belongs into PORTAL_SECRET_KEY_FALLBACKS"):
        turned("right")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert turned("right")[0].number == 2


def test_a_deed_does_not_happen_when_it_cannot_be_recorded():
    turned("left")
    break_the_trail()

    def rename() -> None:
        with transaction.atomic():
            person().__class__.objects.update(name="Somebody else")
            record(TURNED, by=THE_CLOCK)

    with pytest.raises(TrailBroken):
        rename()
    assert person().name == "Lotte de Vries"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("two\r\nlines", "two lines"),
        ("\x1b[31mred\x00", "\ufffd[31mred\ufffd"),
        ("turned \u202eback", "turned \ufffdback"),
        ("half \ud83d", "half \ufffd"),
        ("Ōsaka 東京 ✓", "Ōsaka 東京 ✓"),
    ],
)
def test_texts_of_others_are_made_harmless(typed: str, kept: str):
    record_alone(TURNED, by=Actor("web", typed), about=About("switch", typed, typed), details={"thing": typed})
    entry = Entry.objects.get()
    assert (entry.actor_name, entry.object_id, entry.object_name) == (kept, kept, kept)
    assert entry.named_details == {"thing": kept}


@pytest.mark.parametrize(("kind", "object_id"), [("switch", ""), ("switch", " \n "), ("", "7"), ("\t", "7")])
def test_half_of_an_object_is_none(kind: str, object_id: str):
    record_alone(TURNED, by=THE_CLOCK, about=About(kind, object_id, "The red one"))
    entry = Entry.objects.get()
    assert (entry.object_kind, entry.object_id, entry.object_name) == ("", "", "")


def test_what_is_too_long_is_cut_and_seen_to_be():
    record_alone(
        TURNED, by=Actor("web", "n" * 9_999, address="a" * 9_999), reason="r" * 9_999, details={"x": "d" * 9_999}
    )
    entry = Entry.objects.get()
    assert [len(text) for text in (entry.actor_name, entry.address, entry.reason)] == [256, 255, 400]
    assert entry.actor_name.endswith("n…")
    assert len(entry.named_details["x"]) == 500


def test_details_are_plain_values():
    record_alone(TURNED, by=THE_CLOCK, details={"n": 3, "yes": True, "none": None, "ratio": 1.5, "result": Result.DONE})
    assert Entry.objects.get().named_details == {"n": 3, "yes": True, "none": None, "ratio": "1.5", "result": "done"}


def test_an_entry_is_a_line_of_the_log_once_it_is_committed(django_capture_on_commit_callbacks):
    with capture_logs() as lines, django_capture_on_commit_callbacks(execute=True):
        (entry,) = turned("left")
        assert lines == []
    (line,) = lines
    assert (line["event"], line["number"], line["mac"]) == ("activity", 1, entry.mac)
    assert (line["deed"], line["result"], line["actor"]) == ("test.turned", "done", "Lotte de Vries")
    assert line["object"] == f"switch:{SWITCH.id}"


def test_a_new_key_continues_what_the_former_one_began(settings):
    (first,) = turned("left")
    settings.PORTAL_ACTIVITY_KEYS = ("k3y-" * 10,)
    (second,) = turned("right")
    assert second.previous_mac == first.mac
    assert second.key_id != first.key_id
    assert Head.objects.get().key_id == second.key_id


def test_the_details_are_sealed_as_they_stand():
    (entry,) = turned("left")
    assert entry.details == json.dumps(entry.named_details, sort_keys=True, separators=(",", ":"))
