"""Eyes on the wire: whether a request left, and an end to answers that never end.

requests' read time-out starts anew with each byte, so a server that trickles could hold a worker for ever; and
its exceptions do not tell a handshake that failed from an answer that broke off. Both are known for certain at
one place, the connection itself, when it starts to send.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from crossconnections.arm.trust import context_for

_watching: ContextVar["Watch | None"] = ContextVar("watching", default=None)


class Watch:
    """Observes what its block sends over a :func:`watched_session`, and cuts the wire after ``seconds``.

    ``sent`` tells whether the first byte of a request may have left; ``expired`` whether the time was up: then
    even an answer that seems whole is not. Connecting comes before: the connect time-out bounds that. What
    ``is_too_late`` by then does not leave; asked before the head and before each piece of the body, without which a
    request is none.
    """

    def __init__(self, seconds: float, *, is_too_late: Callable[[], bool] = bool) -> None:
        self.sent = False
        self.expired = False
        self._is_too_late = is_too_late
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._outer = _watching.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()
        _watching.reset(self._outer)

    def sends_over(self, wire: socket.socket | None) -> None:
        """Called by the connection before its first byte; TimeoutError when the time is up already."""
        self._socket = wire
        self.check()
        self.sent = True

    def check(self) -> None:
        """TimeoutError where nothing more may leave."""
        if self.expired or self._is_too_late():
            raise TimeoutError("the time was up before the request left")

    def _cut(self) -> None:
        self.expired = True
        if self._socket is not None:
            # The plain socket's shutdown: SSLSocket's own would pull the TLS state from under the reading thread.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _PlainConnection(HTTPConnection):
    def putrequest(self, method: str, url: str, *arguments: bool, **options: bool) -> None:
        # The first thing that is sent over a connection; its TLS stands by then.
        if watch := _watching.get():
            if self.sock is None:  # plain http connects only with its first byte
                self.connect()
            watch.sends_over(self.sock)
        super().putrequest(method, url, *arguments, **options)

    def send(self, data: Any) -> None:  # noqa: ANN401 - urllib3's own signature
        # Not what a proxy is told before: then nothing was sent to Azure yet.
        if (watch := _watching.get()) and watch.sent:
            watch.check()
        super().send(data)


class _Connection(_PlainConnection, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    """requests' adapter without retries (its default), over connections that report to the watch.

    A file of certificates is read once for the process, instead of once for each connection (``arm.trust``).
    """

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,  # noqa: FBT001 - requests' own signature
        cert: tuple[str, str] | str | None = None,
    ) -> Any:  # noqa: ANN401 - requests' types for it are private
        host, attributes = super().build_connection_pool_key_attributes(request, verify, cert)
        if isinstance(verify, str) and host["scheme"] == "https":
            return host, {"cert_reqs": attributes["cert_reqs"], "ssl_context": context_for(verify)}
        return host, attributes

    def cert_verify(self, conn: Any, url: str, verify: bool | str | None, cert: tuple[str, str] | str | None) -> None:  # noqa: ANN401, FBT001 - requests' own signature
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        if isinstance(verify, str):
            conn.ca_certs = None  # else each connection would read the file into the shared context once more

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - requests' own signature
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> HTTPConnectionPool:
        pool = cast(HTTPConnectionPool, super().get_connection_with_tls_context(request, verify, proxies, cert))
        pool.ConnectionCls = _Connection if pool.scheme == "https" else _PlainConnection  # through a proxy alike
        return pool


def watched_session(proxies: Mapping[str, str], *, schemes: tuple[str, ...] = ("https",)) -> requests.Session:
    """A session for ``schemes`` only that reads nothing from the environment and keeps no cookies."""
    session = requests.Session()
    session.trust_env = False  # else .netrc replaces the Authorization header and REQUESTS_CA_BUNDLE our CA
    session.proxies = dict(proxies)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.adapters.clear()
    for scheme in schemes:
        session.mount(f"{scheme}://", _Adapter())
    return session
