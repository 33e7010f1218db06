"""Why a change came to nothing, in plain words: what a code means in half a sentence, in a whole one, and what to do.

The codes are Azure's, Entra's, the names of our own errors (crossconnections.arm.errors), and those of the engine and
of changes themselves.
"""

from typing import NamedTuple

REFUSED = "Azure refused the change"
NOT_SENT = "The change was not sent"
FAILED = "The change failed"


class Refusal(NamedTuple):
    """``brief`` stands in the list, ``title`` over the page, the rest in the call-out."""

    brief: str
    cause: str
    next_step: str
    title: str = REFUSED


_BODY = Refusal(
    "Azure did not take what was sent",
    "Azure did not take what the portal sent. Nothing was changed.",
    "It would be refused again: an administrator looks into it with Azure's words and the ids here.",
)
_ROLE = Refusal(
    "the portal is not permitted",
    "Azure does not let the portal's application change cross connections there. Nothing was changed.",
    "An administrator gives the application a role with the action expressRouteCrossConnections/write there; then ask "
    "again.",
)
_TOKEN = Refusal(
    "Azure did not take the portal's token",
    "Microsoft Entra ID gave the portal's application no token that Azure takes. Nothing was changed.",
    "An administrator checks AZURE_TENANT_ID, AZURE_CLIENT_ID and the client secret, which may have expired.",
    NOT_SENT,
)
_NO_TOKEN = Refusal(
    "no token from Entra ID",
    "Microsoft Entra ID could not be reached, or gave no proper answer, so the portal's application has no token.",
    "An administrator checks the network between the portal and Entra ID. Then ask again.",
    NOT_SENT,
)
_NOT_FOUND = Refusal(
    "Azure does not find it",
    "Azure does not find the cross connection. Nothing was changed.",
    "The customer may have deleted the circuit just now: read it anew, and ask them.",
)
_BUSY = Refusal(
    "another change is under way in Azure",
    "Another change of this circuit was still under way in Azure.",
    "Often the customer edits at the same moment. Ask again in a few minutes; what you asked for is kept.",
)
_THROTTLED = Refusal(
    "Azure had too many calls",
    "Azure had too many calls to take this one. Nothing was changed.",
    "Wait a minute, then ask again.",
)
_AZURE_FAILED = Refusal(
    "Azure failed",
    "Azure began, and failed on the way.",
    "Look below at what it holds now, then ask again. If it fails again, give Microsoft's support the ids here.",
    FAILED,
)
_CLOUD = Refusal(
    "not the configured cloud",
    "An address led outside of the cloud that is configured, and the portal's token must not go there.",
    "An administrator checks PORTAL_CLOUD and PORTAL_ARM_ENDPOINT.",
    NOT_SENT,
)
_NOT_ENROLLED = Refusal(
    "the subscription has no cross connections",
    "Azure does not know cross connections in this subscription, or does not know the subscription.",
    "An administrator checks its enrolment, its registration for Microsoft.Network, and the application's role on it.",
)
_VERSION = Refusal(
    "Azure does not know the api-version",
    "Azure does not know the api-version that is configured.",
    "An administrator checks PORTAL_ARM_API_VERSION.",
)
_OVERTAKEN = Refusal(
    "somebody changed it at the same moment",
    "The cross connection was changed while the portal was about to write, and Azure took nothing.",
    "Ask again: the review shows what Azure holds by now.",
    "Somebody changed it meanwhile",
)
_NOT_CONNECTED = Refusal(
    "no connection to Azure",
    "Azure could not be reached until its time was over, so nothing was sent.",
    "An administrator checks the network and the proxy between the portal and Azure. Then ask again.",
    NOT_SENT,
)
_NOT_HEARD = Refusal(
    "no answer from Azure",
    "Azure did not finish its answer.",
    "Look below at what it holds now, then ask again.",
    FAILED,
)

