"""What has changed since the reading before."""

from tests.unit.diagnosis.cases import LAYER_2 as LAYER_2_SERVICE
from tests.unit.diagnosis.cases import P1, P1_V6, a_case, after, private
from tests.unit.diagnosis.rows.row import CUSTOMER, ROUTES, US, WARNING, Holds, HoldsNot


def _with(told, **changes):
    return a_case(private(primary=P1.tables(summary=(P1.session(told),))), **changes)


HOLDS = (
    Holds("R58", ROUTES, "more than a fifth has gone", after(_with("100"), _with("79")), WARNING, US,
          evidence={"before": 100, "now": 79}),
    Holds("R58", ROUTES, "on a layer-2 service", after(_with("2"), _with("1", record=LAYER_2_SERVICE)), WARNING,
          CUSTOMER, evidence={"before": 2, "now": 1}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R58", ROUTES, "a fifth exactly", after(_with("100"), _with("80"))),
    HoldsNot("R58", ROUTES, "all of them: that is R31", after(_with("100"), _with("0"))),
    HoldsNot("R58", ROUTES, "more than before", after(_with("79"), _with("100"))),
    HoldsNot("R58", ROUTES, "it was down before", after(_with("Idle"), _with("79"))),
    HoldsNot("R58", ROUTES, "it is down now", after(_with("100"), _with("Idle"))),
    HoldsNot("R58", ROUTES, "there is no reading before", _with("79")),
    HoldsNot("R58", ROUTES, "another neighbour had more",
             after(a_case(private(primary=P1.tables(summary=(P1_V6.session("100"),)))), _with("79"))),
)  # fmt: skip
