"""A credential whose certificate is read when a token is first wanted, and again after that has failed."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from azure.core.credentials import AccessToken
from azure.identity import CertificateCredential
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificates

from crossconnections.arm.errors import TokenNotObtained
from crossconnections.arm.identities import ClientCertificate

_UNUSABLE = (OSError, ValueError, TypeError, UnsupportedAlgorithm)
_NO_CERTIFICATE = "it is no PEM or PKCS12 file with an RSA key, or its password is another"


def expiry_of(certificate: ClientCertificate) -> datetime | None:
    """Until when the application's certificate is good, aware UTC; None where the file cannot be read or holds none.

    Of a chain the one that ends first counts: Entra ID takes none that is beyond its time.
    """
    try:
        found = _certificates(Path(certificate.path).read_bytes(), certificate.password)
    except _UNUSABLE:
        return None
    return min((one.not_valid_after_utc for one in found), default=None)


def _certificates(content: bytes, password: str) -> list[Certificate]:
    if b"-----BEGIN" in content:
        return load_pem_x509_certificates(content)
    bundle = load_pkcs12(content, password.encode() or None)
    return [bundle.cert.certificate] if bundle.cert else []


class CertificateFile:
    """As azure-core's TokenCredential; TokenNotObtained when the file is missing or is no certificate with its key."""

    def __init__(self, certificate: ClientCertificate, options: Mapping[str, Any]) -> None:
        self._certificate = certificate
        self._options = options
        self._credential: CertificateCredential | None = None

    def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **_options: object,
    ) -> AccessToken:
        """A token, as the credential that is read from the file gives it."""
        if self._credential is None:
            self._credential = self._read()
        return self._credential.get_token(*scopes, claims=claims, tenant_id=tenant_id, enable_cae=enable_cae)

    def _read(self) -> CertificateCredential:
        one = self._certificate
        try:
            return CertificateCredential(
                one.tenant_id, one.client_id, one.path, password=one.password or None, **self._options
            )
        except _UNUSABLE as error:
            reason = getattr(error, "strerror", "") or _NO_CERTIFICATE
        # Raised out here: what is caught above may hold the key.
        raise TokenNotObtained(f"The application's certificate could not be used: {reason}.")
