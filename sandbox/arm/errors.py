"""How Azure Resource Manager refuses: status, code and words as recorded from Azure.

There are two speakers: the gateway, whose errors carry `x-ms-failure-cause: gateway` and no details, and the
network resource provider, whose errors carry an empty list of details.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.arm.versions import OF_SOME_TYPE
from sandbox.identity import Identity

_TYPE = "Microsoft.Network/expressRouteCrossConnections"
# The provider's, and yet without details in the recording (Azure/azure-cli-extensions, 2024-04).
_WITHOUT_DETAILS = frozenset({"TooManyRequests"})


@dataclass(slots=True)
class ArmError(Exception):
    """An answer that is an error."""

    status: int
    code: str
    message: str
    is_gateways: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    details: list[dict[str, str]] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        """The JSON that Azure sends."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.details or not (self.is_gateways or self.code in _WITHOUT_DETAILS):
            error["details"] = self.details
        return {"error": error}


def missing_api_version() -> ArmError:
    """No api-version in the query."""
    message = "The api-version query parameter (?api-version=) is required for all requests."
    return ArmError(400, "MissingApiVersionParameter", message)


def unknown_api_version(version: str) -> ArmError:
    """A version that no resource type has."""
    supported = ",".join(reversed(OF_SOME_TYPE))
    message = f"The api-version '{version}' is invalid. The supported versions are '{supported}'."
    return ArmError(400, "InvalidApiVersionParameter", message)


def foreign_api_version(type_name: str, version: str, supported: Sequence[str], regions: list[str]) -> ArmError:
    """A version that this resource type does not have."""
    return ArmError(
        400,
        "NoRegisteredProviderFound",
        f"No registered resource provider found for location '{regions[0]}' and API version '{version}' for type "
        f"'{type_name}'. The supported api-versions are '{', '.join(supported)}'. "
        f"The supported locations are '{', '.join(regions)}'.",
    )


def invalid_skip_token() -> ArmError:
    """A nextLink that was not followed as given."""
    return ArmError(400, "InvalidSkipToken", "The skip token is invalid.", is_gateways=False)


def no_subscription_in_path() -> ArmError:
    """A path outside of any subscription."""
    message = "The request did not have a subscription or a valid tenant level resource provider."
    return ArmError(404, "MissingSubscription", message)


def subscription_not_found(subscription_id: str) -> ArmError:
    """A subscription that does not exist, or not in this tenant."""
    return ArmError(404, "SubscriptionNotFound", f"The subscription '{subscription_id}' could not be found.")


def resource_type_not_found(version: str) -> ArmError:
    """A type that Azure does not show to this subscription, because it is not enrolled, or does not have."""
    message = f"The resource type could not be found in the namespace 'Microsoft.Network' for api version '{version}'."
    return ArmError(404, "InvalidResourceType", message)


def resource_group_not_found(name: str) -> ArmError:
    """A resource group that the subscription does not have."""
    return ArmError(404, "ResourceGroupNotFound", f"Resource group '{name}' could not be found.")


def cross_connection_not_found(name: str, resource_group: str) -> ArmError:
    """A cross connection that is not there."""
    return resource_not_found(_TYPE, name, resource_group)


def resource_not_found(resource_type: str, name: str, resource_group: str) -> ArmError:
    """A top-level resource that is not there: the gateway knows without asking the provider."""
    message = f"The Resource '{resource_type}/{name}' under resource group '{resource_group}' was not found."
    return ArmError(404, "ResourceNotFound", message)


def child_not_found(resource_id: str) -> ArmError:
    """A child resource that is not there: only the resource provider knows."""
    return ArmError(404, "NotFound", f"Resource {resource_id} not found.", is_gateways=False)


def operation_not_found(operation_id: str) -> ArmError:
    """An operation that nobody started, or that ended long ago."""
    return ArmError(404, "NotFound", f"Operation {operation_id} not found.", is_gateways=False)


def invalid_filter(text: str) -> ArmError:
    """A `$filter` that the type or its version does not have."""
    return ArmError(400, "InvalidFilter", f"The filter '{text}' is invalid.", is_gateways=False)


def invalid_location(name: str) -> ArmError:
    """A peering location that does not exist."""
    return ArmError(400, "InvalidLocation", f"The peering location '{name}' is invalid.", is_gateways=False)


def authorization_failed(identity: Identity, action: str, scope: str) -> ArmError:
    """A principal that may not do this here."""
    return ArmError(
        403,
        "AuthorizationFailed",
        f"The client '{identity.client_id}' with object id '{identity.service_principal_id}' does not have "
        f"authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. "
        "If access was recently granted, please refresh your credentials.",
    )


def not_registered(namespace: str) -> ArmError:
    """A subscription that has not registered the resource provider."""
    code = "MissingSubscriptionRegistration"
    message = (
        f"The subscription is not registered to use namespace '{namespace}'. "
        "See https://aka.ms/rps-not-found for how to register subscriptions."
    )
    return ArmError(409, code, message, details=[{"code": code, "target": namespace, "message": message}])


def subscription_throttled(subscription_id: str, limit: int, seconds: int) -> ArmError:
    """Azure Resource Manager's own throttling."""
    return ArmError(
        429,
        "SubscriptionRequestsThrottled",
        f"Number of read requests for subscription '{subscription_id}' exceeded the limit of '{limit}' for time "
        f"interval '00:00:01'. Please try again after '{seconds}' seconds.",
        headers={"Retry-After": str(seconds)},
    )


def too_many_requests() -> ArmError:
    """The resource provider's throttling, which does not say for how long."""
    message = "Too many requests. Please try again after sometime."
    return ArmError(429, "TooManyRequests", message, is_gateways=False)


def method_not_allowed(method: str) -> ArmError:
    """A method that this resource does not answer."""
    return ArmError(405, "HttpMethodNotSupported", f"The http method '{method}' is not supported for this resource.")


def internal_error() -> ArmError:
    """The sandbox itself failed; its log says how."""
    return ArmError(500, "InternalServerError", "An error occurred.", is_gateways=False)
