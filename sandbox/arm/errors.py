"""How Azure Resource Manager refuses: status, code and words as recorded from Azure.

There are two speakers: the gateway, whose errors carry `x-ms-failure-cause: gateway` and no details, and the
network resource provider, whose errors carry an empty list of details.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.arm.paths import namespace_of
from sandbox.arm.quota import Bucket
from sandbox.arm.sentences import ENGLISH
from sandbox.arm.versions import OF_SOME_TYPE
from sandbox.identity import Identity

_NAMESPACES = frozenset({"microsoft.authorization", "microsoft.network", "microsoft.resources"})
_TYPE = "Microsoft.Network/expressRouteCrossConnections"
# The provider's, and yet without details in the recording (Azure/azure-cli-extensions, 2024-04).
_WITHOUT_DETAILS = frozenset({"TooManyRequests"})


@dataclass(slots=True)
class ArmError(Exception):
    """An answer that is an error."""

    status: int
    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    sentence: str = ""  # where it is another one than the code's
    is_gateways: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    detail_target: str = ""
    detail_code: str = ""  # of a detail that says more, in a sentence of its own

    def message(self, sentences: Mapping[str, str] = ENGLISH) -> str:
        """The sentence in a language."""
        return sentences[self.sentence or self.code].format_map(self.words)

    def body(self, sentences: Mapping[str, str] = ENGLISH) -> dict[str, Any]:
        """The JSON that Azure sends."""
        error: dict[str, Any] = {"code": self.code, "message": self.message(sentences)}
        if self.detail_target:
            detail = {"code": self.code, "target": self.detail_target, "message": error["message"]}
            return {"error": {**error, "details": [detail]}}
        if self.detail_code:
            detail = {"code": self.detail_code, "message": sentences[self.detail_code].format_map(self.words)}
            return {"error": {**error, "details": [detail]}}
        if not self.is_gateways and self.code not in _WITHOUT_DETAILS:
            error["details"] = []
        return {"error": error}


def missing_api_version() -> ArmError:
    """No api-version in the query."""
    return ArmError(400, "MissingApiVersionParameter")


def unknown_api_version(version: str) -> ArmError:
    """A version that no resource type has."""
    words = {"version": version, "supported": ",".join(reversed(OF_SOME_TYPE))}
    return ArmError(400, "InvalidApiVersionParameter", words)


def foreign_api_version(type_name: str, version: str, supported: Sequence[str], regions: list[str]) -> ArmError:
    """A version that this resource type does not have."""
    words = {"location": regions[0], "version": version, "type": type_name}
    listed = {"supported": ", ".join(supported), "locations": ", ".join(regions)}
    return ArmError(400, "NoRegisteredProviderFound", words | listed)


def invalid_skip_token() -> ArmError:
    """A nextLink that was not followed as given."""
    return ArmError(400, "InvalidSkipToken", is_gateways=False)


def no_subscription_in_path() -> ArmError:
    """A path outside of any subscription."""
    return ArmError(404, "MissingSubscription")


def subscription_not_found(subscription_id: str) -> ArmError:
    """A subscription that does not exist, or not in this tenant."""
    return ArmError(404, "SubscriptionNotFound", {"subscription": subscription_id})


def resource_type_not_found(namespace: str, version: str) -> ArmError:
    """A type that Azure does not show to this subscription, because it is not enrolled, or does not have."""
    return ArmError(404, "InvalidResourceType", {"namespace": namespace, "version": version})


def nobody_answers(path: str, version: str) -> ArmError:
    """A type that is not here, or a provider that is not: words of the latter from Azure/aci-connector-k8s#13."""
    namespace = namespace_of(path)
    if namespace.casefold() in _NAMESPACES:
        return resource_type_not_found(namespace, version)
    return ArmError(404, "InvalidResourceNamespace", {"namespace": namespace})


def resource_group_not_found(name: str) -> ArmError:
    """A resource group that the subscription does not have."""
    return ArmError(404, "ResourceGroupNotFound", {"group": name})