_MEANINGS = {
    "LocationRequired": _BODY._replace(cause="Azure says that its own region is missing in what the portal sent."),
    "ExpressRouteCircuitReferenceInCrossConnectionCannotBeModified": _BODY._replace(
        brief="Azure took it for a change of the customer's circuit",
        cause="Azure took what was sent for a change of the customer's circuit, which a partner cannot make.",
    ),
    "AnotherOperationInProgress": _BUSY,
    "RetryableError": _BUSY,
    "Conflict": Refusal(
        "Azure held something else by then",
        "Somebody changed the same field in Azure after the form was opened, so nothing was sent.",
        "Look below at what Azure holds by now. Ask again, and choose on the review what is to be sent.",
        "Somebody changed it meanwhile",
    ),
    "PreconditionFailed": _OVERTAKEN,
    "Overtaken": _OVERTAKEN,
    "Gone": Refusal(
        "gone from Azure",
        "The cross connection went from Azure before the change was done.",
        "There is nothing to change any more. Ask the customer whether they deleted the circuit.",
        "The cross connection is gone",
    ),
    "RoleEnded": Refusal(
        "the role ended",
        "The role of whoever asked for it ended before it was sent, so nothing was.",
        "Somebody with the role Operator here asks again.",
        NOT_SENT,
    ),
    "Settled": Refusal(
        "a person said that Azure did not take it",
        "Nobody heard Azure's answer, and a person has looked: Azure did not take it.",
        "Ask again if it is still wanted.",
        "Azure did not take the change",
    ),
    "NotSent": Refusal(
        "not sent in time",
        "It could not be sent within its time: no worker was free, or Azure did not take anything.",
        "Ask again. If it goes on, an administrator looks whether the workers run.",
        NOT_SENT,
    ),
    "GaveUp": Refusal(
        "given up",
        "It did not come to an end in the time that the portal waits.",
        "Look below at what Azure holds now, then ask again.",
        FAILED,
    ),
    "PortalFault": Refusal(
        "the portal failed",
        "The portal itself failed while it carried this out.",
        "An administrator looks into the worker's log. Look below at what Azure holds now before you ask again.",
        FAILED,
    ),
    "AnswerNotUnderstood": _NOT_HEARD._replace(
        brief="an answer that is none", cause="Azure's answer was not one that the portal understands."
    ),
    "NotConnected": _NOT_CONNECTED,
    "HostNotAllowed": _CLOUD,
    "NotFollowed": _CLOUD._replace(
        cause="Azure began, and named no place in the configured cloud to look at.", title=FAILED
    ),
    "OperationGone": _NOT_HEARD._replace(
        brief="Azure does not know it any more", cause="Azure had begun, and knows nothing of it any more."
    ),
    "NoEnd": _NOT_HEARD._replace(
        brief="Azure came to no end", cause="Azure did not come to an end in the time that the portal waits."
    ),
    "Unclear": _NOT_HEARD._replace(
        brief="changed meanwhile, and not to what was asked",
        cause="The cross connection was changed meanwhile, and not to what was asked.",
    ),
    "AgainstTheRules": Refusal(
        "another peering has it by now",
        "Azure shows another peering of the circuit that this one would clash with, so nothing was sent.",
        "The sentence below says where. Open the form again, and choose other values.",
        NOT_SENT,
    ),
    "KeyUnseen": _NOT_HEARD._replace(
        brief="no look can tell whether the key was set",
        cause="Azure shows no shared key, so no look can tell whether it was set.",
    ),
    "KeyNotOpened": Refusal(
        "the shared key could not be opened",
        "The shared key was sealed with a key that the portal has not any more, so nothing was sent.",
        "Open the form again and type the shared key anew. An administrator looks at PORTAL_SEALING_KEYS.",
        NOT_SENT,
    ),
    "TrailBroken": Refusal(
        "the activity cannot be recorded",
        "The trail of activity cannot be continued, and what cannot be recorded is not sent.",
        "An administrator looks at the page Activity. It is sent once the trail is whole again.",
        NOT_SENT,
    ),
    "NoAnswer": _NOT_HEARD,
    "AnswerCut": _NOT_HEARD,
    "TokenNotObtained": _NO_TOKEN,
    **dict.fromkeys(("InvalidRequestFormat", "InvalidJson", "InvalidRequestContent", "BadRequest"), _BODY),
    **dict.fromkeys(("AuthorizationFailed", "NotPermitted", "LinkedAuthorizationFailed"), _ROLE),
    **dict.fromkeys(
        ("AuthenticationFailed", "ExpiredAuthenticationToken", "InvalidAuthenticationToken", "NotAuthenticated"), _TOKEN
    ),
    **dict.fromkeys(("SubscriptionRequestsThrottled", "TooManyRequests", "Throttled"), _THROTTLED),
    **dict.fromkeys(("ResourceNotFound", "NotFound", "ResourceGroupNotFound"), _NOT_FOUND),
    **dict.fromkeys(
        (
            "InternalServerError", "InternalError", "GatewayTimeout", "ServiceUnavailable", "BadGateway",
            "ServerTimeout", "RequestTimeout", "OperationFailed", "AzureFailed",
        ),
        _AZURE_FAILED,
    ),
    **dict.fromkeys(
        ("InvalidResourceType", "NotEnrolled", "MissingSubscriptionRegistration", "NotRegistered",
         "SubscriptionNotFound", "SubscriptionUnknown"),
        _NOT_ENROLLED,
    ),
    **dict.fromkeys(
        ("MissingApiVersionParameter", "InvalidApiVersionParameter", "NoRegisteredProviderFound", "ApiVersionRefused"),
        _VERSION,
    ),
}  # fmt: skip
_UNKNOWN = Refusal(
    "Azure refused",
    "Azure did not make this change.",
    "Azure's own words stand below. Ask again, or give Microsoft's support the ids here.",
)


def explain_refusal(code: str) -> Refusal:
    """What a code means for a change."""
    if code.startswith("AADSTS"):
        return _TOKEN
    # Azure has one for each field that a partner must not touch; not all of them are documented.
    return _MEANINGS.get(code, _BODY if code.endswith("CannotBeModified") else _UNKNOWN)
