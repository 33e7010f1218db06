"""The cross connection itself."""

from tests.unit.diagnosis.cases import LAYER_2, LAYER_3, P1, P2, a_case, after, private
from tests.unit.diagnosis.rows.row import CIRCUIT, CRITICAL, CUSTOMER, HIGH, INFO, US, WARNING, Holds, HoldsNot


def _now(**changes):
    return a_case(private(), **changes)


def _down(**changes):
    return a_case(private(primary=P1.down(), secondary=P2.down()), **changes)


HOLDS = (
    *(
        Holds("R01", CIRCUIT, f"{state}", _down(provider_provisioning_state=state), CRITICAL, US, "", None, ends=True,
              evidence={"state": state, "is_up": False})
        for state in ("NotProvisioned", "Provisioning", "Deprovisioning", "DeProvisioned", "Resting")
    ),
    Holds("R01", CIRCUIT, "a session stands", _now(provider_provisioning_state="NotProvisioned"), HIGH, US, "", None,
          evidence={"state": "NotProvisioned", "is_up": True}),
    Holds("R01", CIRCUIT, "nobody knows of any session",
          a_case(private(primary=P1.unread(), secondary=P2.unread()), provider_provisioning_state="NotProvisioned"),
          CRITICAL, US, "", None, ends=True, evidence={"is_up": False}),
    Holds("R02", CIRCUIT, "it failed", _now(provisioning_state="Failed"), HIGH, US, "", None),
    *(
        Holds("R03", CIRCUIT, f"{state} itself", _now(provisioning_state=state), INFO, US, "", None,
              evidence={"state": state})
        for state in ("Updating", "Creating", "Deleting")
    ),
    Holds("R04", CIRCUIT, "nobody said who", a_case(), WARNING, US, "", None),
    Holds("R04", CIRCUIT, "on a layer-2 service", a_case(record=LAYER_2), WARNING, CUSTOMER, "", None),
    Holds("R04", CIRCUIT, "on a layer-3 service", a_case(record=LAYER_3), WARNING, US, "", None),
    Holds("R66", CIRCUIT, "by one Mbps", after(_now(bandwidth_mbps=500), _now(bandwidth_mbps=501)), WARNING, US, "",
          None, evidence={"before_mbps": 500, "now_mbps": 501}),
    Holds("R67", CIRCUIT, "everything moved",
          after(_now(peering_location="Paris", s_tag=7, primary_azure_port="A", secondary_azure_port="B"), _now()),
          WARNING, US, "", None,
          evidence={"what": ("peering_location: Paris -> Amsterdam", "s_tag: 7 -> 41",
                             "primary_azure_port: A -> AMS-A", "secondary_azure_port: B -> AMS-B")}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R01", CIRCUIT, "Provisioned", _now()),
    HoldsNot("R01", CIRCUIT, "Azure told no state", _now(provider_provisioning_state="")),
    *(HoldsNot("R02", CIRCUIT, f"{told or 'no state'}", _now(provisioning_state=told)) for told in ("", "Canceled")),
    *(HoldsNot("R03", CIRCUIT, f"{told or 'no state'}", _now(provisioning_state=told)) for told in ("", "Succeeded")),
    HoldsNot("R04", CIRCUIT, "it has one", _now()),
    HoldsNot("R04", CIRCUIT, "layer 2 is not done", a_case(provider_provisioning_state="Provisioning")),
    HoldsNot("R66", CIRCUIT, "as before", after(_now(), _now())),
    HoldsNot("R66", CIRCUIT, "lowered", after(_now(bandwidth_mbps=501), _now(bandwidth_mbps=500))),
    HoldsNot("R66", CIRCUIT, "not told before", after(_now(bandwidth_mbps=None), _now())),
    HoldsNot("R66", CIRCUIT, "not told now", after(_now(), _now(bandwidth_mbps=None))),
    HoldsNot("R66", CIRCUIT, "there is no reading before", _now()),
    HoldsNot("R67", CIRCUIT, "as before", after(_now(), _now())),
    HoldsNot("R67", CIRCUIT, "blank while a change runs",
             after(_now(), _now(s_tag=0, primary_azure_port="", secondary_azure_port="", peering_location=""))),
    HoldsNot("R67", CIRCUIT, "blank before", after(_now(s_tag=None, primary_azure_port=""), _now())),
    HoldsNot("R67", CIRCUIT, "there is no reading before", _now()),
)  # fmt: skip