def cross_connection_not_found(name: str, resource_group: str) -> ArmError:
    """A cross connection that is not there."""
    return resource_not_found(_TYPE, name, resource_group)


def resource_not_found(resource_type: str, name: str, resource_group: str) -> ArmError:
    """A top-level resource that is not there: the gateway knows without asking the provider."""
    return ArmError(404, "ResourceNotFound", {"type": resource_type, "name": name, "group": resource_group})


def child_not_found(resource_id: str) -> ArmError:
    """A child resource that is not there: only the resource provider knows."""
    return ArmError(404, "NotFound", {"id": resource_id}, is_gateways=False)


def operation_not_found(operation_id: str) -> ArmError:
    """An operation that nobody started, or that ended long ago."""
    return ArmError(404, "NotFound", {"id": operation_id}, "NotFound/operation", is_gateways=False)


def operation_failed(code: str, status: int) -> ArmError:
    """An operation that was accepted, and failed."""
    return ArmError(status, code, sentence="InternalServerError", is_gateways=False)


def another_operation(url: str, status: int = 429) -> ArmError:
    """Something else is being done on this circuit; the words have the address of its state (microsoft/AzureTRE#2222).

    That report has it as the error of an operation. Not documented: the status where a request is refused with it.
    """
    return ArmError(status, "AnotherOperationInProgress", {"url": url}, is_gateways=False)


def invalid_device_path(name: str) -> ArmError:
    """A path that is neither primary nor secondary. Not documented: the code and words."""
    return ArmError(400, "InvalidDevicePath", {"path": name}, is_gateways=False)


def invalid_filter(text: str) -> ArmError:
    """A `$filter` that the type or its version does not have."""
    return ArmError(400, "InvalidFilter", {"filter": text}, is_gateways=False)


def invalid_location(name: str) -> ArmError:
    """A peering location that does not exist."""
    return ArmError(400, "InvalidLocation", {"location": name}, is_gateways=False)


def authorization_failed(identity: Identity, action: str, scope: str) -> ArmError:
    """A principal that may not do this here."""
    who = {"client": identity.client_id, "object": identity.service_principal_id}
    return ArmError(403, "AuthorizationFailed", {**who, "action": action, "scope": scope})


def subscription_disabled(subscription_id: str) -> ArmError:
    """A write in a subscription that Azure has disabled; code and words as remembered."""
    return ArmError(409, "ReadOnlyDisabledSubscription", {"subscription": subscription_id})


def not_registered(namespace: str) -> ArmError:
    """A subscription that has not registered the resource provider."""
    return ArmError(409, "MissingSubscriptionRegistration", {"namespace": namespace}, detail_target=namespace)


def feature_not_registered(subscription_id: str, feature: str) -> ArmError:
    """A feature of Microsoft.Network that the subscription has not (hashicorp/terraform-provider-azurerm#429)."""
    words = {"subscription": subscription_id, "feature": feature}
    return ArmError(400, "SubscriptionNotRegisteredForFeature", words, is_gateways=False)


def throttled(bucket: Bucket, limit: int, seconds: int) -> ArmError:
    """Azure Resource Manager's own throttling. Not documented: the code and words for a tenant."""
    code = f"{bucket.scope.capitalize()}RequestsThrottled"
    words = {"id": bucket.id, "limit": limit, "seconds": seconds}
    return ArmError(429, code, words, f"{code}/{bucket.kind.word}", headers={"Retry-After": str(seconds)})


def too_many_requests() -> ArmError:
    """The resource provider's throttling, which does not say for how long."""
    return ArmError(429, "TooManyRequests", is_gateways=False)


def method_not_allowed(method: str, answered: Collection[str]) -> ArmError:
    """A method that this resource does not answer."""
    allowed = sorted({*answered, *(["HEAD"] if "GET" in answered else [])})
    headers = {"Allow": ", ".join(allowed)}
    return ArmError(405, "HttpMethodNotSupported", {"method": method}, headers=headers)


def internal_error() -> ArmError:
    """The sandbox itself failed; its log says how."""
    return ArmError(500, "InternalServerError", is_gateways=False)
