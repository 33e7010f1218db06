"""Whether a subscription may see a path, what is there, and whether its bucket has a request left."""

from sandbox.arm import errors
from sandbox.arm.exchange import Exchange
from sandbox.arm.paths import scope_of
from sandbox.arm.question import Question
from sandbox.arm.routes import VERSIONS, Owner, Route, find_in_subscription
from sandbox.arm.versions import AUTHORIZATION
from sandbox.estate.subscriptions import Subscription
from sandbox.world import World


def take_request(exchange: Exchange) -> None:
    """Count a request; raises Azure's 429 when its bucket is empty."""
    bucket, world = exchange.bucket, exchange.world
    if bucket is None or world.quota.take(bucket, exchange.capacity(bucket)):
        return
    if world.behaviour.throttle_without_retry_after:
        raise errors.too_many_requests()
    capacity = exchange.capacity(bucket)
    raise errors.throttled(bucket, capacity, world.quota.seconds_to_wait(bucket, capacity))


def check_visible(route: Route, subscription: Subscription, version: str, world: World) -> None:
    """Raise Azure's refusal unless this subscription has the resource type, in this version, and registered."""
    is_partner = subscription.is_enrolled and not world.behaviour.unenrolled
    if route.owner is Owner.PARTNER and not is_partner:
        raise errors.resource_type_not_found("Microsoft.Network", version)
    check_version(route, version, world)
    if route.owner in {Owner.NETWORK, Owner.PARTNER} and not world.is_registered(subscription.id):
        raise errors.not_registered("Microsoft.Network")


def check_enabled(route: Route, subscription: Subscription, world: World) -> None:
    """Raise Azure's 409 for a write while the subscription is disabled; tables are read by POST and still shown."""
    is_write = route.action.endswith(("/write", "/delete"))
    if is_write and world.behaviour.subscription_state == "Disabled":
        raise errors.subscription_disabled(subscription.id)


def check_version(route: Route, version: str, world: World) -> None:
    """Raise Azure's 400 for a version that the type does not have, whatever other types have.

    Not documented: what Azure says of a subscription's or a registration's version; here the same as of any other.
    """
    if version not in VERSIONS[route.owner]:
        supported = VERSIONS[route.owner]
        raise errors.foreign_api_version(route.registered_type, version, supported, world.estate.regions())


def check_exists(scope: str, subscription: Subscription, world: World) -> None:
    """Raise Azure's 404 for a resource that is not there, as asking for the resource itself does."""
    found = find_in_subscription(scope).get("GET")
    # A list is no resource, although it can be asked.
    if found is None or scope_of(scope) != scope:
        raise errors.nobody_answers(scope, AUTHORIZATION[-1])
    route, words = found
    version = VERSIONS[route.owner][-1]
    check_visible(route, subscription, version, world)
    if route.answerer(Question(world, subscription.id, version, {}, words)) is None:
        raise errors.child_not_found(f"/subscriptions/{subscription.id}{scope}")
