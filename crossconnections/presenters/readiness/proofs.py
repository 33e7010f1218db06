"""What is told of the token: it differs by how the portal proves itself to Microsoft Entra ID.

Sources of the commands: Azure CLI reference (learn.microsoft.com): az ad app credential, az ad app
federated-credential, az ad sp; "How to use managed identities on a virtual machine to acquire an access token". That a
managed identity's refusal has no code of Entra's, and so comes to "none", is how crossconnections.arm reads it.
"""

from enum import StrEnum

from crossconnections.arm import ClientCertificate, ClientSecret, FederatedToken, Identity, ManagedIdentity
from crossconnections.presenters.readiness.words import Words, words_of
from crossconnections.readiness.checks import Check


class Proof(StrEnum):
    """By what the portal proves itself; docs/operating.md has them in this order."""

    MANAGED_IDENTITY = "managed-identity"
    FEDERATED_TOKEN = "federated-token"  # noqa: S105 - no token
    CERTIFICATE = "certificate"
    SECRET = "secret"  # noqa: S105 - no secret


_PROOFS: dict[type[Identity], Proof] = {
    ManagedIdentity: Proof.MANAGED_IDENTITY,
    FederatedToken: Proof.FEDERATED_TOKEN,
    ClientCertificate: Proof.CERTIFICATE,
    ClientSecret: Proof.SECRET,
}

_REFUSES = "Entra ID refuses the application"
_NO_TOKEN_BECAUSE = "Microsoft Entra ID gives the portal's application no token:"  # noqa: S105 - a sentence
_OR_THE_IDS = "or AZURE_TENANT_ID or AZURE_CLIENT_ID is wrong. Nothing can be asked of Azure."
_NONE = "No token from Entra ID"
_NOT_REACHED = "Microsoft Entra ID could not be reached, or gave no proper answer"
_NETWORK = (
    "the network between the portal's hosts and Entra ID: name service, firewall, HTTPS_PROXY, PORTAL_CA_BUNDLE, "
    "AZURE_AUTHORITY_HOST. On the host of a worker:"
)
_ASK_ENTRA = "curl -sS {authority}/{tenant_id}/v2.0/.well-known/openid-configuration"
_NOT_TAKEN = "Azure does not take the token"
_ANOTHER_CLOUD = "Azure Resource Manager refuses it: it is for another cloud or tenant, or a clock is wrong."
_TENANT_OF_THE_SUBSCRIPTION = "az account show --subscription {id} --query tenantId"

_OBTAINED = Words("Credentials", "Microsoft Entra ID gives the application {client_id} a token.")
_NOT_TAKEN_OF_AN_APPLICATION = Words(
    _NOT_TAKEN,
    f"Entra ID gives a token, and {_ANOTHER_CLOUD}",
    "Compare AZURE_TENANT_ID with the tenant of the subscription, and PORTAL_CLOUD with its cloud:",
    _TENANT_OF_THE_SUBSCRIPTION,
)

