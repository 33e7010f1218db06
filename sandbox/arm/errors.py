"""How Azure Resource Manager refuses: status, code and words as recorded from Azure.

There are two speakers: the gateway, whose errors carry `x-ms-failure-cause: gateway` and no details, and the
network resource provider, whose errors carry an empty list of details.
"""

from dataclasses import dataclass, field
from typing import Any

from sandbox.arm.versions import SUPPORTED

_TYPE = "Microsoft.Network/expressRouteCrossConnections"


@dataclass(slots=True)
class ArmError(Exception):
    """An answer that is an error."""

    status: int
    code: str
    message: str
    is_gateways: bool = True
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The JSON that Azure sends."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if not self.is_gateways:
            error["details"] = []
        return {"error": error}


def missing_api_version() -> ArmError:
    """No api-version in the query."""
    message = "The api-version query parameter (?api-version=) is required for all requests."
    return ArmError(400, "MissingApiVersionParameter", message)


def unknown_api_version(version: str) -> ArmError:
    """A version that no resource type has."""
    supported = ",".join(reversed(SUPPORTED))
    message = f"The api-version '{version}' is invalid. The supported versions are '{supported}'."
    return ArmError(400, "InvalidApiVersionParameter", message)


def foreign_api_version(version: str, regions: list[str]) -> ArmError:
    """A version that this resource type does not have."""
    return ArmError(
        400,
        "NoRegisteredProviderFound",
        f"No registered resource provider found for location '{regions[0]}' and API version '{version}' for type "
        f"'expressRouteCrossConnections'. The supported api-versions are '{', '.join(SUPPORTED)}'. "
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
    """A top-level resource that is not there: the gateway knows without asking the provider."""
    message = f"The Resource '{_TYPE}/{name}' under resource group '{resource_group}' was not found."
    return ArmError(404, "ResourceNotFound", message)


def child_not_found(resource_id: str) -> ArmError:
    """A child resource that is not there: only the resource provider knows."""
    return ArmError(404, "NotFound", f"Resource {resource_id} not found.", is_gateways=False)


def method_not_allowed(method: str) -> ArmError:
    """A method that this resource does not answer."""
    return ArmError(405, "HttpMethodNotSupported", f"The http method '{method}' is not supported for this resource.")


def internal_error() -> ArmError:
    """The sandbox itself failed; its log says how."""
    return ArmError(500, "InternalServerError", "An error occurred.", is_gateways=False)
