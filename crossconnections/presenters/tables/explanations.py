"""Why a table could not be read, in plain words: what a code means in half a sentence, in a whole one, and what to do.

The codes are Azure's, Entra's, the names of our own errors (crossconnections.arm.errors) and those of the engine.
"""

from typing import NamedTuple


class Explanation(NamedTuple):
    """``brief`` stands beside a read, and in the place of a table that has no rows; the rest in the call-out."""

    brief: str
    cause: str
    next_step: str


_ROLE = Explanation(
    "not permitted",
    "Azure does not let the portal's application read tables there.",
    "Give the application a role with the actions for ARP tables, routes and their summary, then retry.",
)
_TOKEN = Explanation(
    "Azure did not take the portal's token",
    "Microsoft Entra ID gave the portal's application no token that Azure takes.",
    "An administrator checks AZURE_TENANT_ID, AZURE_CLIENT_ID and the client secret, which may have expired.",
)
_NO_TOKEN = Explanation(
    "no token from Entra ID",
    "Microsoft Entra ID could not be reached, or gave no proper answer, so the portal's application has no token.",
    "An administrator checks the network between the portal and Entra ID. Then retry.",
)
_THROTTLED = Explanation(
    "Azure had too many calls",
    "Azure had too many calls to answer this one.",
    "Wait a minute, then retry.",
)
_NOT_FOUND = Explanation(
    "Azure does not find it",
    "Azure does not find the cross connection or this peering.",
    "Somebody may have removed it just now: read the cross connection anew, and then the tables.",
)
_NO_ANSWER = Explanation(
    "no answer from Azure",
    "Azure did not finish its answer.",
    "Retry. If it goes on, check the network and the proxy between the portal and Azure.",
)
_AZURE_FAILED = Explanation(
    "Azure failed",
    "Azure could not get an answer from its edge router, or failed on the way.",
    "Retry. If it fails again, give Microsoft's support the ids here.",
)
_CLOUD = Explanation(
    "not the configured cloud",
    "Azure named an address outside of the cloud that is configured, and the portal's token must not go there.",
    "An administrator checks PORTAL_CLOUD and PORTAL_ARM_ENDPOINT.",
)
_VERSION = Explanation(
    "Azure does not know the api-version",
    "Azure does not know the api-version that is configured.",
    "An administrator checks PORTAL_ARM_API_VERSION.",
)
_NOT_ENROLLED = Explanation(
    "the subscription has no cross connections",
    "Azure does not know cross connections in this subscription, or does not know the subscription.",
    "An administrator checks its enrolment, its registration for Microsoft.Network, and the application's role on it.",
)

_MEANINGS = {
    "GaveUp": Explanation(
        "given up",
        "Azure did not come to an end in the time that the portal waits for a table.",
        "Retry. If it takes as long again, give Microsoft's support the ids here.",
    ),
    "NotSent": Explanation(
        "not asked in time",
        "Azure was not asked for it within the time that the portal waits: no worker was free, or other tables of this "
        "circuit took all of it.",
        "Retry. If it goes on, an administrator looks whether the workers run.",
    ),
    "NoWord": Explanation(
        "no word from Azure",
        "Nobody knows whether Azure got it, and asking again several times gave no answer either.",
        "Retry. If it goes on, check the network and the proxy between the portal and Azure.",
    ),
    "PortalFault": Explanation(
        "the portal failed",
        "The portal itself failed while it read this table.",
        "Retry once. If it fails again, an administrator looks into the worker's log.",
    ),
    "Gone": Explanation(
        "gone from Azure",
        "The cross connection went from Azure before it was asked.",
        "There is nothing to read any more. Ask the customer whether they deleted the circuit.",
    ),
    "RoleEnded": Explanation(
        "the role ended",
        "The role of whoever asked for it ended before Azure was asked, so Azure was not.",
        "Somebody with the role Support here retries.",
    ),
    "OperationGone": Explanation(
        "Azure does not know it any more",
        "Azure had begun, and knows nothing of it any more.",
        "Retry: reading again harms nothing.",
    ),
    "AnotherOperationInProgress": Explanation(
        "Azure is busy with this circuit",
        "Azure was busy with another operation on this circuit.",
        "Retry when that has ended: the customer may be changing the circuit.",
    ),
    "Overtaken": Explanation(
        "it changed meanwhile",
        "Somebody changed the circuit while it was asked for.",
        "Retry: reading again harms nothing.",
    ),
    "AnswerNotUnderstood": Explanation(
        "an answer that is none",
        "Azure's answer was not one that the portal understands.",
        "Retry once. If it fails again, an administrator looks into the worker's log.",
    ),
    "NotConnected": Explanation(
        "no connection to Azure",
        "Azure could not be reached.",
        "Check the network and the proxy between the portal and Azure, then retry.",
    ),
    "HostNotAllowed": _CLOUD,
    "NotFollowed": Explanation(
        "Azure began and said not where",
        "Azure began, and named no place in the configured cloud to look for its answer.",
        "Retry once. If it fails again, an administrator checks PORTAL_CLOUD and PORTAL_ARM_ENDPOINT.",
    ),
    "NoAnswer": _NO_ANSWER,
    "AnswerCut": _NO_ANSWER,
    "TokenNotObtained": _NO_TOKEN,
    **dict.fromkeys(("AuthorizationFailed", "NotPermitted", "LinkedAuthorizationFailed"), _ROLE),
    **dict.fromkeys(
        ("AuthenticationFailed", "ExpiredAuthenticationToken", "InvalidAuthenticationToken", "NotAuthenticated"), _TOKEN
    ),
    **dict.fromkeys(("SubscriptionRequestsThrottled", "TooManyRequests", "Throttled"), _THROTTLED),
    **dict.fromkeys(("ResourceNotFound", "NotFound", "ResourceGroupNotFound"), _NOT_FOUND),
    **dict.fromkeys(
        (
            "InternalServerError", "InternalError", "GatewayTimeout", "ServiceUnavailable", "BadGateway",
            "ServerTimeout", "RequestTimeout", "OperationFailed", "AzureFailed", "RetryableError",
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
_UNKNOWN = Explanation(
    "Azure refused",
    "Azure could not show this table.",
    "Retry. If it fails again, give Microsoft's support the ids here.",
)


def explain_read_failure(code: str) -> Explanation:
    """What a code means for the reading of a table."""
    return _TOKEN if code.startswith("AADSTS") else _MEANINGS.get(code, _UNKNOWN)
