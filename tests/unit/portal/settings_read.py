"""Settings as an environment makes them, read in this process: a hundred ways to start cost no hundred processes."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from portal import env

FILE = Path(__file__).parents[3] / "portal" / "settings.py"
KEY = "Vq3mB8xT-1nKzR7cJ0wLfYh5PdSg9uEaXt2oNi6bQkCjM4rZ_vWsUyDlGpHe"
OTHER_KEY = "8c41f7d09b2e65a3d7f01c94be2860a57e9d3b1f4c62a805"
COMPLETE = {
    "PORTAL_BASE_URL": "https://portal.contoso.net",
    "PORTAL_SECRET_KEY": KEY,
    **{f"{prefix}_TENANT_ID": "72f988bf-86f1-41af-91ab-2d7cd011db47" for prefix in ("AZURE", "ENTRA")},
    **{f"{prefix}_CLIENT_ID": "04b07795-8ddb-461a-bbee-02f9e1bf7b46" for prefix in ("AZURE", "ENTRA")},
    **{f"{prefix}_CLIENT_SECRET": "x8Q~fR2.sT9vK4mN7pB1cD6eG3hJ5kL0wZyXuVa" for prefix in ("AZURE", "ENTRA")},
}
ON_LOOPBACK = {
    "PORTAL_BASE_URL": "http://localhost:8000",
    "PORTAL_CLOUD": "Sandbox",
    "PORTAL_ARM_ENDPOINT": "https://localhost:8443",
    "AZURE_AUTHORITY_HOST": "https://localhost:8443",
}
_OURS = ("PORTAL_", "AZURE_", "ENTRA_", "CELERY_", "DATABASE_")


def read(monkeypatch: pytest.MonkeyPatch, **changed: str) -> dict[str, Any]:
    """All names of the settings, with a complete environment changed in these variables.

    Raises:
        SystemExit: its text is the line that a start ends with.
    """
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        monkeypatch.delenv(name)
    for name, value in (COMPLETE | changed).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(env, "DECLARED", {})
    return runpy.run_path(str(FILE))


def reason_not_to_start(monkeypatch: pytest.MonkeyPatch, **changed: str) -> str:
    """The line; empty where it starts."""
    try:
        read(monkeypatch, **changed)
    except SystemExit as stop:
        return str(stop)
    return ""
