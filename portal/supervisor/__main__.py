"""``python -m portal.supervisor``: the portal on one machine, with or without the sandbox."""

import argparse
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from portal.supervisor.environment import Environment, FolderInUse, folder_of_our_own, for_azure, for_sandbox
from portal.supervisor.supervisor import StepFailed, Stopped, Supervisor, say

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
CELERY = str(Path(sys.executable).with_name("celery"))
MANAGE = [PYTHON, "manage.py"]


def main() -> int:
    """Exit code 0 after a wished end, 1 when something could not be started."""
    options = _options()
    os.chdir(ROOT)
    if options.manage:
        return _manage(options)
    try:
        with folder_of_our_own(options.var):
            return _supervise(options)
    except FolderInUse as folder:
        say(f"A portal is running on {folder} already: stop that one first. Two would spoil each other's data.")
        return 1


def _manage(options: argparse.Namespace) -> int:
    """Carry out a command of manage.py with the settings of a portal beside the sandbox, whether or not it runs."""
    written = options.var.resolve() / "sandbox" / "sandbox.json"
    if not written.exists():
        say("There is no sandbox yet: start make demo once.")
        return 1
    environment = for_sandbox(options.var.resolve(), options.port, os.environ, json.loads(written.read_text()))
    return subprocess.call([*MANAGE, *options.manage], env=environment)  # noqa: S603 - what the person typed


def _supervise(options: argparse.Namespace) -> int:
    for port in _ports(options):
        if _is_taken(port):
            say(f"Port {port} is taken. Choose another one, for example: make demo PORT=8010 SANDBOX_PORT=8453")
            return 1
    try:
        with Supervisor() as supervisor:
            _run(supervisor, options)
    except Stopped:
        say("Stopped.")
        return 0
    except StepFailed as failure:
        say(f"Not started: {failure} failed; what it said stands above.")
        return 1
    return 0


def _run(supervisor: Supervisor, options: argparse.Namespace) -> None:
    manifest = _start_sandbox(supervisor, options) if options.sandbox else None
    var = options.var.resolve()
    given = dict(os.environ)
    environment = for_sandbox(var, options.port, given, manifest) if manifest else for_azure(var, options.port, given)
    _prepare(supervisor, environment, manifest)
    _start_parts(supervisor, environment, options.port)
    wanted = {"database": "ok", "worker": "ok"} | ({"sync": "ok"} if manifest else {})
    supervisor.wait_until(lambda: _levels(options.port).items() >= wanted.items())
    say(_greeting(environment, manifest))
    supervisor.wait_until(lambda: False)


def _start_sandbox(supervisor: Supervisor, options: argparse.Namespace) -> dict[str, Any]:
    state = options.var.resolve() / "sandbox"
    (state / "sandbox.json").unlink(missing_ok=True)  # written again when it answers
    arguments = {"--port": options.sandbox_port, "--size": options.size, "--state-dir": state}
    command = [PYTHON, "-m", "sandbox", "serve", *(str(word) for pair in arguments.items() for word in pair)]
    supervisor.start("sandbox", command, os.environ)
    supervisor.wait_until((state / "sandbox.json").exists)
    manifest: dict[str, Any] = json.loads((state / "sandbox.json").read_text())
    return manifest


def _prepare(supervisor: Supervisor, environment: Environment, manifest: dict[str, Any] | None) -> None:
    supervisor.carry_out("migrate", [*MANAGE, "migrate", "--verbosity", "0"], environment)
    supervisor.carry_out("collectstatic", [*MANAGE, "collectstatic", "--no-input", "-v", "0"], environment)
    for subscription in manifest["subscriptions"] if manifest else []:
        if subscription["kind"] != "customer":
            words = [
                subscription["id"],
                "--label",
                subscription["label"],
                "--kind",
                subscription["kind"],
                "--unless-known",
            ]
            supervisor.carry_out("enlist", [*MANAGE, "enlist", *words], environment)


def _start_parts(supervisor: Supervisor, environment: Environment, port: int) -> None:
    gunicorn = [PYTHON, "-m", "gunicorn", "--config", "python:portal.gunicorn_config"]
    worker = [CELERY, "-A", "portal", "worker", "--queues"]
    supervisor.start("web", [*gunicorn, "--bind", f"127.0.0.1:{port}", "portal.wsgi"], environment)
    supervisor.start("worker", [*worker, "people", "--pool", "threads", "--concurrency", "12"], environment)
    supervisor.start("syncs", [*worker, "background", "--concurrency", "2"], environment)
    supervisor.start("clock", [CELERY, "-A", "portal", "beat"], environment)


def _levels(port: int) -> dict[str, str]:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5) as answer:
            levels: dict[str, str] = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return {}
    return levels


def _greeting(environment: Environment, manifest: dict[str, Any] | None) -> str:
    lines = ["", f"  Crossconnect is ready: {environment['PORTAL_BASE_URL']}/", ""]
    if manifest:
        lines.append("  Sign in as one of:")
        lines += [f"    {person['name']:<20} {_roles(person)}" for person in manifest["people"]]
        lines += ["", f"  The local Azure answers at {manifest['arm']}; docs/sandbox.md says how to play the customer."]
        lines.append(
            f"  Play the customer by hand: http://127.0.0.1:{int(manifest['arm'].rpartition(':')[2]) + 1}/_sandbox/"
        )
    return "\n".join([*lines, "  Ctrl-C stops everything.", ""])


def _roles(person: dict[str, Any]) -> str:
    return ", ".join(person["roles"]) or ("groups only" if person["groups"] else "no role")


def _ports(options: argparse.Namespace) -> list[int]:
    return [options.port, *([options.sandbox_port, options.sandbox_port + 1] if options.sandbox else [])]


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _port(text: str) -> int:
    # The sandbox takes the next one too.
    if not text.isdecimal() or not 1 <= int(text) <= 65_534:  # noqa: PLR2004 - sixteen bits
        raise argparse.ArgumentTypeError(f"{text} is no port between 1 and 65534")
    return int(text)


def _size(text: str) -> int:
    # The test subscription always holds the two of Microsoft's published trace.
    if not text.isdecimal() or int(text) < 2:  # noqa: PLR2004 - see above
        raise argparse.ArgumentTypeError(f"{text} is no number of cross connections, from 2 on")
    return int(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="portal.supervisor", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="of the portal")
    parser.add_argument("--sandbox", action="store_true", help="with a local Azure")
    parser.add_argument("--sandbox-port", type=_port, default=8443, help="of the sandbox; it takes the next one too")
    parser.add_argument("--size", type=_size, default=300, help="cross connections in the sandbox")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="where data is kept")
    parser.add_argument("--manage", nargs=argparse.REMAINDER, help="a command of manage.py to carry out instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
