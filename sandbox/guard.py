"""Who may post here: browsers that stand on the sandbox's own page, and not on one of somebody else's.

Nobody signs in here, so anything that a browser can be made to send would be carried out. A browser says where a
form stood in Origin and Sec-Fetch-Site; a script sends neither, and may do as it likes. A name of somebody else's
that leads to this machine (DNS rebinding) would make any page the same site: it shows in Host.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from sandbox.settings import Settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = frozenset({"GET", "HEAD"})
_OURS = frozenset({"same-origin", "none"})


def reason_to_refuse_host(headers: Headers, settings: Settings) -> str | None:
    """Why nobody is answered under this name; None where the name is ours."""
    host = _name(headers.get("host", ""))
    if host in _LOOPBACK | {settings.public_host.casefold(), settings.bind.casefold()}:
        return None
    return "The sandbox does not answer under this name: open it as localhost or 127.0.0.1."


def reason_to_refuse_sender(method: str, headers: Headers) -> str | None:
    """Why nothing is done for who sent this; None for a form of ours, for a script, and where nothing is done."""
    if method in _SAFE:
        return None
    origin = headers.get("origin")
    here = headers.get("host", "").casefold()
    is_foreign = origin is not None and origin.partition("://")[2].casefold() != here
    if is_foreign or headers.get("sec-fetch-site", "none") not in _OURS:
        return "This was sent from a page of another site, and nothing was done."
    return None


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
