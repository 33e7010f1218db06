"""The settings that ``make demo`` and ``make run`` bring along: embedded files under ``var/``, made once."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Environment = dict[str, str]


class FolderInUse(Exception):  # noqa: N818 - reads as what happened
    """A portal is running on this folder already."""


@contextmanager
def folder_of_our_own(var: Path) -> Iterator[None]:
    """The folder, for nobody else: not for other users, and not for a second supervisor.

    Raises:
        FolderInUse: another supervisor has it.
    """
    os.umask(0o077)  # sessions and customers' data are in there
    var.mkdir(parents=True, exist_ok=True)
    var.chmod(0o700)
    with (var / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderInUse(str(var)) from None
        # What killed processes left there; nobody can be using it.
        shutil.rmtree(var / "tmp", ignore_errors=True)
        yield


def embedded(var: Path, port: int) -> Environment:
    """Settings that need nothing but a folder: SQLite, a broker of files, a secret key made at the first start."""
    for folder in (var / "tmp", var / "broker"):
        folder.mkdir(exist_ok=True)
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "PORTAL_SECRET_KEY_FILE": str(_made_once(var / "secret-key")),
        "DATABASE_URL": f"sqlite:///{var}/crossconnect.sqlite3",
        "CELERY_BROKER_URL": f"filesystem://{var}/broker",
        # Not the checkout's: two portals that start at once would collect into each other's files.
        "PORTAL_STATIC_ROOT": str(var / "static"),
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


# How the portal goes about its work, wherever that is: these the sandbox's portal takes from the shell as well.
_TUNING = frozenset({
    "PORTAL_ACTIVITY_KEYS", "PORTAL_CALL_SECONDS", "PORTAL_GIVE_UP_SECONDS", "PORTAL_LEASE_SECONDS",
    "PORTAL_METRICS_TOKEN", "PORTAL_NOT_AFTER_SECONDS", "PORTAL_RETENTION_DAYS", "PORTAL_SEALING_KEYS",
    "PORTAL_SESSION_IDLE_SECONDS", "PORTAL_SESSION_MAX_SECONDS", "PORTAL_SYNC_SECONDS", "PORTAL_TRUSTED_PROXIES",
})  # fmt: skip


def _is_setting(name: str) -> bool:
    """Whether it says where or who; a setting of the shell's that would point at another Azure."""
    plain = name.removesuffix("_FILE")
    is_ours = plain.startswith(("PORTAL_", "ENTRA_", "AZURE_")) or plain in {"DATABASE_URL", "CELERY_BROKER_URL"}
    return is_ours and plain not in _TUNING


def _made_once(file: Path) -> Path:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_urlsafe(64))
    return file
