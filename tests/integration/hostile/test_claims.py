"""What Entra ID tells of a person who has taken a name that no page, log or database should take as it is."""

import json

import pytest

from portal.accounts import entra
from portal.accounts.models import User
from tests.integration.hostile.fuzzing import logged_lines
from tests.integration.hostile.judging import CONTROL, TURNS
from tests.integration.portal.sign_in.browser import Browser, operator, person_with
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_authority_not_met_yet():
    entra._discovered.cache_clear()
    yield
    entra._discovered.cache_clear()


@pytest.fixture
def hostile(azure: SandboxProcess) -> SandboxProcess:
    azure.behave(id_token="hostile_claims")
    return azure


def test_a_person_of_hostile_claims_is_signed_in_by_what_is_left_of_them(hostile: SandboxProcess):
    browser = Browser()
    with logged_lines() as log:
        assert browser.sign_in(operator(hostile), "/cross-connections/").status_code == 302
        page = browser.portal.get("/cross-connections/").content.decode()
    assert "<script>alert" not in page
    user = User.objects.get()
    for text in (user.name, user.username, json.dumps(user.app_roles + user.groups, ensure_ascii=False)):
        assert not CONTROL.search(text)
        assert not TURNS.search(text)
    assert len(user.name) <= 256
    assert user.app_roles == ["Portal.Operator"]
    lines = log.getvalue().splitlines()
    assert all(isinstance(json.loads(line), dict) and not CONTROL.search(line) for line in lines)


def test_hostile_claims_give_no_role_to_who_has_none(hostile: SandboxProcess):
    browser = Browser()
    browser.sign_in(person_with(hostile), "/cross-connections/")
    assert browser.status_of_list() == 403
    assert User.objects.get().app_roles == []
