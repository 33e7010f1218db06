import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.arm.reading import Fields, MalformedError
from crossconnections.arm.tables import ROW_READERS
from crossconnections.enums import DevicePath, Table

# Examples of Azure/azure-rest-api-specs, one of each table.
DOCUMENTED: dict[Table, dict[str, Any]] = {
    Table.ARP: {"age": 0, "interface": "Microsoft", "ipAddress": "192.116.14.254", "macAddress": "885a.9269.9110"},
    Table.ROUTES_SUMMARY: {
        "neighbor": "10.6.1.112",
        "asn": 65514,
        "upDown": "1d14h",
        "stateOrPrefixesReceived": "Active",
    },
    Table.ROUTES: {"network": "10.6.0.0/16", "nextHop": "10.6.1.12", "locPrf": "", "weight": 0, "path": "65514"},
}
NUMBERS = [(Table.ARP, "age"), (Table.ROUTES_SUMMARY, "asn"), (Table.ROUTES, "weight")]
FIELDS = [(table, name) for table, row in DOCUMENTED.items() for name in row]
TEXTS = [field for field in FIELDS if field not in NUMBERS]
WORDS = [(Table.ROUTES_SUMMARY, "stateOrPrefixesReceived"), (Table.ROUTES, "locPrf"), (Table.ROUTES, "path")]
# The names of azure-rest-api-specs, as they are called here.
OURS = {
    "age": "age_minutes",
    "ipAddress": "ip_address",
    "macAddress": "mac_address",
    "upDown": "up_down",
    "stateOrPrefixesReceived": "state_or_prefixes_received",
    "nextHop": "next_hop",
    "locPrf": "loc_prf",
}
NOT_A_TEXT = [7, 1.5, True, [], ["x"], {}, "a\x00b", "\ud800"]
NOT_A_NUMBER = ["7", "", 1.5, True, [], {}, 2**63]


def read(table: Table, entry: dict[str, Any]) -> Row:
    return ROW_READERS[table](Fields.parse(json.dumps(entry).encode()))


def changed(table: Table, **values: object) -> Row:
    return read(table, DOCUMENTED[table] | values)


def value_of(row: Row, name: str) -> object:
    return getattr(row, OURS.get(name, name))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (Table.ARP, ArpRow(0, "Microsoft", "192.116.14.254", "885a.9269.9110")),
        (Table.ROUTES_SUMMARY, SummaryRow("10.6.1.112", 65514, "1d14h", "Active")),
        (Table.ROUTES, RouteRow("10.6.0.0/16", "10.6.1.12", "", 0, "65514")),
    ],
)
def test_the_documented_rows_are_read(table: Table, row: Row) -> None:
    assert read(table, DOCUMENTED[table]) == row


def test_each_table_has_its_reader_and_each_word_is_azures() -> None:
    assert set(ROW_READERS) == set(Table)
    assert {table.azure_word for table in Table} == {"arpTables", "routeTablesSummary", "routeTables"}
    assert {table.azure_operation for table in Table} == {
        "ExpressRouteCrossConnections_ListArpTable",
        "ExpressRouteCrossConnections_ListRoutesTableSummary",
        "ExpressRouteCrossConnections_ListRoutesTable",
    }
    assert set(DevicePath) == {"primary", "secondary"}


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_each_field_may_be_missing_or_null(table: Table, name: str) -> None:
    without = {key: value for key, value in DOCUMENTED[table].items() if key != name}
    for row in (read(table, without), changed(table, **{name: None})):
        assert value_of(row, name) == (None if (table, name) in NUMBERS else "")
        others = [value_of(row, other) for other in without]
        assert others == list(without.values())


