"""What the application may do: what Azure tells of it, and what is checked, are the same."""

from fnmatch import fnmatchcase
from typing import Any

from sandbox.arm.errors import authorization_failed
from sandbox.arm.groups import check_group
from sandbox.arm.question import Question
from sandbox.world import World

# Those of Network Contributor, and what everybody with a role in a subscription may read of the subscription itself.
# Not documented: as which of the two Azure lists the latter; here it is one list.
_GRANTED = (
    *("Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*", "Microsoft.Network/*"),
    *("Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*"),
    *("Microsoft.Resources/subscriptions/read", "Microsoft.Resources/subscriptions/providers/read"),
    *("Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Support/*"),
)


def list_permissions(question: Question) -> dict[str, Any]:
    """Permissions_ListForResourceGroup and its like."""
    if question.words.get("group"):
        check_group(question)
    missing = question.world.behaviour.missing_permissions()
    granted = {"actions": list(_GRANTED), "notActions": missing, "dataActions": [], "notDataActions": []}
    return {"value": [granted]}


def check_permission(action: str, scope: str, world: World) -> None:
    """Raise Azure's 403 where the action is not granted, or is one of those that are missing."""
    if not _is_among(action, _GRANTED) or _is_among(action, world.behaviour.missing_permissions()):
        raise authorization_failed(world.identity, action, scope)


def _is_among(action: str, patterns: tuple[str, ...] | list[str]) -> bool:
    return any(fnmatchcase(action.casefold(), pattern.casefold()) for pattern in patterns)
