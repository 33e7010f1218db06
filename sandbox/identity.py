"""The tenant and the one application registration that serves both sign-in and Azure Resource Manager."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sandbox.ids import stable_id
from sandbox.state_files import read_json, write_json


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is registered, and with which secret."""

    client_secret: str
    tenant_id: str = stable_id("tenant")
    client_id: str = stable_id("application")
    service_principal_id: str = stable_id("service principal")


def load_identity(state_dir: Path) -> Identity:
    """The identity with the secret kept in the state directory, made at the first start."""
    path = state_dir / "identity.json"
    kept = read_json(path)
    if kept is None:
        kept = {"client_secret": secrets.token_urlsafe(32)}
        write_json(path, kept)
    return Identity(client_secret=kept["client_secret"])
