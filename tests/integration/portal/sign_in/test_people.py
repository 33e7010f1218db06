"""Who somebody is and what they may: as the latest token has it, word for word, and nothing by guess."""

from typing import Any

import pytest

from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import LIST, Browser, operator, person_with
from tests.sandbox_process import SandboxProcess

OF_GROUPS, OF_TOO_MANY = "Farah Haddad", "Chiara Moretti"
OVERAGE = "more groups than a token can carry"


def person(azure: SandboxProcess, name: str) -> dict[str, Any]:
    return next(one for one in azure.manifest["people"] if one["name"] == name)


def give_role_to_group_of(azure: SandboxProcess, name: str) -> None:
    RoleAssignment.objects.create(
        principal_kind=RoleAssignment.Principal.GROUP,
        principal_id=person(azure, name)["groups"][0],
        principal_name="noc-emea",
        role=Role.VIEWER,
        scope_kind="everything",
        scope_name="everything",
        added_by="Priya Raman",
    )


@pytest.mark.rule(13)
def test_the_person_is_known_by_tenant_and_object_id(browser, azure):
    browser.sign_in(operator(azure))
    Browser().sign_in(operator(azure))
    user = User.objects.get()
    assert str(user.tenant_id) == azure.manifest["tenant_id"]
    assert (user.name, user.app_roles) == (operator(azure), ["Portal.Operator"])


@pytest.mark.rule(13)
def test_somebody_with_the_same_address_is_another_person(lotte, azure):
    azure.behave(id_token="another_object_id")
    Browser().sign_in(operator(azure))
    one, other = User.objects.order_by("pk")
    assert one.username == other.username
    assert one.object_id != other.object_id


@pytest.mark.rule(13)
def test_the_same_object_id_in_another_tenant_is_refused(lotte, azure):
    azure.behave(id_token="wrong_tenant")
    stranger = Browser()
    assert stranger.sign_in(operator(azure)).status_code == 400
    assert not stranger.is_signed_in
    assert User.objects.count() == 1


@pytest.mark.rule(13)
def test_a_new_name_is_the_same_person(lotte, azure):
    User.objects.update(name="Charlotte", username="charlotte@northlink.example")
    lotte.sign_in(operator(azure))
    assert User.objects.get().name == operator(azure)


@pytest.mark.rule(14)
@pytest.mark.parametrize("told", ["no_roles", "odd_roles", "roles_as_text"])
def test_a_role_that_is_gone_from_the_token_is_gone_at_the_next_sign_in(browser, azure, told: str):
    browser.sign_in(person_with(azure, "Portal.Administrator"))
    assert browser.status_of_list() == 200
    azure.behave(id_token=told)
    browser.sign_in(person_with(azure, "Portal.Administrator"))
    assert browser.status_of_list() == 403


@pytest.mark.rule(14)
def test_unknown_roles_and_the_wrong_case_mean_nothing(browser, azure):
    azure.behave(id_token="odd_roles")
    browser.sign_in(person_with(azure, "Portal.Administrator"))
    assert "portal.administrator" in User.objects.get().app_roles
    assert browser.status_of_list() == 403


@pytest.mark.rule(14)
def test_who_has_no_role_gets_the_no_access_page_and_the_way_out_and_nothing_else(browser, azure):
    browser.sign_in(person_with(azure))
    for path in (LIST, "/cross-connections.json", "/cross-connections/export.csv", "/communities/"):
        answer = browser.portal.get(path)
        assert answer.status_code == 403, path
        assert 'action="/sign-out/"' in answer.content.decode(), path
    assert browser.portal.post(f"{LIST}sync/").status_code == 403


@pytest.mark.rule(14)
def test_nobody_is_staff_or_superuser_whatever_a_token_says(browser, azure):
    azure.behave(id_token="odd_roles")
    browser.sign_in(operator(azure))
    fields = {field.name for field in User._meta.get_fields()}
    assert not {"is_staff", "is_superuser", "user_permissions", "password"} & fields
    user = User.objects.get()
    assert not hasattr(user, "is_staff")
    assert not hasattr(user, "is_superuser")


@pytest.mark.rule(14)
@pytest.mark.parametrize("told", ["no_groups", "groups_by_name"])
def test_a_group_that_is_gone_from_the_token_gives_no_role_any_more(browser, azure, told: str):
    give_role_to_group_of(azure, OF_GROUPS)
    browser.sign_in(OF_GROUPS)
    assert browser.status_of_list() == 200
    azure.behave(id_token=told)
    browser.sign_in(OF_GROUPS)
    assert browser.status_of_list() == 403
    assert User.objects.get().groups == []


@pytest.mark.rule(17)
def test_too_many_groups_are_none(browser, azure):
    give_role_to_group_of(azure, OF_TOO_MANY)
    browser.sign_in(OF_TOO_MANY)
    assert browser.status_of_list() == 403
    assert User.objects.get().groups == []


@pytest.mark.rule(17)
def test_groups_that_are_only_counted_are_none_and_what_they_gave_is_gone(browser, azure):
    give_role_to_group_of(azure, OF_GROUPS)
    browser.sign_in(OF_GROUPS)
    azure.behave(id_token="hasgroups")
    browser.sign_in(OF_GROUPS)
    assert browser.status_of_list() == 403


@pytest.mark.rule(17)
def test_nobody_is_asked_where_the_token_points_to(browser, azure):
    before = max(one["number"] for one in azure.requests())
    browser.sign_in(OF_TOO_MANY)
    assert not [one for one in azure.requests(after=before) if "getMemberObjects" in one["path"]]


@pytest.mark.rule(17)
@pytest.mark.parametrize("told", ["good", "hasgroups"])
def test_the_page_says_that_the_groups_were_not_told_and_what_to_do(browser, azure, told: str):
    azure.behave(id_token=told)
    browser.sign_in(OF_TOO_MANY if told == "good" else OF_GROUPS)
    page = browser.portal.get(LIST).content.decode()
    assert OVERAGE in page
    assert "Groups assigned to the application" in page


@pytest.mark.rule(17)
def test_nobody_else_is_told_so(browser, azure):
    browser.sign_in(OF_GROUPS)
    assert OVERAGE not in browser.portal.get(LIST).content.decode()


def test_a_name_is_text_wherever_it_stands(browser, azure):
    azure.behave(id_token="markup_in_names")
    browser.sign_in(operator(azure))
    for path in (LIST, "/nothing/here"):
        page = browser.portal.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.rule(17)
def test_a_role_too_low_says_so_as_well(browser, azure):
    browser.sign_in(OF_TOO_MANY)
    User.objects.update(app_roles=["Portal.Viewer"])
    page = browser.portal.post(f"{LIST}00000000-0000-4000-8000-000000000000/attention/").content.decode()
    assert "Your role does not allow this" in page
    assert OVERAGE in page
