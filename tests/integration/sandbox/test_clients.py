"""Microsoft's own libraries against the sandbox, as the portal uses them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential
from msal import ConfidentialClientApplication

from tests.integration.sandbox.estates import traced_path
from tests.sandbox_process import SandboxProcess


def application(sandbox: SandboxProcess) -> ConfidentialClientApplication:
    manifest = sandbox.manifest
    return ConfidentialClientApplication(
        manifest["client_id"],
        client_credential=manifest["client_secret"],
        authority=f"{manifest['authority']}/{manifest['tenant_id']}",
        instance_discovery=False,
        http_client=sandbox.session,
    )


def credential(sandbox: SandboxProcess, secret: str) -> ClientSecretCredential:
    manifest = sandbox.manifest
    return ClientSecretCredential(
        manifest["tenant_id"],
        manifest["client_id"],
        secret,
        authority=manifest["authority"],
        disable_instance_discovery=True,
        connection_verify=manifest["ca"],
    )


@pytest.mark.filterwarnings("ignore:response_mode='form_post' is recommended:UserWarning")
def test_msal_signs_a_person_in(sandbox: SandboxProcess) -> None:
    app = application(sandbox)
    flow = app.initiate_auth_code_flow([], redirect_uri="http://localhost:8000/sign-in/callback/")
    chosen = {"person": "Mateo Álvarez"}
    answer = sandbox.session.post(flow["auth_uri"], data=chosen, allow_redirects=False, timeout=30)
    returned = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    result = app.acquire_token_by_auth_code_flow(flow, returned)
    assert result["id_token_claims"]["roles"] == ["Portal.Support", "Portal.Operator"]


def test_msal_gets_the_application_a_token(sandbox: SandboxProcess) -> None:
    result = application(sandbox).acquire_token_for_client([f"{sandbox.manifest['arm']}/.default"])
    assert result["token_type"] == "Bearer"


def test_azure_identity_gets_a_token_that_azure_resource_manager_takes(sandbox: SandboxProcess) -> None:
    scope = f"{sandbox.manifest['arm']}/.default"
    token = credential(sandbox, sandbox.manifest["client_secret"]).get_token(scope).token
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    answer = sandbox.session.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.status_code == 200


def test_azure_identity_is_told_that_a_secret_is_wrong(sandbox: SandboxProcess) -> None:
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        credential(sandbox, "guess").get_token(f"{sandbox.manifest['arm']}/.default")
