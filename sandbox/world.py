"""All that a running sandbox knows, handed to whatever answers a request."""

import time
from dataclasses import dataclass, field

from sandbox.arm.quota import Quota
from sandbox.arm.running import Operations
from sandbox.behaviour import Behaviour
from sandbox.entra.codes import Codes
from sandbox.estate.estate import Estate
from sandbox.faults import Faults
from sandbox.identity import Identity, load_identity
from sandbox.request_log import RequestLog
from sandbox.settings import Settings
from sandbox.signing_key import SigningKey, load_signing_key


@dataclass(frozen=True, slots=True)
class World:
    """The options, the tenant, the estate and what has been asked so far."""

    settings: Settings
    identity: Identity
    signing_key: SigningKey
    estate: Estate
    codes: Codes = field(default_factory=Codes)
    quota: Quota = field(default_factory=Quota)
    operations: Operations = field(default_factory=Operations)
    faults: Faults = field(default_factory=Faults)
    behaviour: Behaviour = field(default_factory=Behaviour)
    requests: RequestLog = field(default_factory=RequestLog)
    # Subscriptions that registered Microsoft.Network since nobody was registered.
    registered: set[str] = field(default_factory=set)

    @property
    def issuer(self) -> str:
        """The `iss` claim of every token, as in Entra's v2.0 discovery."""
        return f"{self.settings.origin}/{self.identity.tenant_id}/v2.0"

    def azure_time(self) -> float:
        """Seconds since 1970 by Azure Resource Manager's clock; Entra's is right, as the world's is."""
        return time.time() + self.behaviour.clock_skew_seconds

    def is_registered(self, subscription_id: str) -> bool:
        """Whether a subscription may use Microsoft.Network."""
        return not self.behaviour.unregistered or subscription_id in self.registered


def load_world(settings: Settings) -> World:
    """The world kept in the state directory, with an estate made from the seed."""
    return World(
        settings=settings,
        identity=load_identity(settings.state_dir),
        signing_key=load_signing_key(settings.state_dir),
        estate=Estate(settings.seed, settings.size, settings.state_dir),
    )
