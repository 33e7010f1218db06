"""A shared key is typed once and sent once: of the running product nothing else has it, whatever comes of its change.

SECURITY.md, 3: the sentinel for sharedKey. Each marker is a key that was typed somewhere; then all that the product
keeps, says and logs is searched for it, its files to the byte. The sandbox's own folder is Azure, which has it.
"""

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from requests import Response, Session

from tests.drills.engine.patience import wait_for
from tests.product import Product

OPERATOR, ADMINISTRATOR = "Lotte de Vries", "Priya Raman"
PRIVATE = {
    "peer_asn": "65010",
    "vlan_id": "200",
    "primary_prefix": "10.9.0.0/30",
    "secondary_prefix": "10.9.0.4/30",
    "peering_state": "Enabled",
}
SECONDS = 60


def marker() -> str:
    """A key that Azure takes, and that stands nowhere by chance."""
    return f"K{secrets.token_hex(11)}"


class Browser:
    """Somebody signed in, who keeps the text of every page that they were shown."""

    def __init__(self, origin: str, name: str) -> None:
        self.origin, self.shown = origin, [""]
        self._session = Session()
        self._session.trust_env = False
        away = self._session.get(f"{origin}/sign-in/start/", allow_redirects=False, timeout=SECONDS)
        self._session.post(away.headers["Location"], data={"person": name}, timeout=SECONDS)

    def get(self, address: str) -> Response:
        return self._keep(self._session.get(f"{self.origin}{address}", timeout=SECONDS))

    def post(self, address: str, **fields: str) -> Response:
        """As the form on that page would be sent, its hidden fields along."""
        return self.send(address, self.hidden_of(address) | fields)

    def hidden_of(self, address: str) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.get(address).text)
        return {name: unescape(value) for name, value in found}

    def send(self, address: str, data: dict[str, str]) -> Response:
        return self._keep(self._session.post(f"{self.origin}{address}", data=data, timeout=SECONDS))

    def _keep(self, answer: Response) -> Response:
        self.shown += [answer.text, answer.url, str(answer.headers), *(str(one.headers) for one in answer.history)]
        return answer


class Azure:
    """The sandbox's control side."""

    def __init__(self, product: Product) -> None:
        self._manifest = product.manifest
        self._session = Session()
        self._session.trust_env, self._session.verify = False, self._manifest["ca"]

    def ask(self, method: str, path: str, body: dict[str, Any]) -> Any:
        answer = self._session.request(method, f"{self._manifest['arm']}/_sandbox/{path}", json=body, timeout=SECONDS)
        answer.raise_for_status()
        return answer.json() if answer.content else {}


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with Product(tmp_path / "var", size=4) as running:
        yield running


class Circuit:
    """A new circuit that is provisioned, and what an operator does to it."""

    def __init__(self, azure: Azure, browser: Browser) -> None:
        order = azure.ask("POST", "circuits", {"peering_location": "Amsterdam", "bandwidth_mbps": 200})
        self.address = f"/cross-connections/{order['service_key']}/"
        self._browser = browser
        wait_for(self._is_read, "the new circuit was read", seconds=90)
        self.ends(self.apply("provisioning/", provider_provisioning_state="Provisioned"))

    def _is_read(self) -> bool:
        """The list knows it and it was read in full; a sync is asked for until then."""
        self._browser.post("/cross-connections/sync/", back="/cross-connections/")
        page = self._browser.get(self.address)
        return page.status_code == HTTPStatus.OK and "Not read yet" not in page.text

    def apply(self, form: str, **fields: str) -> str:
        """Form, review, apply: the address of the change."""
        review = self._browser.post(f"{self.address}{form}", **fields)
        assert "/review/" in review.url, (review.status_code, review.text)
        change = self._browser.post(review.url.removeprefix(self._browser.origin), apply="1")
        assert "/changes/" in change.url, (change.status_code, change.text)
        return change.url.removeprefix(self._browser.origin).rstrip("/")

    def ends(self, change: str, *states: str) -> None:
        wanted = states or ("succeeded",)
        wait_for(lambda: self._browser.get(f"{change}.json").json()["state"] in wanted, f"{change} ended", seconds=90)


