"""A process of the portal at an https address: asks for every page and prints what stands in the heads, as JSON."""

import json
import logging
import os
import sys
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()

# Only now: each of these wants the settings.
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from portal.accounts.models import User  # noqa: E402
from tests.integration.portal.headers import noted  # noqa: E402
from tests.people import signed_in_as  # noqa: E402
from tests.urlconf import ADDRESSES  # noqa: E402

HOST = "localhost:8000"


def main() -> None:
    """As anybody and as a Viewer, and the answers that are no page."""
    logging.disable()
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    user = User.objects.create(
        tenant_id=settings.ENTRA_TENANT_ID,
        object_id="22222222-2222-4222-8222-222222222222",
        name="Amara Okafor",
        app_roles=["Portal.Viewer"],
    )
    browsers = {"anybody": browser(), "Viewer": signed_in_as(user, browser())}
    walk = {f"{who} {path}": noted(one.get(path, secure=True)) for who, one in browsers.items() for path in ADDRESSES}
    json.dump(walk | odd_ones(browsers["Viewer"]), sys.stdout)


def browser() -> Client:
    return Client(HTTP_HOST=HOST, raise_request_exception=False)


def odd_ones(viewer: Client) -> dict[str, Any]:
    return {
        "missing": noted(viewer.get("/nothing/here", secure=True)),
        "missing file": noted(viewer.get("/static/nothing.css", secure=True)),
        "file": noted(viewer.get("/static/icon.svg", secure=True)),
        "other host": noted(viewer.get("/sign-in/", secure=True, HTTP_HOST="evil.example")),
        "healthz": noted(viewer.get("/healthz", secure=True)),
        "plain": noted(viewer.get("/cross-connections/?q=a")),
        "plain, other host": noted(viewer.get("/cross-connections/", HTTP_HOST="evil.example")),
        "sign-out": noted(viewer.post("/sign-out/", secure=True)),
    }


main()
