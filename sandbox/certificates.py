"""The certificate authority that the sandbox's HTTPS is signed by."""

import ssl
from pathlib import Path

import trustme

from sandbox.state_files import write_private


def load_authority(state_dir: Path) -> trustme.CA:
    """The authority kept in the state directory, made at the first start: who trusts it once need not again."""
    certificate, key = authority_path(state_dir), state_dir / "ca-key.pem"
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    authority = trustme.CA(organization_name="Crossconnect sandbox")
    write_private(key, authority.private_key_pem.bytes())
    write_private(certificate, authority.cert_pem.bytes())
    return authority


def authority_path(state_dir: Path) -> Path:
    """Where clients find the authority's certificate."""
    return (state_dir / "ca.pem").resolve()


def server_context(authority: trustme.CA, public_host: str) -> ssl.SSLContext:
    """TLS with a fresh leaf for this machine's loopback names and the public host."""
    names = dict.fromkeys(["localhost", "127.0.0.1", "::1", public_host])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    authority.issue_cert(*names).configure_cert(context)
    return context
