"""What a `status` fault answers: in the gateway's way or the provider's, by its code, or in Entra's, by the path."""

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from sandbox.arm.bearer import invalid_token_challenge, is_good
from sandbox.arm.errors import ArmError, not_registered, too_many_requests
from sandbox.arm.exchange import Exchange
from sandbox.entra.errors import made_up
from sandbox.entra.routes import is_for_programs, refuse
from sandbox.faults import Fault
from sandbox.world import World

_USUAL_CODES = {
    400: "BadRequest",
    401: "AuthenticationFailed",
    403: "AuthorizationFailed",
    404: "ResourceNotFound",
    409: "Conflict",
    412: "PreconditionFailed",
    429: "TooManyRequests",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}
# Who does not let a request through to the provider, or hears nothing from it. Every other code is the provider's.
_GATEWAYS = frozenset(
    {
        *("AuthenticationFailed", "ExpiredAuthenticationToken", "InvalidAuthenticationToken"),
        *("InvalidAuthenticationTokenAudience", "InvalidAuthenticationTokenTenant", "AuthorizationFailed"),
        *("MissingSubscription", "SubscriptionNotFound", "ResourceGroupNotFound", "ResourceNotFound"),
        *("InvalidResourceType", "InvalidResourceNamespace", "MissingSubscriptionRegistration"),
        *("MissingApiVersionParameter", "InvalidApiVersionParameter", "NoRegisteredProviderFound"),
        *("SubscriptionRequestsThrottled", "TenantRequestsThrottled", "HttpMethodNotSupported"),
        *("BadGateway", "GatewayTimeout"),
    }
)


def told_answer(fault: Fault, scope: Scope, world: World) -> Response:
    """The answer to a request that a `status` fault strikes."""
    if is_for_programs(scope["path"]):
        return refuse(made_up(fault.status, fault.code or ""), _headers(fault))
    headers = Headers(scope=scope)
    error = _error(fault, world)
    is_known = error.status != 401 and is_good(headers.get("authorization"), world)
    return Exchange(world, scope["method"], scope["path"], headers, is_known).refuse(error)


def _error(fault: Fault, world: World) -> ArmError:
    code = fault.code or _usual_code(fault.status)
    error = _recorded(code) or ArmError(fault.status, code, {"status": fault.status}, "fault", code in _GATEWAYS)
    error.status, error.headers = fault.status, _headers(fault)
    if fault.status == 401:
        error.headers["WWW-Authenticate"] = invalid_token_challenge(world, error.message())
    return error


def _usual_code(status: int) -> str:
    return _USUAL_CODES.get(status, "InternalServerError" if status >= 500 else "BadRequest")


def _recorded(code: str) -> ArmError | None:
    """The two whose body was recorded in a shape of its own."""
    if code == "MissingSubscriptionRegistration":
        return not_registered("Microsoft.Network")
    return too_many_requests() if code == "TooManyRequests" else None


def _headers(fault: Fault) -> dict[str, str]:
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
