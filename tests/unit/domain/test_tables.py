from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.enums import Table
from crossconnections.tables import pack, unpack

numbers = st.none() | st.integers(-(2**63), 2**63 - 1)
words = st.text()
rows_of = {
    Table.ARP: st.builds(ArpRow, age_minutes=numbers, interface=words, ip_address=words, mac_address=words),
    Table.ROUTES_SUMMARY: st.builds(
        SummaryRow, neighbor=words, asn=numbers, up_down=words, state_or_prefixes_received=words
    ),
    Table.ROUTES: st.builds(RouteRow, network=words, next_hop=words, loc_prf=words, weight=numbers, path=words),
}
kept = st.sampled_from(list(Table)).flatmap(lambda table: st.tuples(st.just(table), st.lists(rows_of[table])))


@given(kept)
def test_what_was_packed_is_unpacked_as_it_was(given_rows: tuple[Table, list[Row]]):
    table, rows = given_rows
    assert unpack(table, pack(rows)) == tuple(rows)


def test_ten_thousand_routes_take_less_than_a_tenth_of_their_json():
    rows = [RouteRow(f"10.{i // 256}.{i % 256}.0/24", "172.16.0.1", "", 0, "65010 65020") for i in range(10_000)]
    assert len(pack(rows)) < 100_000
