"""The peering as it is configured."""

from tests.unit.diagnosis.cases import LAYER_2, LAYER_3, P2, a_case, private, private_down
from tests.unit.diagnosis.rows.row import CRITICAL, CUSTOMER, HIGH, INFO, PEERING, US, Holds, HoldsNot


def _overwritten(*what, record=None, **changes):
    told = {"last_modified_by": "Customer", "overwritten": what, **changes}
    return a_case(private(**told), **({"record": record} if record else {}))


HOLDS = (
    Holds("R02", PEERING, "it failed", a_case(private(provisioning_state="Failed")), HIGH, US, path=None),
    *(
        Holds("R03", PEERING, f"{state}", a_case(private(provisioning_state=state)), INFO, US, path=None,
              evidence={"state": state})
        for state in ("Updating", "Creating", "Deleting")
    ),
    Holds("R05", PEERING, "nobody knows who did it", a_case(private_down(state="Disabled")), CRITICAL, US, path=None,
          ends=True, evidence={"is_up": False}),
    Holds("R05", PEERING, "the customer did it", a_case(private_down(state="Disabled", last_modified_by="customer")),
          CRITICAL, CUSTOMER, path=None, ends=True, evidence={"last_modified_by": "customer"}),
    Holds("R05", PEERING, "a session stands", a_case(private(state="Disabled", secondary=P2.down())), HIGH, US,
          path=None, evidence={"is_up": True}),
    Holds("R09", PEERING, "on a layer-3 service", a_case(private(last_modified_by="Customer"), record=LAYER_3), HIGH,
          US, path=None, evidence={"what": ()}),
    *(
        Holds("R09", PEERING, f"the portal had set it up otherwise{whose}", _overwritten("vlan_id", record=record),
              HIGH, US, path=None, evidence={"what": ("vlan_id",)})
        for whose, record in (("", None), (", layer 2", LAYER_2), (", layer 3", LAYER_3))
    ),
    Holds("R09", PEERING, "several are other than ours", _overwritten("state", "peer_asn", "primary_prefix"), HIGH, US,
          path=None, evidence={"what": ("state", "peer_asn", "primary_prefix")}),
    Holds("R09", PEERING, "switched off and changed", _overwritten("state", "vlan_id", state="Disabled"), HIGH, US,
          path=None, evidence={"what": ("vlan_id",)}),
)  # fmt: skip
HOLDS_NOT = (
    *(
        HoldsNot(rule, PEERING, f"{told or 'no state'}", a_case(private(provisioning_state=told)))
        for rule in ("R02", "R03")
        for told in ("", "Succeeded", "Canceled")
    ),
    *(
        HoldsNot("R05", PEERING, f"{told or 'no state'}", a_case(private(state=told)))
        for told in ("", "Enabled", "Resting")
    ),
    HoldsNot("R09", PEERING, "on a layer-2 service", a_case(private(last_modified_by="Customer"), record=LAYER_2)),
    HoldsNot("R09", PEERING, "nobody said whose", a_case(private(last_modified_by="Customer"))),
    HoldsNot("R09", PEERING, "by us", a_case(private(last_modified_by="Provider"), record=LAYER_3)),
    HoldsNot("R09", PEERING, "nothing but switched off, as R05 tells", _overwritten("state", state="Disabled")),
    HoldsNot("R09", PEERING, "as the portal had set it up", _overwritten(record=LAYER_2)),
)  # fmt: skip
