"""The settings that ``make demo`` and ``make run`` bring along: embedded files under ``var/``, made once."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Environment = dict[str, str]


def embedded(var: Path, port: int) -> Environment:
    """Settings that need nothing but a folder: SQLite, a broker of files, a secret key made at the first start."""
    for folder in (var, var / "tmp", var / "broker"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "PORTAL_SECRET_KEY_FILE": str(_made_once(var / "secret-key")),
        "DATABASE_URL": f"sqlite:///{var}/crossconnect.sqlite3",
        "CELERY_BROKER_URL": f"filesystem://{var}/broker",
        # The embedded broker moves each message through the temporary folder.
        "TMPDIR": str(var / "tmp"),
    }


def for_azure(var: Path, port: int, given: Mapping[str, str]) -> Environment:
    """The person's own settings, and the embedded ones for what they leave out."""
    defaults = embedded(var, port)
    if "PORTAL_SECRET_KEY" in given:
        del defaults["PORTAL_SECRET_KEY_FILE"]
    return defaults | dict(given)


def for_sandbox(var: Path, port: int, given: Mapping[str, str], manifest: Mapping[str, Any]) -> Environment:
    """The sandbox's settings and embedded files only: whatever Azure the person's shell points at is left alone."""
    kept = {name: value for name, value in given.items() if not _is_setting(name)}
    return (
        kept
        | embedded(var, port)
        | {
            "PORTAL_CLOUD": "Sandbox",
            "PORTAL_ARM_ENDPOINT": manifest["arm"],
            "AZURE_AUTHORITY_HOST": manifest["authority"],
            "PORTAL_CA_BUNDLE": manifest["ca"],
        }
        | {
            f"{prefix}_{name}": manifest[name.lower()]
            for prefix in ("AZURE", "ENTRA")
            for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET")
        }
    )


def _is_setting(name: str) -> bool:
    is_ours = name.startswith(("PORTAL_", "ENTRA_", "AZURE_"))
    return is_ours or name.removesuffix("_FILE") in {"DATABASE_URL", "CELERY_BROKER_URL"}


def _made_once(file: Path) -> Path:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_urlsafe(64))
    return file
