"""What every call that leaves the portal needs: which certificates to trust and which proxy to take.

The libraries each read the environment in their own way (REQUESTS_CA_BUNDLE, .netrc, NO_PROXY); here it is read
once, and all clients (Azure Resource Manager, msal, azure-identity, key fetching) are handed the same answer.
"""

import atexit
import os
import ssl
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi


def trusted_certificates(extra: Path | None) -> str:
    """The path of a PEM file with the system's certificate authorities and those of ``extra``."""
    system = ssl.get_default_verify_paths().cafile or certifi.where()
    return _merged(Path(system), extra) if extra else system


def proxies_for(url: str) -> dict[str, str]:
    """``{"https": proxy}`` for one URL, as HTTPS_PROXY and NO_PROXY say; empty for a direct connection."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme, "")
    return {} if not proxy or proxy_bypass(parts.netloc) else {parts.scheme: proxy}


def _merged(system: Path, extra: Path) -> str:
    descriptor, name = tempfile.mkstemp(prefix="crossconnect-ca-", suffix=".pem")
    with os.fdopen(descriptor, "w", encoding="ascii", errors="ignore") as merged:
        merged.write(system.read_text("utf-8") + "\n" + extra.read_text("utf-8"))
    atexit.register(_remove_in, os.getpid(), Path(name))
    return name


def _remove_in(process: int, file: Path) -> None:
    # A forked child leaves through the same handlers; the file belongs to its parent.
    if os.getpid() == process:
        file.unlink(missing_ok=True)
