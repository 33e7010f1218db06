"""`sandbox.json`: what a portal, a test or a script needs to know to use the sandbox."""

from pathlib import Path
from typing import Any

from sandbox.certificates import authority_path
from sandbox.estate.subscriptions import SUBSCRIPTIONS
from sandbox.people import PEOPLE
from sandbox.state_files import write_json
from sandbox.world import World


def manifest_path(state_dir: Path) -> Path:
    """Where the file is."""
    return state_dir / "sandbox.json"


def write_manifest(world: World) -> None:
    """Tell that the sandbox answers, and how to reach it."""
    write_json(manifest_path(world.settings.state_dir), _manifest(world))


def _manifest(world: World) -> dict[str, Any]:
    return {
        "arm": world.settings.origin,
        "authority": world.settings.origin,
        "ca": str(authority_path(world.settings.state_dir)),
        "tenant_id": world.identity.tenant_id,
        "client_id": world.identity.client_id,
        "client_secret": world.identity.client_secret,
        "subscriptions": [{"id": one.id, "label": one.label, "kind": one.kind} for one in SUBSCRIPTIONS],
        "people": [{"name": one.name, "roles": list(one.roles), "groups": list(one.groups)} for one in PEOPLE],
    }
