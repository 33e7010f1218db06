"""Who the application is to Microsoft Entra ID: four ways to prove it, none with a secret in its repr."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """An app registration and its secret."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """An app registration and a PEM or PKCS12 file with its certificate and RSA key."""

    tenant_id: str
    client_id: str
    path: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FederatedToken:
    """An app registration that trusts another issuer; the file holds that issuer's newest token (workload identity)."""

    tenant_id: str
    client_id: str
    path: str


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """The identity that Azure gives the machine; ``client_id`` names one that was assigned by hand."""

    client_id: str = ""


Identity = ClientSecret | ClientCertificate | FederatedToken | ManagedIdentity
