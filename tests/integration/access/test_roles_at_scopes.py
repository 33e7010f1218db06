"""The one question, asked of app roles and of assignments at every kind of scope."""

import pytest
from django.db import IntegrityError

from portal.access.access import Access, reach_of, require
from portal.access.permissions import NotAllowed, Permission
from portal.access.roles import Role
from portal.access.scopes import EVERYTHING, Scope
from portal.actors import THE_CLOCK, WEB, Actor, at_terminal
from tests.people import NOC, given, person

pytestmark = pytest.mark.django_db

AMSTERDAM, FRANKFURT = Scope("peering-location", "amsterdam"), Scope("peering-location", "frankfurt")
NORTHLINK = Scope("subscription", "6f1c0e5b-0000-4000-8000-000000000001")
IN_AMSTERDAM, IN_FRANKFURT = frozenset({AMSTERDAM, NORTHLINK}), frozenset({FRANKFURT})


def test_an_app_role_holds_everywhere():
    access = Access(person("Lotte", "Portal.Support"))
    assert access.may(Permission.SETTLE, at=IN_AMSTERDAM)
    assert access.reach(Permission.SETTLE).everything


def test_a_role_at_a_peering_location_holds_there_alone():
    somebody = person()
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Amsterdam")
    access = Access(somebody)
    assert access.may(Permission.SETTLE, at=IN_AMSTERDAM)
    assert not access.may(Permission.SETTLE, at=IN_FRANKFURT)
    assert access.may(Permission.SETTLE)


def test_a_role_at_a_subscription_holds_for_all_that_is_in_it():
    somebody = person()
    given(Role.VIEWER, to=somebody, kind="subscription", where=NORTHLINK.id)
    assert Access(somebody).may(Permission.VIEW, at=IN_AMSTERDAM)
    assert not Access(somebody).may(Permission.VIEW, at=IN_FRANKFURT)


def test_the_highest_role_that_covers_an_object_counts():
    somebody = person("Lotte", "Portal.Viewer")
    given(Role.SUPPORT, to=somebody, kind="subscription", where=NORTHLINK.id)
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Amsterdam")
    access = Access(somebody)
    assert access.role_at(IN_AMSTERDAM) is Role.SUPPORT
    assert access.role_at(IN_FRANKFURT) is Role.VIEWER


def test_a_role_of_a_group_is_had_by_whoever_is_in_it():
    given(Role.OPERATOR, to=NOC)
    assert Access(person(groups=[NOC])).highest_role is Role.OPERATOR
    assert Access(person(groups=[])).highest_role is None


def test_the_object_id_of_a_person_is_not_taken_for_that_of_a_group():
    given(Role.OPERATOR, to=NOC)
    assert Access(person(object_id=NOC)).highest_role is None


def test_a_group_whose_id_is_a_persons_gives_them_nothing():
    somebody = person()
    given(Role.OPERATOR, to=somebody)
    assert Access(person("Sam", groups=[str(somebody.object_id)])).highest_role is None


def test_a_role_that_was_ended_is_felt_at_once():
    somebody = person()
    assignment = given(Role.VIEWER, to=somebody)
    assert Access(somebody).may(Permission.VIEW)
    assignment.ended_at = assignment.added_at
    assignment.save()
    assert not Access(somebody).may(Permission.VIEW)


def test_an_administrator_of_a_part_manages_no_access_and_sees_nobody_elses_deeds():
    somebody = person()
    given(Role.ADMINISTRATOR, to=somebody, kind="peering-location", where="Amsterdam")
    access = Access(somebody)
    assert access.may(Permission.SETTLE, at=IN_AMSTERDAM)
    assert not access.may(Permission.MANAGE_ACCESS)
    assert not access.may(Permission.SEE_ACTIVITY)
    assert access.may(Permission.SEE_OWN_ACTIVITY)


def test_who_is_deactivated_may_nothing():
    somebody = person("Lotte", "Portal.Administrator", is_active=False)
    given(Role.ADMINISTRATOR, to=somebody)
    assert not any(Access(somebody).may(permission) for permission in Permission)


def test_the_refusal_names_what_is_needed_and_what_is_held_there():
    somebody = person("Lotte", "Portal.Viewer")
    with pytest.raises(NotAllowed) as refusal:
        require(Actor(WEB, somebody.name, somebody), Permission.SETTLE, at=IN_AMSTERDAM)
    assert (refusal.value.permission, refusal.value.held) == (Permission.SETTLE, Role.VIEWER)


def test_the_clock_and_the_terminal_may_everything_and_an_anonymous_browser_nothing():
    for actor in (THE_CLOCK, at_terminal()):
        require(actor, Permission.MANAGE_ACCESS)
        assert reach_of(actor, Permission.VIEW).everything
    with pytest.raises(NotAllowed):
        require(Actor(WEB, ""), Permission.VIEW)
    assert not reach_of(Actor(WEB, ""), Permission.VIEW)


def test_the_same_role_at_the_same_scope_is_given_once():
    given(Role.VIEWER, to=NOC, kind=EVERYTHING)
    with pytest.raises(IntegrityError):
        given(Role.VIEWER, to=NOC, kind=EVERYTHING)
