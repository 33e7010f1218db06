"""A process of the portal at an https address: asks for every page and prints what stands in the heads, as JSON."""

import json
import logging
import os
import sys
import time
from io import BytesIO
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()

# Only now: each of these wants the settings.
import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from portal.accounts.models import User  # noqa: E402
from portal.limits.counting import Limit  # noqa: E402
from portal.limits.models import Tally  # noqa: E402
from tests.integration.access.matrix import made_world  # noqa: E402
from tests.integration.portal.headers import noted  # noqa: E402
from tests.integration.portal.security.walk import HTMX, stops  # noqa: E402
from tests.people import signed_in_as  # noqa: E402

HOST = "localhost:8000"


def main() -> None:
    """As anybody, as a Viewer and as an Administrator, of objects that are there; and the answers that are no page."""
    logging.disable()
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    world = made_world()
    anybody, viewer, administrator = browser(), of("Viewer"), of("Administrator")
    walk = {}
    for name, address, _ in stops(world):
        walk[f"anybody {name}"] = noted(anybody.get(address, secure=True))
        walk[f"Viewer {name} sent without our token"] = noted(viewer.post(address, secure=True))
        walk[f"Administrator {name}"] = noted(administrator.get(address, secure=True))
        walk[f"Administrator {name} in part"] = noted(administrator.get(address, secure=True, headers=HTMX))
    json.dump({"theme": theme(viewer), "answers": walk | odd_ones(viewer)}, sys.stdout)


def browser() -> Client:
    return Client(HTTP_HOST=HOST, raise_request_exception=False, enforce_csrf_checks=True)


def of(who: str) -> Client:
    """The browser of the first who has that role everywhere."""
    return signed_in_as(User.objects.get(app_roles=[f"Portal.{who}"]), browser())


def odd_ones(viewer: Client) -> dict[str, Any]:
    viewer.handler.enforce_csrf_checks = False
    return {
        "missing": noted(viewer.get("/nothing/here", secure=True)),
        "missing file": noted(viewer.get("/static/nothing.css", secure=True)),
        "file": noted(viewer.get("/static/icon.svg", secure=True)),
        "other host": noted(viewer.get("/sign-in/", secure=True, HTTP_HOST="evil.example")),
        "healthz": noted(viewer.get("/healthz", secure=True)),
        "plain": noted(viewer.get("/cross-connections/?q=a")),
        "plain, other host": noted(viewer.get("/cross-connections/", HTTP_HOST="evil.example")),
        "fault": fault(viewer),
        "too many": too_many(viewer),
        "file sent": noted(viewer.post("/sign-out/", {"file": BytesIO(b"MZ")}, secure=True)),
        "sign-out": noted(viewer.post("/sign-out/", secure=True)),
    }


def theme(viewer: Client) -> str:
    """What a page makes of a theme that a script of ours has kept, and of one that another host has set."""
    viewer.cookies["__Host-theme"], viewer.cookies["theme"] = "dark", "light"
    page = viewer.get("/cross-connections/", secure=True).content.decode()
    del viewer.cookies["__Host-theme"], viewer.cookies["theme"]
    return page.split('data-theme="')[1].split('"')[0]


def fault(one: Client) -> dict[str, Any]:
    with override_settings(ROOT_URLCONF="tests.integration.portal.test_headers"):
        return noted(one.get("/broken/", secure=True))


def too_many(one: Client) -> dict[str, Any]:
    with time_machine.travel(time.time(), tick=False):
        ends_at = Limit("sign-in-callback", 60, 60).window_end()
        Tally.objects.update_or_create(
            limit="sign-in-callback", key="127.0.0.1", ends_at=ends_at, defaults={"count": 60}
        )
        return noted(one.get("/sign-in/callback/", secure=True))


main()
