"""A world that is made once for each module, in a transaction that the module's tests undo piece by piece."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.integration.hostile.survey import Survey, survey
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.world import World, made_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    # What no view has caught is to be seen as it was raised, rather than as the page of a 500.
    here = override_settings(STATIC_ROOT=settings.BASE_DIR / "static", STORAGES=static, DEBUG_PROPAGATE_EXCEPTIONS=True)
    with django_db_blocker.unblock(), here, undone():
        yield made_world()


@pytest.fixture(scope="module")
def found(world: World) -> Survey:
    """What each address takes."""
    return survey(world)


@pytest.fixture
def viewer(signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody with the least role."""
    return signed_in("Portal.Viewer")
