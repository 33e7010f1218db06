"""What Microsoft's own client needs to speak to the sandbox."""

import time
from collections.abc import Callable
from typing import Any

from azure.core.credentials import AccessToken
from azure.mgmt.network import NetworkManagementClient

from tests.sandbox_process import SandboxProcess

Connect = Callable[..., NetworkManagementClient]


class Credential:
    """The least that the client needs: tokens, with claims where it asks for them."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self._sandbox = sandbox
        self.claims: list[str | None] = []

    def get_token(self, *scopes: str, claims: str | None = None, **_: Any) -> AccessToken:
        self.claims.append(claims)
        fields = {"grant_type": "client_credentials", "scope": scopes[0]} | ({"claims": claims} if claims else {})
        answer = self._sandbox.ask_token(fields).json()
        return AccessToken(answer["access_token"], int(time.time()) + answer["expires_in"])
