"""Whether a subscription may see a path, its principal may ask it, and its bucket has a read left."""

from fnmatch import fnmatchcase

from sandbox.arm import errors
from sandbox.arm.routes import Owner, Route
from sandbox.arm.versions import SUPPORTED
from sandbox.estate.subscriptions import Subscription
from sandbox.world import World


def take_read(subscription: Subscription, world: World) -> None:
    """Count a read; raises Azure's 429 when none is left."""
    behaviour, quota = world.behaviour, world.quota
    if quota.take_read(subscription.id, behaviour.quota):
        return
    if behaviour.throttle_without_retry_after:
        raise errors.too_many_requests()
    seconds = quota.seconds_to_wait(subscription.id, behaviour.quota)
    raise errors.subscription_throttled(subscription.id, behaviour.quota, seconds)


def check_visible(route: Route, subscription: Subscription, version: str, world: World) -> None:
    """Raise Azure's refusal unless this subscription has the resource type, in this version, and registered."""
    if route.owner is Owner.MANAGER:
        return
    if route.owner is Owner.PARTNER:
        if world.behaviour.unenrolled or not subscription.is_enrolled:
            raise errors.resource_type_not_found(version)
        if version not in SUPPORTED:
            raise errors.foreign_api_version(version, world.estate.regions())
    if world.behaviour.unregistered:
        raise errors.not_registered("Microsoft.Network")


def check_permission(action: str, scope: str, world: World) -> None:
    """Raise Azure's 403 where nobody granted the action."""
    for missing in world.behaviour.missing_permissions():
        if fnmatchcase(action.casefold(), missing.casefold()):
            raise errors.authorization_failed(world.identity, action, scope)
