"""The client for Azure Resource Manager: the one room of the project where ``requests`` and ``azure.*`` are known.

It knows no Django. What it is asked of comes in as plain values, what Azure answers goes out as frozen dataclasses
or as an :class:`~crossconnections.arm.errors.ArmError`; every HTTP request is told to the recorder passed in.
"""

from azure.core.credentials import TokenCredential

from crossconnections.arm.certificate import expiry_of
from crossconnections.arm.client import ArmClient
from crossconnections.arm.credentials import credential_from
from crossconnections.arm.edits import Edit, WriteRequest, build_write
from crossconnections.arm.errors import (
    AnotherOperationInProgress,
    AnswerCut,
    AnswerNotUnderstood,
    ApiVersionRefused,
    ArmError,
    AzureFailed,
    HostNotAllowed,
    NoAnswer,
    NotAsked,
    NotAuthenticated,
    NotConnected,
    NotEnrolled,
    NotFollowed,
    NotFound,
    NotPermitted,
    NotRegistered,
    OperationFailed,
    OperationGone,
    Overtaken,
    Refused,
    SubscriptionUnknown,
    Throttled,
    TokenNotObtained,
)
from crossconnections.arm.hosts import check_host
from crossconnections.arm.identities import ClientCertificate, ClientSecret, FederatedToken, Identity, ManagedIdentity
from crossconnections.arm.long_running import OperationProgress
from crossconnections.arm.management import AzureSubscription, Grant, Registration, is_granted
from crossconnections.arm.neighbours import Community, ProviderPort, RouteFilter, RouteFilterRule, ServiceCommunity
from crossconnections.arm.paging import Page
from crossconnections.arm.quota import Quota
from crossconnections.arm.recorder import Call, Recorder, ignore_calls
from crossconnections.arm.resource_id import ResourceId
from crossconnections.arm.resources import (
    UNDER_WAY,
    CrossConnectionResource,
    Ipv6PeeringConfig,
    MicrosoftPeeringConfig,
    PeeringResource,
    PrefixInfo,
)
from crossconnections.arm.retries import RetryPolicy
from crossconnections.arm.tables import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.arm.transport import TimeOuts

__all__ = [
    "UNDER_WAY",
    "AnotherOperationInProgress",
    "AnswerCut",
    "AnswerNotUnderstood",
    "ApiVersionRefused",
    "ArmClient",
    "ArmError",
    "ArpRow",
    "AzureFailed",
    "AzureSubscription",
    "Call",
    "ClientCertificate",
    "ClientSecret",
    "Community",
    "CrossConnectionResource",
    "Edit",
    "FederatedToken",
    "Grant",
    "HostNotAllowed",
    "Identity",
    "Ipv6PeeringConfig",
    "ManagedIdentity",
    "MicrosoftPeeringConfig",
    "NoAnswer",
    "NotAsked",
    "NotAuthenticated",
    "NotConnected",
    "NotEnrolled",
    "NotFollowed",
    "NotFound",
    "NotPermitted",
    "NotRegistered",
    "OperationFailed",
    "OperationGone",
    "OperationProgress",
    "Overtaken",
    "Page",
    "PeeringResource",
    "PrefixInfo",
    "ProviderPort",
    "Quota",
    "Recorder",
    "Refused",
    "Registration",
    "ResourceId",
    "RetryPolicy",
    "RouteFilter",
    "RouteFilterRule",
    "RouteRow",
    "Row",
    "ServiceCommunity",
    "SubscriptionUnknown",
    "SummaryRow",
    "Throttled",
    "TimeOuts",
    "TokenCredential",
    "TokenNotObtained",
    "WriteRequest",
    "build_write",
    "check_host",
    "credential_from",
    "expiry_of",
    "ignore_calls",
    "is_granted",
]
