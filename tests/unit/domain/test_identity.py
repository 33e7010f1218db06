import pytest

from crossconnections.arm import ClientCertificate, ClientSecret, FederatedToken, Identity, ManagedIdentity
from crossconnections.azure import identity

NONE = {
    "TENANT_ID": "",
    "CLIENT_ID": "",
    "CLIENT_SECRET": "",
    "CLIENT_CERTIFICATE_PATH": "",
    "FEDERATED_TOKEN_FILE": "",
}
APPLICATION = {"TENANT_ID": "t", "CLIENT_ID": "c"}


@pytest.mark.parametrize(
    ("given", "who"),
    [
        ({}, ManagedIdentity("")),
        ({"CLIENT_ID": "assigned"}, ManagedIdentity("assigned")),
        (APPLICATION | {"CLIENT_SECRET": "s"}, ClientSecret("t", "c", "s")),
        (APPLICATION | {"CLIENT_CERTIFICATE_PATH": "/c.pem"}, ClientCertificate("t", "c", "/c.pem")),
        (APPLICATION | {"FEDERATED_TOKEN_FILE": "/token", "CLIENT_SECRET": "s"}, FederatedToken("t", "c", "/token")),
    ],
)
def test_the_settings_say_who_the_portal_is_to_azure(settings, given: dict[str, str], who: Identity):
    for name, value in (NONE | given).items():
        setattr(settings, f"AZURE_{name}", value)
    assert identity() == who