OF_THE_TOKEN: dict[tuple[str, Proof], Words] = {
    ("obtained", Proof.MANAGED_IDENTITY): Words("Credentials", "The machine's managed identity gets a token."),
    ("obtained", Proof.FEDERATED_TOKEN): _OBTAINED,
    ("obtained", Proof.CERTIFICATE): _OBTAINED,
    ("obtained", Proof.SECRET): _OBTAINED,
    ("refused", Proof.MANAGED_IDENTITY): Words(
        "Entra ID refuses the managed identity",
        "Microsoft Entra ID gives the machine's managed identity no token: it was deleted or disabled. Nothing can be "
        "asked of Azure.",
        "See whether it is still there. If not, assign the machine another one and give that its role:",
        "az ad sp show --id {client_id} --query accountEnabled",
    ),
    ("refused", Proof.FEDERATED_TOKEN): Words(
        _REFUSES,
        f"{_NO_TOKEN_BECAUSE} it trusts no token like that of AZURE_FEDERATED_TOKEN_FILE, {_OR_THE_IDS}",
        "Compare issuer, subject and audience of the token with what the application trusts:",
        "az ad app federated-credential list --id {client_id}",
    ),
    ("refused", Proof.CERTIFICATE): Words(
        _REFUSES,
        f"{_NO_TOKEN_BECAUSE} its certificate has ended or is another one, {_OR_THE_IDS}",
        "Make a new one, put it with its key where AZURE_CLIENT_CERTIFICATE_PATH points, and restart the workers. "
        "Whoever may manage the application adds it:",
        "az ad app credential reset --id {client_id} --append --cert @new-certificate.pem",
    ),
    ("refused", Proof.SECRET): Words(
        _REFUSES,
        f"{_NO_TOKEN_BECAUSE} its secret has expired or is another one, {_OR_THE_IDS}",
        "Make a new secret, put it into AZURE_CLIENT_SECRET and restart the workers. Whoever may manage the "
        "application runs:",
        "az ad app credential reset --id {client_id} --append --display-name crossconnect --years 1",
    ),
    ("none", Proof.MANAGED_IDENTITY): Words(
        "No token for the managed identity",
        "The machine gave the portal no token: no managed identity is assigned to it, or not the one of "
        "AZURE_CLIENT_ID, or its endpoint does not answer. Nothing can be asked of Azure.",
        "Assign it one, or set AZURE_TENANT_ID and what goes with it for another proof. On a virtual machine that runs "
        "a worker, 200 says that there is a token, 400 that there is no such identity:",
        "curl -sS --noproxy '*' -o /dev/null -w '%{{http_code}}\\n' -H Metadata:true "
        "'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource={endpoint}{and_client}'",
    ),
    ("none", Proof.FEDERATED_TOKEN): Words(
        _NONE,
        f"{_NOT_REACHED}, or the file of AZURE_FEDERATED_TOKEN_FILE cannot be read. Nothing can be asked of Azure.",
        f"See that the file is there, and look at {_NETWORK}",
        f'ls -l "$AZURE_FEDERATED_TOKEN_FILE"\n{_ASK_ENTRA}',
    ),
    ("none", Proof.CERTIFICATE): Words(
        _NONE,
        f"{_NOT_REACHED}, or the file of AZURE_CLIENT_CERTIFICATE_PATH cannot be read. Nothing can be asked of Azure.",
        f"See that the file is there, and look at {_NETWORK}",
        f'ls -l "$AZURE_CLIENT_CERTIFICATE_PATH"\n{_ASK_ENTRA}',
    ),
    ("none", Proof.SECRET): Words(
        _NONE,
        f"{_NOT_REACHED}. Nothing can be asked of Azure.",
        f"Look at {_NETWORK}",
        _ASK_ENTRA,
    ),
    ("not-taken", Proof.MANAGED_IDENTITY): Words(
        _NOT_TAKEN,
        f"The machine's managed identity gets a token, and {_ANOTHER_CLOUD}",
        "Compare the tenant of the machine's own subscription with that of this one, and PORTAL_CLOUD with its cloud; "
        "a managed identity is of no use in another tenant:",
        _TENANT_OF_THE_SUBSCRIPTION,
    ),
    ("not-taken", Proof.FEDERATED_TOKEN): _NOT_TAKEN_OF_AN_APPLICATION,
    ("not-taken", Proof.CERTIFICATE): _NOT_TAKEN_OF_AN_APPLICATION,
    ("not-taken", Proof.SECRET): _NOT_TAKEN_OF_AN_APPLICATION,
}


def proof_of(identity: Identity) -> Proof:
    """By what this one proves itself."""
    return _PROOFS[type(identity)]


def words_by_proof(check: Check, outcome: str, proof: Proof) -> Words:
    """As ``words_of``, for a portal that proves itself so."""
    by_proof = OF_THE_TOKEN.get((outcome, proof)) if check is Check.TOKEN else None
    return by_proof or words_of(check, outcome)
