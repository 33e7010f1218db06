"""Who acts, and from where: whom a permission is asked for and whom the trail of activity names."""

import getpass
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from portal.addresses import client_address

if TYPE_CHECKING:
    from portal.accounts.models import User

WEB, COMMAND, CLOCK = "web", "command", "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a browser, somebody at a terminal of the portal's own machines, or the portal's clock.

    ``user`` is None for all but a person who is signed in; ``address`` is the browser's, or the terminal's host.
    """

    via: str
    name: str
    user: "User | None" = None
    address: str = ""


def at_browser(request: HttpRequest) -> Actor:
    """Whoever sent this request; without a name where nobody is signed in."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return Actor(WEB, person.name if person else "", person, client_address(request))


def at_terminal() -> Actor:
    """Whoever runs a command: by the name of their account on that machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        name = "unknown"
    return Actor(COMMAND, name, address=socket.gethostname())


THE_CLOCK = Actor(CLOCK, "Crossconnect")
