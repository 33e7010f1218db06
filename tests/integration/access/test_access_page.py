"""Administrators see who has which role where, give and take back, and ask why."""

import uuid

import pytest
from django.test import Client

from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import NOC, given, person, signed_in_as

pytestmark = pytest.mark.django_db

PAGE = "/settings/access/"
FIELDS = {
    "principal_kind": "group",
    "principal_id": NOC,
    "principal_name": "NOC EMEA",
    "role": "2",
    "scope": "peering-location:amsterdam",
}


@pytest.fixture
def administrator() -> User:
    return person("Priya Raman", "Portal.Administrator")


@pytest.fixture
def browser(administrator: User) -> Client:
    cross_connection(enlisted("Northlink production"), KEY)
    return signed_in_as(administrator)


def shown(browser: Client, address: str = PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_role_that_is_given_is_listed_and_holds(browser: Client):
    assert browser.post(PAGE, FIELDS).status_code == 303
    page = shown(browser)
    assert "NOC EMEA" in page
    assert NOC in page
    member = signed_in_as(person("Jonas Lindqvist", groups=[NOC]))
    assert member.get(f"/cross-connections/{KEY}/").status_code == 200
    given_by = RoleAssignment.objects.get()
    assert (given_by.scope_name, given_by.added_by) == ("Amsterdam", "Priya Raman")


def test_the_scopes_offered_are_those_the_portal_knows(browser: Client):
    page = shown(browser)
    assert 'value="everything:"' in page
    assert 'value="peering-location:amsterdam">Amsterdam' in page
    assert "Northlink production</option>" in page


def test_a_person_who_has_signed_in_needs_no_name(browser: Client):
    jonas = person("Jonas Lindqvist")
    fields = FIELDS | {
        "principal_kind": "user",
        "principal_id": f" {str(jonas.object_id).upper()} ",
        "principal_name": "",
    }
    assert browser.post(PAGE, fields).status_code == 303
    assert RoleAssignment.objects.get().principal_name == "Jonas Lindqvist"
    assert signed_in_as(jonas).get(f"/cross-connections/{KEY}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"principal_id": "NOC EMEA"}, "An object id is a GUID"),
        ({"principal_id": ""}, "This field is required"),
        ({"principal_name": ""}, "Say what you call the group"),
        ({"principal_name": "\u200b \u202e"}, "Say what you call the group"),
        ({"principal_kind": "user", "principal_name": ""}, "Nobody of that id has signed in"),
        ({"scope": ""}, "Choose where the role is to hold"),
        ({"principal_kind": "app"}, "is not one of the available choices"),
        ({"role": "9"}, "is not one of the available choices"),
        ({"scope": "peering-location:atlantis"}, "is not one of the available choices"),
        ({"principal_name": "n" * 257}, "at most 256 characters"),
        ({"principal_id": "a\0b"}, "Null characters are not allowed"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(browser: Client, wrong: dict[str, str], sentence: str):
    answer = browser.post(PAGE, FIELDS | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    kept = (FIELDS | wrong)["principal_name"]
    assert f'value="{kept}"' in page or not kept.strip()
    assert not RoleAssignment.objects.exists()


def test_the_same_role_twice_is_said_so(browser: Client):
    browser.post(PAGE, FIELDS)
    answer = browser.post(PAGE, FIELDS)
    assert answer.status_code == 422
    assert "They have this role there already" in answer.content.decode()


def test_fields_that_the_form_does_not_have_change_nothing(browser: Client):
    extra = {"added_by": "somebody", "ended_at": "2020-01-01", "id": "7", "scope_name": "everything", "is_active": "0"}
    browser.post(PAGE, FIELDS | extra)
    one = RoleAssignment.objects.get()
    assert (one.added_by, one.ended_at, one.scope_name) == ("Priya Raman", None, "Amsterdam")


def test_a_role_that_is_ended_is_gone_at_the_next_page_and_stays_on_record(browser: Client):
    jonas = person("Jonas Lindqvist")
    one = given(Role.VIEWER, to=jonas)
    theirs = signed_in_as(jonas)
    assert theirs.get("/cross-connections/").status_code == 200
    assert browser.post(f"{PAGE}assignments/{one.pk}/end/").status_code == 303
    assert theirs.get("/cross-connections/").status_code == 403
    one.refresh_from_db()
    assert (one.ended_by, one.ended_at is not None) == ("Priya Raman", True)
    assert browser.post(f"{PAGE}assignments/{one.pk}/end/").status_code == 303


def test_nobody_ends_what_lets_themselves_manage_access(db):
    somebody = person("Priya Raman")
    one = given(Role.ADMINISTRATOR, to=somebody)
    answer = signed_in_as(somebody).post(f"{PAGE}assignments/{one.pk}/end/")
    assert answer.status_code == 409
    assert "You would lose this page yourself" in answer.content.decode()
    assert RoleAssignment.objects.filter(ended_at=None).exists()


def test_ending_sessions_is_felt_at_the_next_request(browser: Client):
    jonas = person("Jonas Lindqvist", "Portal.Support")
    theirs = signed_in_as(jonas)
    assert theirs.get("/cross-connections/").status_code == 200
    assert browser.post(f"{PAGE}people/{jonas.pk}/", {"do": "end-sessions"}).status_code == 303
    assert theirs.get("/cross-connections/").status_code == 302


def test_who_is_deactivated_is_out_until_let_in_again(browser: Client):
    jonas = person("Jonas Lindqvist", "Portal.Support")
    theirs = signed_in_as(jonas)
    browser.post(f"{PAGE}people/{jonas.pk}/", {"do": "deactivate"})
    assert theirs.get("/cross-connections/").status_code == 302
    assert "Deactivated" in shown(browser)
    browser.post(f"{PAGE}people/{jonas.pk}/", {"do": "activate"})
    jonas.refresh_from_db()
    assert jonas.is_active


def test_nobody_deactivates_themselves(browser: Client, administrator: User):
    answer = browser.post(f"{PAGE}people/{administrator.pk}/", {"do": "deactivate"})
    assert answer.status_code == 409
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_word_that_is_none_does_nothing(browser: Client):
    jonas = person("Jonas Lindqvist", "Portal.Support")
    assert browser.post(f"{PAGE}people/{jonas.pk}/", {"do": "delete"}).status_code == 303
    before = jonas.session_stamp
    jonas.refresh_from_db()
    assert (jonas.is_active, jonas.session_stamp) == (True, before)


def test_people_are_shown_with_their_roles_and_found_by_name(browser: Client):
    jonas = person("Jonas Lindqvist", "Portal.Support", groups=[NOC])
    given(Role.OPERATOR, to=NOC, kind="peering-location", where="Amsterdam")
    person("Chiara Moretti", has_groups_overage=True)
    page = shown(browser)
    assert "Support everywhere" in page
    assert "Operator in Amsterdam" in page
    assert "Too many for a token: none was told" in page
    assert "Chiara" not in shown(browser, f"{PAGE}?q={jonas.username.upper()}")


def ask(browser: Client, who: str, what: str = KEY) -> str:
    return shown(browser, f"{PAGE}?person={who}&object={what}")


def test_why_somebody_may_is_answered_with_the_role_the_scope_and_its_source(browser: Client):
    jonas = person("Jonas Lindqvist", "Portal.Viewer", groups=[NOC])
    given(Role.SUPPORT, to=NOC, kind="peering-location", where="Amsterdam")
    answer = ask(browser, jonas.username)
    assert "Amsterdam, Northlink production" in answer
    assert "May see cross connections" in answer
    assert "Viewer everywhere, through the app role Portal.Viewer" in answer
    assert "May say that something is dealt with" in answer
    assert "Support in Amsterdam, through the group NOC EMEA" in answer


def test_why_somebody_may_not_is_answered_with_what_it_takes_and_what_they_hold_there(browser: Client):
    sam = person("Sam Ortiz")
    given(Role.SUPPORT, to=sam, kind="peering-location", where="Frankfurt")
    assert "Takes Viewer; no role is held" in ask(browser, "sam ortiz")
    given(Role.VIEWER, to=sam)
    answer = ask(browser, str(sam.object_id))
    assert "May not say that something is dealt with" in answer
    assert "Takes Support; Viewer is held" in answer


def test_the_answer_is_that_of_the_one_question(browser: Client):
    jonas = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=jonas, kind="peering-location", where="Amsterdam")
    assert "May say that something is dealt with" in ask(browser, jonas.name)
    assert signed_in_as(jonas).post(f"/cross-connections/{KEY}/attention/", {"kind": "edited"}).status_code == 303


@pytest.mark.parametrize(
    ("who", "what", "sentence"),
    [
        ("nobody", KEY, "Nobody of that name or account has signed in yet"),
        ("Priya Raman", "not-there", "There is none by that name"),
        ("Sam Ortiz", KEY, "Several people have that name"),
    ],
)
def test_a_question_about_nobody_or_nothing_says_so(browser: Client, who: str, what: str, sentence: str):
    person("Sam Ortiz")
    person("Sam Ortiz", username="sam2", object_id=uuid.uuid4())
    assert sentence in ask(browser, who, what)


def test_the_page_costs_the_same_queries_however_many_people_there_are(browser: Client, django_assert_num_queries):
    for number in range(12):
        given(Role.VIEWER, to=person(f"Person {number}"))
    with django_assert_num_queries(7):  # session, person, roles; assignments, people; subscriptions, locations
        shown(browser)


@pytest.mark.parametrize("app_role", ["Portal.Viewer", "Portal.Support", "Portal.Operator"])
def test_the_page_is_for_administrators(db, app_role: str):
    answer = signed_in_as(person("Jonas", app_role)).get(PAGE)
    assert answer.status_code == 403
    assert "Administrator" in answer.content.decode()
    assert ">Access<" not in answer.content.decode()


def test_an_administrator_of_a_part_is_told_that_it_takes_the_role_everywhere(db):
    somebody = person("Priya")
    given(Role.ADMINISTRATOR, to=somebody, kind="peering-location", where="Amsterdam")
    page = signed_in_as(somebody).get(PAGE).content.decode()
    assert "Administrator everywhere" in page
    assert "Administrator in Amsterdam" in page


def test_the_groups_of_people_who_have_signed_in_are_offered_by_name_or_member(browser: Client):
    other = str(uuid.UUID(int=5))
    person("Farah Haddad", groups=[NOC, other])
    given(Role.VIEWER, to=NOC)
    page = shown(browser)
    assert f'<option value="{NOC}">NOC EMEA</option>' in page
    assert f'<option value="{other}">a group of Farah Haddad</option>' in page


def test_a_person_cannot_be_given_a_role_under_somebody_elses_name(browser: Client):
    farah = person("Farah Haddad")
    browser.post(
        PAGE, FIELDS | {"principal_kind": "user", "principal_id": str(farah.object_id), "principal_name": "Sam"}
    )
    assert RoleAssignment.objects.get().principal_name == "Farah Haddad"


def test_a_person_is_no_group_and_a_group_no_person(browser: Client):
    farah = person("Farah Haddad", groups=[NOC])
    as_group = browser.post(PAGE, FIELDS | {"principal_id": str(farah.object_id)})
    assert "That is the object id of Farah Haddad: choose Person" in as_group.content.decode()
    as_person = browser.post(PAGE, FIELDS | {"principal_kind": "user"})
    assert "That is the object id of a group: choose Group" in as_person.content.decode()
    assert not RoleAssignment.objects.exists()


def test_where_a_role_holds_is_never_chosen_by_oversight(browser: Client):
    assert '<option value="" selected>Choose where</option>' in shown(browser)


def test_a_form_that_is_sent_after_the_session_has_ended_stays_as_it_was_typed(browser: Client, administrator: User):
    User.objects.filter(pk=administrator.pk).update(session_stamp=uuid.uuid4())
    answer = browser.post(PAGE, FIELDS, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")
    assert not RoleAssignment.objects.exists()
