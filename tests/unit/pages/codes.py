"""The names of our own errors, as they are kept of a read that failed."""

from collections.abc import Iterator

from crossconnections.arm import ArmError
from crossconnections.arm.errors import Refused

ENGINE = ("GaveUp", "NotSent", "NoWord", "PortalFault", "Gone", "RoleEnded")


def _leaves(kind: type[ArmError]) -> Iterator[str]:
    for one in kind.__subclasses__():
        yield one.__name__
        yield from _leaves(one)


# These two stand for others, and are raised as such.
OWN_CODES = sorted({*_leaves(ArmError), *ENGINE} - {"NotAsked", Refused.__name__})
