"""The paths of the authority: for programs over HTTPS, for people on the sign-in page's origin."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, compile_path

from sandbox.entra import pages
from sandbox.entra.authorize import (
    NotTrustedError,
    SentBackError,
    SignInRequest,
    grant_sign_in,
    is_loopback,
    read_sign_in_request,
)
from sandbox.entra.discovery import published_keys, told_discovery
from sandbox.entra.errors import EntraError, unknown_tenant
from sandbox.entra.forgery import foreign_keys
from sandbox.entra.token_endpoint import answer_token_request, read_form
from sandbox.json_answer import JsonAnswer
from sandbox.people import find_person
from sandbox.world import World

_DISCOVERY = "/{tenant}/v2.0/.well-known/openid-configuration"
_KEYS = "/{tenant}/discovery/v2.0/keys"
_TOKEN = "/{tenant}/oauth2/v2.0/token"  # noqa: S105 - no password
# Of nobody's: where a forged token says that its key is.
_FOREIGN_KEYS = "/{tenant}/elsewhere/keys"
_FOR_PROGRAMS = tuple(compile_path(path)[0] for path in (_DISCOVERY, _KEYS, _TOKEN))
_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}


def is_for_programs(path: str) -> bool:
    """Whether a path is one of the authority's that programs call."""
    return any(pattern.match(path) for pattern in _FOR_PROGRAMS)


def refuse(error: EntraError, headers: Mapping[str, str] = _NOT_STORED) -> Response:
    """An OAuth error."""
    return JsonAnswer(error.body(), status_code=error.status, headers={**_NOT_STORED, **headers})


class Authority:
    """Answers for Microsoft Entra ID."""

    def __init__(self, world: World) -> None:
        self._world = world

    def program_routes(self) -> list[Route]:
        """What clients call."""
        return [
            Route(_DISCOVERY, self.discover, methods=["GET"]),
            Route(_KEYS, self.list_keys, methods=["GET"]),
            Route(_FOREIGN_KEYS, self.list_foreign_keys, methods=["GET"]),
            Route(_TOKEN, self.issue_tokens, methods=["POST"]),
        ]

    def people_routes(self) -> list[Route]:
        """What browsers show."""
        return [
            Route("/{tenant}/oauth2/v2.0/authorize", self.sign_in, methods=["GET", "POST"]),
            Route("/{tenant}/oauth2/v2.0/logout", self.sign_out, methods=["GET"]),
        ]

    async def discover(self, request: Request) -> Response:
        """OpenID Connect discovery."""
        if not self._is_ours(request):
            return refuse(unknown_tenant(request.path_params["tenant"]))
        return JsonAnswer(told_discovery(self._world))

    async def list_keys(self, request: Request) -> Response:
        """The keys that tokens are signed with."""
        if not self._is_ours(request):
            return refuse(unknown_tenant(request.path_params["tenant"]))
        return JsonAnswer(published_keys(self._world))

    async def list_foreign_keys(self, request: Request) -> Response:
        """A trap: whoever asks has followed an address in a token's header."""
        return JsonAnswer(foreign_keys(self._world))

    async def issue_tokens(self, request: Request) -> Response:
        """Tokens for a code or a secret."""
        if not self._is_ours(request):
            return refuse(unknown_tenant(request.path_params["tenant"]))
        try:
            return JsonAnswer(answer_token_request(await read_form(request), self._world), headers=_NOT_STORED)
        except EntraError as error:
            return refuse(error)

    async def sign_in(self, request: Request) -> Response:
        """The page with the people, and what happens when one is chosen. The form keeps the query."""
        if not self._is_ours(request):
            return pages.refusal_page(str(unknown_tenant(request.path_params["tenant"])))
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        try:
            asked = read_sign_in_request({**request.query_params, **form}, self._world)
        except NotTrustedError as error:
            return pages.refusal_page(str(error))
        except SentBackError as error:
            return RedirectResponse(error.location, status_code=302, headers=_NOT_STORED)
        return self._choose(asked, form) if request.method == "POST" else _ask(asked)

    async def sign_out(self, request: Request) -> Response:
        """Entra's end of session: says so, and leads back to where it is allowed to lead."""
        return_to = request.query_params.get("post_logout_redirect_uri", "")
        return pages.signed_out_page(return_to if is_loopback(return_to) else None)

    def _choose(self, asked: SignInRequest, form: Mapping[str, str]) -> Response:
        person = find_person(form.get("person", ""))
        if person is None:
            return pages.refusal_page("AADSTS50034: There is no such person in this directory.")
        location = grant_sign_in(asked, person, self._world)
        return RedirectResponse(location, status_code=302, headers=_NOT_STORED)

    def _is_ours(self, request: Request) -> bool:
        tenant: str = request.path_params["tenant"]
        return tenant.casefold() == self._world.identity.tenant_id


def _ask(asked: SignInRequest) -> Response:
    return pages.sign_in_page(urlsplit(asked.redirect_uri).netloc)
