"""The sandbox, as it can also be: a process that holds everything and does nothing."""

import os
import signal
from typing import Any

from tests.sandbox_process import SandboxProcess


class Azure(SandboxProcess):
    """With a pause, and with whoever else may write to it."""

    def provision(self, service_key: str) -> str:
        """The partner does, by other means than the portal; the id of the cross connection, which is Updating now."""
        document = self.get(self._control("PATCH", f"circuits/{service_key}", json={"peerings": {}})["id"]).json()
        document["properties"]["serviceProviderProvisioningState"] = "Provisioned"
        self.put(document)
        return str(document["id"])

    def put(self, document: dict[str, Any]) -> None:
        """Somebody writes this by other means than the portal; it is accepted."""
        url = f"{self.manifest['arm']}{document['id']}?api-version=2025-09-01"
        headers = {"Authorization": f"Bearer {self.token()}"}
        self.session.put(url, json=document, headers=headers, timeout=10).raise_for_status()

    def freeze(self) -> None:
        """It takes connections, and says nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if nothing had been."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)
