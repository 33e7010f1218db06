"""What can go wrong with a call to Azure, sorted by what we know afterwards.

    ArmError
    ├── NotAsked                     Azure never got it: it may be asked again
    │   ├── HostNotAllowed             a link leads out of the configured cloud
    │   ├── TokenNotObtained           Microsoft Entra ID gave us no token
    │   └── NotConnected               no connection: name, route, certificate, time
    ├── NoAnswer                     Azure may have got it: look before asking again
    ├── AnswerNotUnderstood          Azure answered, outside the contract: look before asking again
    │   └── AnswerCut                  it began well and breaks off
    ├── NotFollowed                  Azure accepted, and there is nowhere to look: look before asking again
    ├── OperationFailed              Azure began, and says that it came to nothing
    ├── OperationGone                Azure began, and knows nothing of it any more: look before asking again
    └── Refused                      Azure answered with an error
        ├── NotAuthenticated           it does not take our token
        ├── NotPermitted               our application lacks a role there
        ├── NotFound                   it is not there
        │   ├── NotEnrolled              the whole resource type is not: no ExpressRoute partner subscription
        │   └── SubscriptionUnknown      the whole subscription is not
        ├── Throttled                  too many calls
        ├── Overtaken                  it has another etag by now: nothing was written
        ├── AnotherOperationInProgress one thing at a time on one resource
        ├── NotRegistered              the subscription has not registered Microsoft.Network
        ├── ApiVersionRefused          it does not know the api-version that is configured
        └── AzureFailed                a fault of Azure's own; after a write it tells nothing of the effect

``str()`` of each is a plain sentence that holds no token, key or body. All survive pickling.
"""

# ruff: noqa: N818 - these names say what we know; an Error behind each would say nothing more


class ArmError(Exception):
    """A call to Azure did not come to its result.

    ``code`` is Azure's own word for it, ``request_id`` and ``correlation_id`` are what Microsoft's support asks
    for; each is "" where unknown.
    """

    def __init__(self, sentence: str = "", *, code: str = "", request_id: str = "", correlation_id: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.request_id = request_id
        self.correlation_id = correlation_id

    @property
    def word(self) -> str:
        """Azure's or Entra's code, else the error's own name: what is kept of a failure, and explained to people."""
        return self.code or type(self).__name__


class NotAsked(ArmError):
    """Azure Resource Manager certainly never got the request."""


class HostNotAllowed(NotAsked):
    """The address is not the configured Azure Resource Manager's, so it must not see the token."""


class TokenNotObtained(NotAsked):
    """No token for the application; ``code`` is Entra's (AADSTS…) where it answered."""


class NotConnected(NotAsked):
    """No connection came about, and not one byte of the request left."""


class NoAnswer(ArmError):
    """The request left, and no whole answer came: a time-out, a reset, a body that breaks off."""


class AnswerNotUnderstood(ArmError):
    """An answer came that is none by the contract: not JSON, a redirect, a wrong type, too large."""


class AnswerCut(AnswerNotUnderstood):
    """An answer that began as JSON and breaks off where nothing but the JSON could tell."""


class NotFollowed(ArmError):
    """Azure accepted, and named no place to look at, or one that is not the configured Azure Resource Manager's."""


class OperationFailed(ArmError):
    """A long-running operation ended without success; ``message`` is Azure's words."""

    def __init__(
        self, sentence: str = "", *, message: str = "", code: str = "", request_id: str = "", correlation_id: str = ""
    ) -> None:
        super().__init__(sentence, code=code, request_id=request_id, correlation_id=correlation_id)
        self.message = message


class OperationGone(ArmError):
    """Azure does not know a long-running operation any more that it had accepted; what came of it cannot be asked."""


class Refused(ArmError):
    """Azure answered with an error.

    ``status`` is the HTTP status, ``message`` and ``target`` are Azure's words, ``retry_after`` the seconds
    that Azure asks to wait, None where it does not say.
    """

    def __init__(
        self,
        sentence: str = "",
        *,
        status: int = 0,
        message: str = "",
        target: str = "",
        retry_after: float | None = None,
        code: str = "",
        request_id: str = "",
        correlation_id: str = "",
    ) -> None:
        super().__init__(sentence, code=code, request_id=request_id, correlation_id=correlation_id)
        self.status = status
        self.message = message
        self.target = target
        self.retry_after = retry_after


class NotAuthenticated(Refused):
    """Azure does not take our token: expired, of another tenant, or with a challenge.

    ``claims`` is what the challenge asks of a new token, as JSON text; "" without one.
    """

    claims: str = ""


class NotPermitted(Refused):
    """The application's identity lacks a role at that scope."""


class NotFound(Refused):
    """What was asked for is not there, in Azure's own words."""


class NotEnrolled(NotFound):
    """The resource type is not known to this subscription; it tells nothing of a single cross connection."""


class SubscriptionUnknown(NotFound):
    """The subscription does not exist or we cannot see it; it tells nothing of a single cross connection."""


class Throttled(Refused):
    """Too many calls; wait ``retry_after`` seconds, or some of your own choice where it is None."""


class Overtaken(Refused):
    """The resource has another etag than the write was made from, so Azure did not take it (If-Match, 412)."""


class AnotherOperationInProgress(Refused):
    """Azure is busy with another operation on this or a dependent resource."""


class NotRegistered(Refused):
    """The subscription is not registered to use Microsoft.Network."""


class ApiVersionRefused(Refused):
    """The api-version asked for is unknown to Azure, or to this resource type."""


class AzureFailed(Refused):
    """Azure failed by its own account (5xx). A write may have taken effect all the same."""
