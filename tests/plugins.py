"""Loaded before Django's settings: the environment that every test runs in."""

import os

# Whatever the person's shell says of Azure or databases must not reach a test.
for _name in list(os.environ):
    if _name.startswith(("PORTAL_", "AZURE_", "ENTRA_", "CELERY_")):
        del os.environ[_name]

os.environ |= {
    "PORTAL_BASE_URL": "http://localhost:8000",
    "PORTAL_SECRET_KEY": "8d1c2b7f5a3e9046c7719be4d02a5f836b40ad915cf2e7d8034b",
    "PORTAL_CLOUD": "Sandbox",
    # Nobody listens here: a test that wants Azure or Entra ID asks for the fixture ``azure``.
    "PORTAL_ARM_ENDPOINT": "https://localhost:1",
    "AZURE_AUTHORITY_HOST": "https://localhost:1",
    "CELERY_BROKER_URL": "memory://",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:"),
}
for _prefix in ("AZURE", "ENTRA"):
    os.environ |= {f"{_prefix}_{name}": "not-set" for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET")}
os.environ["AZURE_TENANT_ID"] = os.environ["ENTRA_TENANT_ID"] = "00000000-0000-4000-8000-000000000000"
