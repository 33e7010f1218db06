"""The exact list of actions, the role that grants them, and how Azure's roles are read."""

import json
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import Grant, is_granted
from crossconnections.readiness.actions import NEEDS, custom_role, list_missing

# Of "Azure built-in roles", what concerns us.
NETWORK_CONTRIBUTOR = Grant(("Microsoft.Authorization/*/read", "Microsoft.Network/*"), ())
READER = Grant(("*/read",), ())


def granted_by(*grants: Grant):
    return lambda action: is_granted(action, grants)


def of_the_role() -> Grant:
    role = json.loads(custom_role("27f3b1c8-90de-4a15-b6e2-05d4c7f8a913"))
    return Grant(tuple(role["Actions"]), tuple(role["NotActions"]))


def test_the_custom_role_grants_all_that_is_needed_and_names_its_subscription():
    assert list_missing(granted_by(of_the_role())) == []
    role = json.loads(custom_role("27f3b1c8-90de-4a15-b6e2-05d4c7f8a913"))
    assert role["AssignableScopes"] == ["/subscriptions/27f3b1c8-90de-4a15-b6e2-05d4c7f8a913"]


def test_each_subscription_has_a_role_of_its_own_name_for_a_tenant_takes_a_name_once():
    names = {json.loads(custom_role(one))["Name"] for one in ("11111111-aaaa", "22222222-aaaa")}
    assert names == {"Crossconnect 11111111-aaaa", "Crossconnect 22222222-aaaa"}


@pytest.mark.parametrize("table", ["arpTables", "routeTables", "routeTableSummary", "routeTablesSummary"])
def test_the_custom_role_covers_tables_in_each_documented_spelling(table: str):
    peerings = "Microsoft.Network/expressRouteCrossConnections/peerings"
    assert all(is_granted(f"{peerings}/{table}/{verb}", [of_the_role()]) for verb in ("read", "action"))


@pytest.mark.parametrize(
    "action",
    [
        "Microsoft.Network/expressRouteCircuits/write",
        "Microsoft.Network/virtualNetworks/delete",
        "Microsoft.Authorization/roleAssignments/write",
    ],
)
def test_the_custom_role_grants_nothing_else(action: str):
    assert not is_granted(action, [of_the_role()])


def test_the_role_reader_lacks_the_writes_and_the_tables():
    missing = [one.action.rsplit("/", 1)[-1] for one in list_missing(granted_by(READER))]
    assert sorted(missing) == ["action"] * 3 + ["delete", "write", "write"]


def test_network_contributor_is_enough():
    assert list_missing(granted_by(NETWORK_CONTRIBUTOR)) == []


def test_what_one_role_excludes_another_may_grant():
    narrow = Grant(("Microsoft.Network/*",), ("*/write",))
    assert not is_granted("Microsoft.Network/routeFilters/write", [narrow])
    assert is_granted("Microsoft.Network/routeFilters/write", [narrow, NETWORK_CONTRIBUTOR])


def test_vital_ones_come_first():
    assert [one.is_vital for one in list_missing(lambda _: False)] == sorted(
        (one.is_vital for one in NEEDS), reverse=True
    )


def test_azure_minds_no_case_and_knows_no_wildcard_but_the_star():
    assert is_granted("microsoft.network/ROUTEFILTERS/read", [NETWORK_CONTRIBUTOR])
    assert not is_granted(
        "Microsoft.Network/x/read", [Grant(("Microsoft.Network/?/read", "Microsoft.Network/[x]/read"), ())]
    )


@given(st.text(alphabet="ab/*", max_size=8), st.text(alphabet="ab/", max_size=8))
def test_a_star_stands_for_any_letters(pattern: str, action: str):
    assert is_granted(action, [Grant((pattern,), ())]) == fnmatchcase(action, pattern)
