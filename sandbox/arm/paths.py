"""What a path says before anybody looks who answers to it. Azure compares every word of a path in any case."""

import re

_SUBSCRIPTION = re.compile(r"/subscriptions/(?P<subscription>[^/]+)(?P<rest>/.+?)?/?", re.IGNORECASE)
_PROVIDERS = re.compile(r"/providers/", re.IGNORECASE)
_GROUP = re.compile(r".*/resourceGroups/[^/]+", re.IGNORECASE)
# What is not a provider's is Azure Resource Manager's own.
_OWN_NAMESPACE = "Microsoft.Resources"


def split_subscription(path: str) -> tuple[str, str] | None:
    """The subscription in a path and what is behind it; None where there is none."""
    match = _SUBSCRIPTION.fullmatch(path)
    return (match["subscription"], match["rest"] or "") if match else None


def namespace_of(path: str) -> str:
    """The resource provider that a path is asked of: the last one, as permissions of a resource have two."""
    _, *behind = _PROVIDERS.split(path)
    return behind[-1].split("/")[0] if behind else _OWN_NAMESPACE


def scope_of(path: str) -> str:
    """Over what a permission is missed, as public reports of AuthorizationFailed have it (Azure/CloudShell#561).

    A resource itself; for a list of a subscription's the subscription, of a group's the provider in the group. Not
    documented: a list of children; here it is the resource that has them.
    """
    found = list(_PROVIDERS.finditer(path))
    if not found:
        return path
    before, (namespace, *words) = path[: found[-1].start()], path[found[-1].end() :].split("/")
    is_list = len(words) % 2 == 1
    of_children = words[:-1] if is_list else words
    if of_children:
        return "/".join([f"{before}/providers/{namespace}", *of_children])
    return f"{before}/providers/{namespace}" if _GROUP.fullmatch(before) else before
