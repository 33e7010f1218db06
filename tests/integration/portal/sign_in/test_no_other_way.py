"""There is one way in: Entra ID. No password, no form, no token of any other kind (ASVS 6.3.4)."""

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import Client

from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import LIST


@pytest.mark.rule(19)
@pytest.mark.parametrize("path", ["/admin/", "/login/", "/accounts/login/", "/sign-in/password/", "/api/token/"])
def test_there_is_no_page_for_a_password(db, path: str):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 404


@pytest.mark.rule(19)
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/start/", "/sign-in/callback/"])
def test_the_pages_of_signing_in_take_no_form(db, path: str):
    answer = Client(HTTP_HOST="localhost").post(path, {"username": "lotte.devries", "password": "secret"})
    assert answer.status_code == 405


@pytest.mark.rule(19)
@pytest.mark.parametrize(
    "credentials",
    [{}, {"username": "1", "password": ""}, {"username": "lotte", "password": "x"}, {"user_id": 1}, {"token": "x"}],
    ids=str,
)
def test_no_credential_is_accepted(db, rf, credentials: dict[str, object]):
    User.objects.create(
        tenant_id=settings.ENTRA_TENANT_ID, object_id="22222222-2222-4222-8222-222222222222", username="lotte"
    )
    assert authenticate(rf.post("/"), **credentials) is None


@pytest.mark.rule(19)
def test_one_backend_knows_people_and_it_lets_nobody_in():
    assert settings.AUTHENTICATION_BACKENDS == ["portal.accounts.backend.EntraBackend"]
    assert not {"django.contrib.admin", "rest_framework.authtoken"} & set(settings.INSTALLED_APPS)


@pytest.mark.rule(19)
@pytest.mark.parametrize(
    "header", [{"Authorization": "Basic bG90dGU6eA=="}, {"Authorization": "Bearer eyJ"}, {"Remote-User": "lotte"}]
)
def test_no_header_signs_anybody_in(db, header: dict[str, str]):
    assert Client(HTTP_HOST="localhost").get(LIST, headers=header).status_code == 302
