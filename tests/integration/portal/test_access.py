import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from crossconnections.models import SyncRun
from portal.access.access import Access
from portal.access.middleware import PermissionRequired
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.accounts.models import User
from tests.urlconf import views


@pytest.mark.parametrize("pattern", views(), ids=lambda pattern: str(pattern.pattern))
def test_every_view_is_open_on_purpose_or_names_a_permission(pattern: URLPattern):
    is_open = not getattr(pattern.callback, "login_required", True)
    assert is_open != isinstance(getattr(pattern.callback, "permission", None), Permission)


@pytest.mark.parametrize(
    ("app_roles", "role"),
    [
        ([], None),
        (["Portal.Viewer"], Role.VIEWER),
        (["Portal.Viewer", "Portal.Operator"], Role.OPERATOR),
        (["Portal.Administrator"], Role.ADMINISTRATOR),
        (["portal.administrator", "Administrator", "Portal.Owner"], None),
    ],
)
def test_the_highest_known_app_role_counts(db, app_roles: list[str], role: Role | None):
    assert Access(User(app_roles=app_roles)).highest_role is role


def test_nobody_may_anything_without_a_role(db):
    access = Access(User(app_roles=[]))
    assert not any(access.may(permission) for permission in Permission)


def test_the_no_access_page_names_the_person_and_the_roles_and_lets_them_out(signed_in):
    answer = signed_in().get("/cross-connections/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Lotte de Vries" in page
    assert "Portal.Viewer" in page
    assert "lotte.devries@northlink.example" in page
    assert "22222222-2222-4222-8222-222222222222" in page
    assert 'action="/sign-out/"' in page


def test_a_fragment_after_the_session_has_ended_gets_a_banner_and_polls_no_more(db):
    answer = Client(HTTP_HOST="localhost").get(
        "/cross-connections/sync/state/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/cross-connections/?q=typed"},
    )
    assert answer.status_code == 286
    assert answer.headers["HX-Retarget"] == "#banner"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert answer.headers["HX-Reselect"] == "unset"
    assert "Your session has ended" in answer.content.decode()


def test_a_view_that_names_no_permission_is_refused_to_everybody(rf, db):
    request = rf.get("/", headers={"Host": "localhost"})
    request.user = User(name="Priya Raman", app_roles=["Portal.Administrator"])
    middleware = PermissionRequired(lambda _: HttpResponse("seen"))
    middleware(request)
    refused = middleware.process_view(request, lambda _: None, [], {})
    assert refused is not None
    assert refused.status_code == 403
    assert "Administrator" in refused.content.decode()


def test_a_fragment_whose_person_has_no_role_any_more_gets_a_banner(signed_in):
    answer = signed_in().get("/cross-connections/sync/state/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")
    assert "Your role does not allow this" in answer.content.decode()


def test_a_fragment_sent_from_a_page_of_a_former_session_gets_a_banner_and_does_nothing(signed_in):
    browser = signed_in("Portal.Operator")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post("/cross-connections/sync/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")
    assert "Load the page again" in answer.content.decode()
    assert not SyncRun.objects.exists()


def test_the_page_for_an_address_that_is_none_still_knows_the_person_and_the_ways(signed_in):
    page = signed_in("Portal.Administrator").get("/nothing/here/")
    shown = page.content.decode()
    assert page.status_code == 404
    assert "<span>Administrator</span>" in shown
    assert 'href="/settings/access/"' in shown