def files_with(folder: Path, key: str) -> list[str]:
    """The files of the product, to the byte, that have it; Azure's own are left out."""
    found = []
    for file in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile: a message that was taken
            if file.is_file() and folder / "sandbox" not in file.parents and key.encode() in file.read_bytes():
                found.append(str(file.relative_to(folder)))
    return found


def test_a_shared_key_is_found_nowhere(product: Product):
    azure = Azure(product)
    azure.ask("PATCH", "behaviour", {"shared_key_echoed": True})  # as Microsoft's published trace does
    operator, administrator = Browser(product.url, OPERATOR), Browser(product.url, ADMINISTRATOR)
    circuit = Circuit(azure, operator)
    form = "peerings/AzurePrivatePeering/"
    address = f"{circuit.address}{form}"
    keys = {name: marker() for name in ("set", "again", "draft", "refused", "failed", "unknown", "busy", "fault")}

    circuit.ends(circuit.apply(form, **PRIVATE, shared_key=keys["set"]))
    circuit.ends(circuit.apply(form, shared_key=keys["again"]))
    # One that is refused at the form: too long, and with a sign that no key has.
    assert operator.post(address, shared_key=f"{keys['refused']}-{keys['refused']}").status_code == 422
    # A review that nobody applies.
    assert "/review/" in operator.post(address, vlan_id="201", shared_key=keys["draft"]).url
    # A fault of the portal's own while the key is in its hands. The form is open by then: it looks for drafts too.
    opened = operator.hidden_of(address)
    with closing(sqlite3.connect(product.var / "crossconnect.sqlite3", timeout=30)) as database:
        database.execute("ALTER TABLE crossconnections_draft RENAME TO moved_away")
        database.commit()
        try:
            data = opened | {"vlan_id": "203", "shared_key": keys["fault"]}
            assert operator.send(address, data).status_code == 500
        finally:
            database.execute("ALTER TABLE moved_away RENAME TO crossconnections_draft")
            database.commit()
    # A change that Azure refuses, and one of which nobody knows what became of it.
    of_peerings = {"method": "PUT", "path_pattern": ".*/peerings/.*"}
    azure.ask("POST", "faults", {"fault": "status", "status": 400, "code": "BadRequest", **of_peerings})
    circuit.ends(circuit.apply(form, vlan_id="202", shared_key=keys["failed"]), "failed")
    azure.ask("POST", "faults", {"fault": "reset", **of_peerings})
    unknown = circuit.apply(form, shared_key=keys["unknown"])
    circuit.ends(unknown, "unknown")
    # One more while that is in doubt: it is refused, with the form as it was typed but for the key.
    assert operator.post(address, vlan_id="204", shared_key=keys["busy"]).status_code == 409

    pages = [
        *(circuit.address, f"{circuit.address.rstrip('/')}.json", address, f"{address}remove/"),
        *("/cross-connections/", "/cross-connections.json", "/cross-connections/export.csv", "/jump/?q=Amsterdam"),
        *("/changes/", "/changes.json", *(f"/changes/{number}/" for number in range(1, 7)), f"{unknown}.json"),
        *("/activity/", "/activity/?format=csv", "/activity/?format=jsonl", f"{circuit.address}troubleshooting/"),
    ]
    for browser in (operator, administrator):
        for page in pages:
            browser.get(page)
    said = "\n".join(operator.shown + administrator.shown)
    # What is searched is all there: of what is known to be said, shown and kept, something is found.
    assert "10.9.0.4/30" in said
    assert files_with(product.var, "10.9.0.4/30")
    assert sealed(product) == {("succeeded", False), ("failed", False), ("unknown", True)}
    for name, key in keys.items():
        assert key not in said, f"the key {name} was shown"
        assert files_with(product.var, key) == [], f"the key {name} was kept"


def sealed(product: Product) -> set[tuple[str, bool]]:
    """The states of the changes that set a key, each with whether one is still sealed."""
    with closing(sqlite3.connect(product.var / "crossconnect.sqlite3", timeout=30)) as database:
        found = database.execute(
            "SELECT state, sealed_key <> '' FROM crossconnections_change WHERE shared_key_action = 'set'"
        )
        return {(state, bool(is_sealed)) for state, is_sealed in found}
