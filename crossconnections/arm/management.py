"""What Azure Resource Manager tells of a subscription itself: whether it is there, registered, and what we may do.

Shapes: Azure REST API, Microsoft.Resources (Subscriptions_Get, Providers_Get) and Microsoft.Authorization
(Permissions_ListForResourceGroup, whose scope may be a subscription).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from crossconnections.arm.reading import Fields

RESOURCES_VERSION = "2021-04-01"
SUBSCRIPTIONS_VERSION = "2022-12-01"
AUTHORIZATION_VERSION = "2022-04-01"


@dataclass(frozen=True, slots=True)
class AzureSubscription:
    """A subscription; ``state`` is Azure's word, such as Enabled, Warned, PastDue, Disabled or Deleted."""

    display_name: str
    state: str


@dataclass(frozen=True, slots=True)
class Registration:
    """How a subscription stands to Microsoft.Network; ``state`` is Azure's word, such as Registered."""

    state: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role lets us do: each of ``actions`` but for ``not_actions``, where * stands for any letters."""

    actions: tuple[str, ...]
    not_actions: tuple[str, ...]

    def covers(self, action: str) -> bool:
        """Whether this role grants an action, in whichever case (Azure role definitions, "NotActions")."""
        return _is_among(action, self.actions) and not _is_among(action, self.not_actions)


def is_granted(action: str, grants: Iterable[Grant]) -> bool:
    """Whether any role grants it: what one excludes another may grant. Deny assignments are not told of here."""
    return any(one.covers(action) for one in grants)


def read_subscription(document: Fields) -> AzureSubscription:
    """A subscription."""
    return AzureSubscription(document.text("displayName"), document.text("state"))


def read_registration(document: Fields) -> Registration:
    """A resource provider of a subscription."""
    return Registration(document.text("registrationState"))


def read_grant(entry: Fields) -> Grant:
    """One entry of the permissions."""
    return Grant(entry.texts("actions"), entry.texts("notActions"))


def _is_among(action: str, patterns: Iterable[str]) -> bool:
    # Brackets and question marks mean nothing to Azure.
    return any(fnmatchcase(action.casefold(), _literal(pattern)) for pattern in patterns)


def _literal(pattern: str) -> str:
    return "".join(f"[{one}]" if one in "?[" else one for one in pattern.casefold())
