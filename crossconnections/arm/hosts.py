"""Which addresses may see the bearer token.

Azure answers with whole URLs (``nextLink``, ``Location``, ``Azure-AsyncOperation``), and the token goes with each
request to them. Microsoft's own client follows them anywhere (measured with azure-mgmt-network 33.1); this one asks
here first, before every request.
"""

import re

from crossconnections.arm.errors import HostNotAllowed

# What is allowed is written out, so that no two parsers can read one address differently: an authority of plain
# labels and digits leaves no room for userinfo, backslashes, trailing dots, IDNA or bracketed addresses.
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(
    rf"https://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[0-9]{{1,5}}))?(?:[/?][!-\[\]-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_HTTPS_PORT = 443


def check_host(url: str, endpoint: str) -> None:
    """Raise HostNotAllowed unless ``url`` is https at the endpoint's host, or a subdomain of it, on its port.

    Subdomains are allowed because Azure names regional ones: https://brazilus.management.azure.com was seen in
    ``Azure-AsyncOperation`` (azure-powershell, recorded sessions of ExpressRoute tests).
    """
    host, port = _authority(url)
    own_host, own_port = _authority(endpoint)
    if port != own_port or not (host == own_host or _is_subdomain(host, own_host)):
        raise HostNotAllowed(f"{host}:{port} is not the configured Azure Resource Manager ({own_host}:{own_port}).")


def endpoint_from(text: str) -> str:
    """The endpoint without its trailing slash; ValueError unless it is https with a host name and no path."""
    endpoint = text.removesuffix("/")
    match = _ADDRESS.fullmatch(endpoint)
    if match is None or "/" in endpoint.removeprefix("https://") or "?" in endpoint:
        raise ValueError(f"{text!r} is not an endpoint: expected https://<host name>[:<port>].")
    return endpoint


def _authority(url: str) -> tuple[str, int]:
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise HostNotAllowed("The link is not a plain https address, so it was not followed.")
    return match["host"].lower(), int(match["port"] or _HTTPS_PORT)


def _is_subdomain(host: str, own_host: str) -> bool:
    is_name = not own_host.rpartition(".")[2].isdigit()
    return is_name and host.endswith(f".{own_host}")
