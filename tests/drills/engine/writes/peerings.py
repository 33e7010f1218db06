"""What somebody asks of a peering: that it is set up, edited or removed, or that its shared key is another one."""

import json
import uuid
from dataclasses import astuple, dataclass, replace
from typing import Any, ClassVar

import pytest

from tests.drills.engine.circuits import WITH_MICROSOFT, WITH_PRIVATE, WITHOUT_PEERINGS
from tests.drills.engine.writes.order import Change, Order, Provisioning
from tests.integration.domain.readings import MICROSOFT, PRIVATE

_MIRROR = """
    SELECT p.peer_asn, p.vlan_id, p.primary_prefix, p.secondary_prefix, p.advertised_prefixes
    FROM crossconnections_peering p JOIN crossconnections_crossconnection x ON x.id = p.cross_connection_id
    WHERE x.service_key = ? AND p.peering_type = ?
"""
LONGEST_KEY = 25


@dataclass(frozen=True)
class Facts:
    """Of a peering, by the columns above; its shared key, which the mirror never has, comes last."""

    peer_asn: int
    vlan_id: int
    primary_prefix: str
    secondary_prefix: str
    advertised_prefixes: tuple[str, ...] = ()
    shared_key: str = ""


AS_PRIVATE = Facts(65010, 200, "172.31.0.0/30", "172.31.0.4/30")
AS_MICROSOFT = Facts(64900, 300, "123.0.0.0/30", "123.0.0.4/30", ("124.0.0.0/24",))


class PeeringOrder(Order):
    """``before`` and ``asked`` are the facts of the peering, None where there is none."""

    subject: ClassVar[str] = PRIVATE
    before: Facts | None
    asked: Facts | None

    def has_taken(self) -> bool:
        """The peering is as asked, with its key; or it is not there, as asked."""
        return self._holds(self.asked)

    def is_as_before(self) -> bool:
        """The peering is as it was."""
        return self._holds(self.before)

    def _holds(self, facts: Facts | None) -> bool:
        in_azure, in_mirror = self._in_azure(), self._in_mirror()
        return in_azure == facts and in_mirror == (replace(facts, shared_key="") if facts else None)

    def _in_azure(self) -> Facts | None:
        for peering in self.in_azure()["properties"]["peerings"]:
            if peering["name"] == self.subject:
                return _facts(peering["properties"])
        return None

    def _in_mirror(self) -> Facts | None:
        for asn, vlan, primary, secondary, told in self._database.ask(_MIRROR, self.key, self.subject):
            prefixes = json.loads(told) if isinstance(told, str) else told  # SQLite has texts
            return Facts(asn, vlan, primary, secondary, tuple(prefixes))
        return None


class SetUp(PeeringOrder):
    """A private peering that was not there, with a shared key."""

    in_words = "of a set-up"
    circuit = WITHOUT_PEERINGS
    form = f"peerings/{PRIVATE}"
    before = None

    def fill_in(self, note: str) -> dict[str, str]:
        """All that a private peering has."""
        self.shared_key = _new_key()
        self.asked = replace(AS_PRIVATE, shared_key=self.shared_key)
        asn, vlan, primary, secondary, *_ = map(str, astuple(AS_PRIVATE))
        links = {"primary_prefix": primary, "secondary_prefix": secondary}
        own = {"peer_asn": asn, "vlan_id": vlan, "peering_state": "Enabled", "shared_key": self.shared_key}
        return links | own

    def etag_of(self, change: Change) -> str:
        """None: what is not there has no etag; the row names that of the cross connection."""
        return ""


class Edit(PeeringOrder):
    """A Microsoft peering gets another VLAN ID, and one prefix more."""

    in_words = "of an edit"
    circuit = WITH_MICROSOFT
    subject = MICROSOFT
    form = f"peerings/{MICROSOFT}"
    before = AS_MICROSOFT
    asked = replace(AS_MICROSOFT, vlan_id=301, advertised_prefixes=("124.0.0.0/24", "124.0.1.0/24"))

    def fill_in(self, note: str) -> dict[str, str]:
        """The two fields; what is not sent stays."""
        return {"vlan_id": "301", "advertised_prefixes": "124.0.0.0/24\n124.0.1.0/24"}


class Removal(PeeringOrder):
    """A private peering goes."""

    in_words = "of a removal"
    circuit = WITH_PRIVATE
    form = f"peerings/{PRIVATE}/remove"
    method = "DELETE"
    is_guarded = True
    before, asked = AS_PRIVATE, None

    def fill_in(self, note: str) -> dict[str, str]:
        """Nothing: there is only the button."""
        return {}


class KeyAlone(PeeringOrder):
    """A private peering without a shared key gets one, and nothing else is to be different."""

    in_words = "of a key alone"
    circuit = WITH_PRIVATE
    form = f"peerings/{PRIVATE}"
    before = AS_PRIVATE

    def fill_in(self, note: str) -> dict[str, str]:
        """The key."""
        self.shared_key = _new_key()
        self.asked = replace(AS_PRIVATE, shared_key=self.shared_key)
        return {"shared_key": self.shared_key}


of_everything = pytest.mark.asks(Provisioning, SetUp, Edit, Removal)
of_a_set_up_too = pytest.mark.asks(Provisioning, SetUp)
of_an_edit_too = pytest.mark.asks(Provisioning, Edit)
of_a_removal_too = pytest.mark.asks(Provisioning, Removal)


def _new_key() -> str:
    """One that stands nowhere else, of letters and digits."""
    return f"psk{uuid.uuid4().hex}"[:LONGEST_KEY]


def _facts(told: dict[str, Any]) -> Facts:
    return Facts(
        told["peerASN"],
        told["vlanId"],
        told["primaryPeerAddressPrefix"],
        told["secondaryPeerAddressPrefix"],
        tuple(told.get("microsoftPeeringConfig", {}).get("advertisedPublicPrefixes", ())),
        told.get("sharedKey", ""),
    )
