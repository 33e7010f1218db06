"""The sandbox as tests use it: a process of its own, spoken to over loopback."""

import base64
import hashlib
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from requests import Response, Session
from requests.exceptions import ConnectionError as UnreachableError

_ROOT = Path(__file__).parent.parent
_PATIENCE_SECONDS = 60
_CALL_SECONDS = 30


class SandboxProcess:
    """A running sandbox; as a context manager it is stopped at the end, whatever happens."""

    def __init__(self, state_dir: Path, *, size: int = 40, seed: int = 1, arguments: Sequence[str] = ()) -> None:
        self.state_dir = state_dir
        self.port = 0
        self.manifest: dict[str, Any] = {}
        self.session = Session()
        self.session.trust_env = False
        self._options = ["--size", str(size), "--seed", str(seed), "--state-dir", str(state_dir), *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._token = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.session.close()

    def start(self) -> None:
        """Launch it; a second start goes on with the same port and state."""
        self.port = self.port or find_port_pair()
        command = [sys.executable, "-m", "sandbox", "serve", "--port", str(self.port), *self._options]
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.DEVNULL, stderr=errors)
            try:
                self._await_answer()
            except BaseException as error:
                self.stop()
                errors.seek(0)
                error.add_note(errors.read().decode(errors="replace"))
                raise

    def stop(self) -> None:
        """Ask it to stop, and make sure that it did."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        self._token = ""

    def order(self, **body: Any) -> str:
        """Order a circuit as its customer; returns the service key."""
        order = {"peering_location": "Amsterdam", "bandwidth_mbps": 200} | body
        answer = self._control("POST", "circuits", json=order)
        service_key: str = answer["service_key"]
        return service_key

    def edit(self, service_key: str, **body: Any) -> None:
        """Raise a circuit's bandwidth or edit its peerings as its customer."""
        self._control("PATCH", f"circuits/{service_key}", json=body)

    def delete(self, service_key: str) -> None:
        """Delete a circuit as its customer."""
        self._control("DELETE", f"circuits/{service_key}")

    def condition(self, service_key: str, condition: str, **where: str) -> None:
        """Let the network do this on a `path` of a `peering`, or of all."""
        self._control("POST", f"circuits/{service_key}/conditions", json={"condition": condition, **where})

    def show_routes(self, service_key: str, count: int, **where: str) -> None:
        """Let the edge announce so many routes on a `path` of a `peering`."""
        self._control("POST", f"circuits/{service_key}/routes", json={"count": count, **where})

    def reset(self) -> None:
        """Bring the circuits back to what the seed made, and Azure to a healthy day."""
        self._control("POST", "reset")

    def fault(self, fault: str, **details: Any) -> None:
        """Let the next matching request suffer a fault, or as many as `times` says."""
        self._control("POST", "faults", json={"fault": fault, **details})

    def faults(self) -> list[dict[str, Any]]:
        """The faults that are left."""
        left: list[dict[str, Any]] = self._control("GET", "faults")["faults"]
        return left

    def clear_faults(self) -> None:
        """No more faults."""
        self._control("DELETE", "faults")

    def behave(self, **switches: Any) -> None:
        """Be like this from now on."""
        self._control("PATCH", "behaviour", json=switches)

    def behaviour(self) -> dict[str, Any]:
        """The value of every switch."""
        return {one["name"]: one["value"] for one in self._control("GET", "behaviour")["behaviour"]}

    def values_of(self, switch: str) -> list[str]:
        """The words that a switch takes."""
        switches = {one["name"]: one["takes"] for one in self._control("GET", "behaviour")["behaviour"]}
        return str(switches[switch]).removeprefix("one of ").split(", ")

    def requests(self, *, after: int = 0) -> list[dict[str, Any]]:
        """What was asked of it, numbers above `after`."""
        found: list[dict[str, Any]] = self._control("GET", f"requests?after={after}")["requests"]
        return found

    def subscription(self, kind: str) -> dict[str, str]:
        """The first subscription of a kind: production, test or customer."""
        return next(one for one in self.manifest["subscriptions"] if one["kind"] == kind)

    def token(self) -> str:
        """A token of the application for Azure Resource Manager."""
        if not self._token:
            scope = f"{self.manifest['arm']}/.default"
            answer = self.ask_token({"grant_type": "client_credentials", "scope": scope})
            self._token = answer.json()["access_token"]
        return self._token

    def ask_token(self, fields: dict[str, str]) -> Response:
        """Ask the token endpoint as the application; `fields` go over the application's own."""
        own = {"client_id": self.manifest["client_id"], "client_secret": self.manifest["client_secret"]}
        return self.session.post(self.discovery()["token_endpoint"], data=own | fields, timeout=_CALL_SECONDS)

    def get(self, path: str, *, version: str = "2025-09-01") -> Response:
        """Ask Azure Resource Manager for a path or a nextLink."""
        url = path if path.startswith("https:") else f"{self.manifest['arm']}{path}?api-version={version}"
        headers = {"Authorization": f"Bearer {self.token()}"}
        return self.session.get(url, headers=headers, timeout=_CALL_SECONDS)

    def discovery(self) -> dict[str, Any]:
        """The OpenID Connect discovery document."""
        tenant = f"{self.manifest['authority']}/{self.manifest['tenant_id']}"
        url = f"{tenant}/v2.0/.well-known/openid-configuration"
        found: dict[str, Any] = self.session.get(url, timeout=_CALL_SECONDS).json()
        return found

    def sign_in(self, person: str, **parameters: str) -> dict[str, str]:
        """Walk the sign-in page as a person; returns what came back, and the verifier and URI to redeem it with."""
        verifier = secrets.token_urlsafe(48)
        asked = self.sign_in_parameters(verifier) | parameters
        address = self.discovery()["authorization_endpoint"]
        answer = self.session.post(
            address, params=asked, data={"person": person}, allow_redirects=False, timeout=_CALL_SECONDS
        )
        answer.raise_for_status()
        returned = parse_qs(urlsplit(answer.headers["Location"]).query)
        flat = {name: values[0] for name, values in returned.items()}
        return flat | {"code_verifier": verifier, "redirect_uri": asked["redirect_uri"]}

    def sign_in_parameters(self, verifier: str = "v" * 43) -> dict[str, str]:
        """What an application sends a person to the sign-in page with."""
        digest = hashlib.sha256(verifier.encode()).digest()
        return {
            "client_id": self.manifest["client_id"],
            "response_type": "code",
            "redirect_uri": "http://localhost:8000/sign-in/callback/",
            "scope": "openid profile",
            "state": "a state",
            "nonce": "a nonce",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }

    def _control(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        url = f"{self.manifest['arm']}/_sandbox/{path}"
        answer = self.session.request(method, url, timeout=_CALL_SECONDS, **arguments)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def _await_answer(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._answers():
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError("the sandbox ended before it answered")
            if time.monotonic() > deadline:
                raise TimeoutError(f"the sandbox did not answer within {_PATIENCE_SECONDS} seconds")
            time.sleep(0.02)

    def _answers(self) -> bool:
        # Its own file, not one that a sandbox before it left: that one named another port or is gone by now.
        try:
            self.manifest = json.loads((self.state_dir / "sandbox.json").read_bytes())
            self.session.verify = self.manifest["ca"]
            return "issuer" in self.discovery()
        except (FileNotFoundError, UnreachableError):
            return False


def find_port_pair() -> int:
    """A port that is free together with the one above it, below those that the kernel gives to connections."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        if all(_is_free(one) for one in (port, port + 1)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
