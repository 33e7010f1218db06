"""The RSA key that signs every token, as Entra's do."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from sandbox.state_files import write_private


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the id under which its public half is published."""

    private: RSAPrivateKey
    key_id: str

    @property
    def public(self) -> RSAPublicKey:
        """What a signature is checked with."""
        return self.private.public_key()

    def sign(self, claims: dict[str, Any]) -> str:
        """The claims as a signed JSON web token."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.key_id})

    def published(self) -> dict[str, Any]:
        """The public half as a JSON web key."""
        numbers = RSAAlgorithm.to_jwk(self.public, as_dict=True)
        return {"kty": "RSA", "use": "sig", "kid": self.key_id, "n": numbers["n"], "e": numbers["e"]}


def load_signing_key(state_dir: Path) -> SigningKey:
    """The key kept in the state directory, made at the first start."""
    path = state_dir / "signing-key.pem"
    if not path.exists():
        write_private(path, _to_pem(generate_private_key(public_exponent=65537, key_size=2048)))
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    return SigningKey(private, _key_id(private.public_key()))


def _to_pem(key: RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _key_id(key: RSAPublicKey) -> str:
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()[:32]
