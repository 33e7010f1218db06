"""Fixtures of all suites: the sandbox as a real process, the portal pointed at it, and people."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from portal.activity import guards
from tests.people import signed_in_as
from tests.sandbox_process import SandboxProcess
from tests.tampering import unguarded_trail


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    """Hashed names need a collectstatic; the browser tests, which run the product itself, have one."""
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _the_trail_of_a_transactional_test_is_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Such a test has committed, and what empties the tables after it may not empty these."""
    marker = request.node.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    if not is_marked and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this one ends before it
    yield
    with unguarded_trail(), connection.cursor() as cursor:
        for table in (guards.ENTRIES, guards.CHECKPOINTS):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """A local Azure with forty cross connections and operations that end soon, one process for the whole session."""
    quick = ["--operation-seconds", "0.05"]
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), size=40, arguments=quick) as running:
        yield running


@pytest.fixture(autouse=True)
def _the_next_one_finds_azure_healthy(request: pytest.FixtureRequest) -> Iterator[None]:
    """Faults that a test left behind would strike whichever test comes next."""
    used: SandboxProcess | None = request.getfixturevalue("sandbox") if "sandbox" in request.fixturenames else None
    yield
    if used:
        used.reset()


@pytest.fixture
def azure(sandbox: SandboxProcess, settings: Settings) -> SandboxProcess:
    """The sandbox as its seed made it, with the portal's settings pointing at it."""
    sandbox.reset()
    settings.PORTAL_ARM_ENDPOINT = sandbox.manifest["arm"]
    settings.AZURE_AUTHORITY_HOST = sandbox.manifest["authority"]
    settings.CA_BUNDLE = sandbox.manifest["ca"]
    for prefix in ("AZURE", "ENTRA"):
        for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET"):
            setattr(settings, f"{prefix}_{name}", sandbox.manifest[name.lower()])
    return sandbox


@pytest.fixture
def signed_in(db: None, settings: Settings) -> Callable[..., Client]:
    """``signed_in("Portal.Viewer")``: a browser whose person holds these app roles."""

    def browser(*app_roles: str) -> Client:
        user = User.objects.create(
            tenant_id=settings.ENTRA_TENANT_ID,
            object_id="22222222-2222-4222-8222-222222222222",
            name="Lotte de Vries",
            username="lotte.devries@northlink.example",
            app_roles=list(app_roles),
        )
        return signed_in_as(user)

    return browser