@pytest.mark.parametrize("table", Table)
def test_a_row_of_nothing_is_a_row(table: Table) -> None:
    row = read(table, {})
    assert {value_of(row, name) for name in DOCUMENTED[table]} == {None, ""}


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [(*field, value) for field in TEXTS for value in NOT_A_TEXT if not (field in WORDS and value == 7)]
    + [(*field, value) for field in NUMBERS for value in NOT_A_NUMBER],
)
def test_a_value_of_a_wrong_type_is_named_by_its_place(table: Table, name: str, value: object) -> None:
    with pytest.raises(MalformedError, match=f"^{name} is not a"):
        changed(table, **{name: value})


@pytest.mark.parametrize(("table", "name"), WORDS)
def test_a_number_is_taken_for_its_text_where_azure_writes_numbers_as_texts(table: Table, name: str) -> None:
    assert value_of(changed(table, **{name: 65010}), name) == "65010"


@pytest.mark.parametrize("table", Table)
def test_what_azure_adds_is_passed_over(table: Table) -> None:
    assert changed(table, v=4, ageSeconds="x", nextLink=7) == read(table, DOCUMENTED[table])


@pytest.mark.parametrize("mac", ["ffff.eeee.dddd", "Incomplete", "incomplete", ""])
@pytest.mark.parametrize("interface", ["On-Prem", "Microsoft", "Something new"])
def test_a_neighbour_is_kept_as_the_router_spells_it(mac: str, interface: str) -> None:
    row = changed(Table.ARP, macAddress=mac, interface=interface, age=261)
    assert row == ArpRow(261, interface, "192.116.14.254", mac)


@pytest.mark.parametrize("hop", ["10.17.17.140*", "10.17.17.140", "*", "2001:db8::1"])
def test_a_next_hop_keeps_its_asterisk(hop: str) -> None:
    assert value_of(changed(Table.ROUTES, nextHop=hop), "nextHop") == hop


@pytest.mark.parametrize("path", ["65515", "65514 12076 65515", "65514 ?", "i", "{64512,64513}", ""])
def test_a_path_is_text_however_long_or_strange(path: str) -> None:
    assert value_of(changed(Table.ROUTES, path=path), "path") == path


@pytest.mark.parametrize("asn", [0, 1, 65514, 2**31 - 1, 2**32 - 1, -94967296, None])
def test_an_asn_may_be_zero_large_negative_or_absent(asn: int | None) -> None:
    # Azure's schema has 32 bits with a sign for it, which an ASN of four bytes does not fit in.
    assert value_of(changed(Table.ROUTES_SUMMARY, asn=asn), "asn") == asn


@pytest.mark.parametrize(
    "state",
    [
        "Idle",
        "Connect",
        "Active",
        "OpenSent",
        "OpenConfirm",
        "Established",
        "Idle (Admin)",
        "Idle (PfxCt)",
        "0",
        "4000",
    ],
)
@pytest.mark.parametrize("up_down", ["never", "01:02:03", "1d02h", "8w4d", "1y2w", ""])
def test_a_session_is_kept_in_the_routers_words(state: str, up_down: str) -> None:
    row = changed(Table.ROUTES_SUMMARY, stateOrPrefixesReceived=state, upDown=up_down)
    assert row == SummaryRow("10.6.1.112", 65514, up_down, state)


def test_a_summary_of_a_circuit_is_none_of_a_cross_connection() -> None:
    """The two differ in their names; read as ours, hardly anything is left, and nothing is wrong."""
    circuit = {"neighbor": "100.65.171.1", "v": 4, "as": 9583, "upDown": "never", "statePfxRcd": "Idle"}
    assert read(Table.ROUTES_SUMMARY, circuit) == SummaryRow("100.65.171.1", None, "never", "")


_values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.integers())


@given(st.sampled_from(FIELDS), _values)
def test_no_value_brings_the_reader_down_in_another_way(field: tuple[Table, str], value: object) -> None:
    table, name = field
    try:
        row = changed(table, **{name: value})
    except MalformedError:
        return
    missing = None if field in NUMBERS else ""
    expected = str(value) if field in WORDS and isinstance(value, int) else value
    assert value_of(row, name) == (missing if value is None else expected)
