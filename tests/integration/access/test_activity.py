"""What is done to access, and what people were not let do, is on record; and nothing is done that cannot be."""

import pytest
import time_machine
from django.test import Client

from crossconnections.models import Attention
from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import NOC, given, person, signed_in_as
from tests.tampering import break_the_trail
from tests.told import Told, told

pytestmark = pytest.mark.django_db

PAGE = "/settings/access/"
GIVE = {"principal_kind": "group", "principal_id": NOC, "principal_name": "NOC EMEA", "role": "2"}


@pytest.fixture
def priya() -> Client:
    cross_connection(enlisted("Northlink production"), KEY)
    return signed_in_as(person("Priya Raman", "Portal.Administrator"))


@pytest.fixture
def jonas() -> User:
    return person("Jonas Lindqvist", "Portal.Viewer")


def test_giving_a_role_and_ending_it(priya: Client):
    priya.post(PAGE, GIVE | {"scope": "peering-location:amsterdam"})
    assignment = RoleAssignment.objects.get()
    for _ in range(2):  # the second ends nothing
        priya.post(f"{PAGE}assignments/{assignment.pk}/end/")
    assert told() == [
        Told("Priya Raman", "Gave NOC EMEA the role Support, in Amsterdam", "group NOC EMEA"),
        Told("Priya Raman", "Ended the role Support of NOC EMEA, in Amsterdam", "group NOC EMEA"),
    ]
    assert {one.object_id for one in Entry.objects.all()} == {NOC}


def test_what_is_done_to_a_person(priya: Client, jonas: User):
    for do in ("end-sessions", "deactivate", "deactivate", "activate", "activate"):  # the second time is no deed
        priya.post(f"{PAGE}people/{jonas.pk}/", {"do": do})
    assert told() == [
        Told("Priya Raman", what, "person Jonas Lindqvist")
        for what in (
            "Ended the sessions of Jonas Lindqvist",
            "Deactivated Jonas Lindqvist",
            "Let Jonas Lindqvist in again",
        )
    ]


def test_what_the_form_refuses_is_no_deed(priya: Client):
    priya.post(PAGE, GIVE | {"scope": "peering-location:atlantis"})
    priya.post(f"{PAGE}people/999/", {"do": "end-sessions"})
    assert told() == []


def test_nothing_is_done_to_access_unrecorded(priya: Client, jonas: User):
    assignment = given(Role.VIEWER, to=jonas)
    priya.raise_request_exception = False
    priya.get("/cross-connections/export.csv").getvalue()
    break_the_trail()
    before = (jonas.session_stamp, jonas.is_active)
    for address, fields in {
        PAGE: GIVE | {"scope": "everything:"},
        f"{PAGE}assignments/{assignment.pk}/end/": {},
        f"{PAGE}people/{jonas.pk}/": {"do": "deactivate"},
    }.items():
        assert priya.post(address, fields).status_code == 503, address
    jonas.refresh_from_db()
    assert (jonas.session_stamp, jonas.is_active) == before
    assert [one.pk for one in RoleAssignment.objects.filter(ended_at=None)] == [assignment.pk]


def test_a_role_too_low_is_on_record_with_what_it_takes(jonas: User):
    signed_in_as(jonas).get(PAGE)
    (entry,) = told()
    assert entry == Told(
        "Jonas Lindqvist",
        "Tried to manage who has which role where",
        "",
        "refused",
        "Takes Administrator everywhere; Viewer is held everywhere",
    )
    assert Entry.objects.get().named_details["path"] == PAGE


def test_somebody_without_any_role_is_on_record(db):
    signed_in_as(person("Tomasz Kowalczyk")).get("/cross-connections/")
    assert told() == [
        Told("Tomasz Kowalczyk", "Tried to see cross connections", "", "refused", "Takes Viewer; no role is held")
    ]


def test_what_is_out_of_sight_is_on_record_as_what_is_not_there(priya: Client):
    support = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=support, kind="peering-location", where="Frankfurt")
    missing = "9" + KEY[1:]
    for key in (KEY, missing):
        signed_in_as(support).post(f"/cross-connections/{key}/attention/", {"kind": "edited"})
    words = "Tried to say that something is dealt with"
    reason = "It is not there, or outside of where their role holds."
    assert told() == [
        Told("Jonas Lindqvist", words, f"cross-connection {key}", "refused", reason) for key in (KEY, missing)
    ]


def test_who_sees_everything_and_mistypes_a_key_is_not(jonas: User):
    assert signed_in_as(jonas).get(f"/cross-connections/{KEY}/").status_code == 404
    assert told() == []


def test_the_page_of_an_object_does_not_tell_who_was_not_let_near_it(priya: Client):
    support = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=support, kind="peering-location", where="Frankfurt")
    signed_in_as(support).get(f"/cross-connections/{KEY}/")
    assert "Jonas" not in priya.get(f"/cross-connections/{KEY}/").content.decode()
    assert "Jonas" in priya.get(f"/activity/?object=cross-connection:{KEY}").content.decode()


def test_a_refusal_stands_where_the_trail_is_broken(priya: Client, jonas: User):
    priya.get("/cross-connections/export.csv").getvalue()
    break_the_trail()
    assert signed_in_as(jonas).get(PAGE).status_code == 403
    assert not Attention.objects.exists()


def test_of_refusals_without_end_the_trail_keeps_thirty_a_minute(jonas: User, caplog):
    browser = signed_in_as(jonas)
    with time_machine.travel("2026-11-25 12:00:05Z", tick=False):
        signed_in_as(jonas, browser)
        assert {browser.get(PAGE).status_code for _ in range(35)} == {403}
        assert Entry.objects.count() == 30
    assert caplog.text.count("refused_too_often_to_record") == 5


def test_an_export_of_somebody_who_sees_a_part_says_of_what(priya: Client):
    support = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=support, kind="peering-location", where="Amsterdam")
    signed_in_as(support).get("/cross-connections/export.csv?q=er").getvalue()
    assert Entry.objects.get().named_details == {"filters": "q=er", "of": "Amsterdam"}
