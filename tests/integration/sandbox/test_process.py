import json
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from requests.exceptions import ConnectionError as UnreachableError

from tests.integration.sandbox.estates import keys_of, traced_path
from tests.sandbox_process import SandboxProcess, find_port_pair

ROOT = Path(__file__).parents[3]


def launch(state_dir: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sandbox", "serve", "--state-dir", str(state_dir), "--size", "2", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_manifest_has_exactly_what_a_portal_needs(sandbox: SandboxProcess) -> None:
    assert list(sandbox.manifest) == [
        "arm",
        "authority",
        "ca",
        "tenant_id",
        "client_id",
        "client_secret",
        "subscriptions",
        "people",
    ]
    assert sandbox.manifest["arm"] == f"https://localhost:{sandbox.port}"
    assert [one["kind"] for one in sandbox.manifest["subscriptions"]] == ["production"] * 2 + ["test", "customer"]
    assert Path(sandbox.manifest["ca"]).is_absolute()


def test_a_restart_remembers_authority_keys_secret_and_circuits(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=10) as sandbox:
        manifest, authority, token = sandbox.manifest, (tmp_path / "ca.pem").read_bytes(), sandbox.token()
        deleted, ordered = min(keys_of(sandbox, "production")), sandbox.order()
        sandbox.delete(deleted)
        sandbox.stop()
        sandbox.start()
        assert (sandbox.manifest, (tmp_path / "ca.pem").read_bytes()) == (manifest, authority)
        assert ordered in keys_of(sandbox, "production")
        assert deleted not in keys_of(sandbox, "production")
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
        assert sandbox.session.get(url, headers=headers, timeout=30).status_code == 200


def test_private_files_are_for_their_owner_only(sandbox: SandboxProcess) -> None:
    for name in ("ca-key.pem", "signing-key.pem", "identity.json", "sandbox.json"):
        assert stat.S_IMODE((sandbox.state_dir / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_quietly_even_in_the_middle_of_an_answer(tmp_path: Path, number: signal.Signals) -> None:
    port = find_port_pair()
    process = launch(tmp_path, "--port", str(port), "--latency-ms", "20000")
    wait_for(tmp_path / "sandbox.json")
    client = SandboxProcess(tmp_path)
    client.manifest = json.loads((tmp_path / "sandbox.json").read_bytes())
    client.session.verify = client.manifest["ca"]
    waiting = threading.Thread(target=ask_in_vain, args=[client])
    waiting.start()
    wait_until_asked(client)
    process.send_signal(number)
    # The answer is twenty seconds away: to end within ten is not to have waited for it.
    _, told = process.communicate(timeout=10)
    waiting.join()
    client.session.close()
    assert process.returncode == 0
    assert told.count("\n") == 1


def ask_in_vain(client: SandboxProcess) -> None:
    # A stopping server cuts the answer off: the client sees a 500 or a broken connection.
    with suppress(UnreachableError):
        assert client.get(traced_path(client)).status_code == 500


def wait_until_asked(client: SandboxProcess) -> None:
    while not any(request["path"].startswith("/subscriptions") for request in client.requests()):
        time.sleep(0.02)


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1] - 1
        process = launch(tmp_path / "state", "--port", str(port))
        _, told = process.communicate(timeout=20)
    assert process.returncode == 1
    assert told == f"sandbox: cannot listen on ports {port} and {port + 1} of 127.0.0.1: Address already in use.\n"
    assert not (tmp_path / "state").exists()


def test_it_listens_on_loopback_only(sandbox: SandboxProcess) -> None:
    hexadecimal = {f"{port:04X}" for port in (sandbox.port, sandbox.port + 1)}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].partition(":")[2] in hexadecimal}
    assert {address.partition(":")[0] for address in listening} == {"0100007F"}


def test_answers_take_as_long_as_was_asked(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--latency-ms", "150"]) as slow:
        slow.token()
        started = time.monotonic()
        slow.get(traced_path(slow))
        assert time.monotonic() - started > 0.15


def test_an_estate_of_fifty_thousand_can_be_listed_whole(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=50_000) as large:
        assert len(keys_of(large, "production")) > 20_000
