"""What a reading shows of layer 2 and of the sessions, what it says of what failed, and its files."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.test import Client

from crossconnections.arm import ArpRow, SummaryRow
from crossconnections.models import CrossConnection
from portal.activity.models import Entry
from tests.integration.pages.readings import FIRST, MICROSOFT, PRIVATE, fail, page, read_of, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


def part(shown: str, anchor: str) -> str:
    """What stands between this anchor and the next table."""
    _, behind = shown.split(f'id="{anchor}"')
    return behind.split('<div class="part"', 1)[0].split("</section>", 1)[0]


def test_both_paths_stand_side_by_side_with_the_ports_of_that_time(viewer: Client, row: CrossConnection):
    reading(row)
    CrossConnection.objects.update(primary_azure_port="AMS-06GMR-CIS-9-PRI-A")
    shown = page(viewer)
    assert "AMS-06GMR-CIS-3-PRI-A" in shown
    assert "AMS-06GMR-CIS-3-SEC-A" in shown
    assert "CIS-9" not in shown


def test_a_table_shows_azures_words_and_when_it_answered(viewer: Client, row: CrossConnection):
    snapshot = reading(row)
    shown = part(page(viewer), "primary-arp")
    for words in ("On-Prem", "0c86.10f4.7a21", "7 min", "172.16.18.2"):
        assert words in shown
    answered = read_of(snapshot).finished_at
    assert answered
    assert f"{answered:%H:%M:%S} UTC" in shown


def test_a_number_is_how_many_prefixes_came_and_a_word_is_the_sessions_state(viewer: Client, row: CrossConnection):
    sessions = (
        SummaryRow("172.16.18.1", 65020, "12d04h", "0"),
        SummaryRow("2001:db8::1", None, "never", "Idle (Admin)"),
        SummaryRow("", 0, "", ""),
    )
    reading(row, answers={"routes-summary": sessions})
    shown = part(page(viewer), "primary-routes-summary")
    assert shown.count("Established") == 2  # in the table and in its text
    for words in ("12d04h", "Idle (Admin)", "2001:db8::1", "Not told"):
        assert words in shown
    assert 'class="st ok"' not in shown


def test_an_as_of_0_is_shown_as_azure_answers_it_and_a_missing_one_as_a_blank(viewer: Client, row: CrossConnection):
    sessions = (SummaryRow("172.16.18.1", 0, "never", "Idle"), SummaryRow("172.16.18.2", None, "never", "Idle"))
    reading(row, answers={"routes-summary": sessions})
    shown = part(page(viewer), "primary-routes-summary")
    assert re.findall(r'<td class="hide-s">(.*?)</td>', shown) == ["0", ""]


def test_a_table_without_rows_says_that_azure_answered(viewer: Client, row: CrossConnection):
    reading(row, answers={"arp": ()})
    assert "Azure answered with no rows" in part(page(viewer), "primary-arp")


def test_what_a_router_says_is_shown_and_never_run(viewer: Client, row: CrossConnection):
    reading(row, answers={"arp": (ArpRow(None, "", '"><script>alert(1)</script>', "=cmd()"),)})
    assert "<script>alert" not in viewer.get(FIRST).content.decode()
    assert "'=cmd()" in csv_of(viewer, "primary/arp")[1]


def test_a_table_is_copied_as_aligned_text_with_what_it_is_of_and_when(viewer: Client, row: CrossConnection):
    reading(row)
    text = part(page(viewer), "secondary-arp").split('data-copy="')[1].split('"')[0]
    first, heads, *lines = text.splitlines()
    assert first.startswith(f"Secondary ARP table of Azure private peering, {KEY}, read ")
    assert heads == "Interface  IP address   MAC address     Age"
    assert lines == ["On-Prem    172.16.18.1  0c86.10f4.7a21  7 min", "Microsoft  172.16.18.2  a44c.1182.e0d7  0 min"]


def test_each_peering_has_its_own_address(viewer: Client, row: CrossConnection):
    snapshot = reading(row, peerings=(MICROSOFT, PRIVATE))
    fail(read_of(snapshot, peering=MICROSOFT))
    assert "<h1>Azure private peering</h1>" in page(viewer)
    shown = page(viewer, f"?peering={MICROSOFT}")
    assert "<h1>Microsoft peering</h1>" in shown
    assert "Not read: Azure failed" in part(shown, "primary-arp")
    assert "<h1>Azure private peering</h1>" in page(viewer, "?peering=nonsense")


def test_a_failed_read_says_what_why_what_next_and_that_it_tells_nothing_of_the_link(
    support: Client, row: CrossConnection
):
    snapshot = reading(row)
    fail(read_of(snapshot, "secondary", "routes-summary"), error_message="The edge router did not answer.")
    shown = page(support).split('id="failures"')[1]
    for words in (
        "Secondary BGP summary of Azure private peering could not be read.",
        "Azure could not get an answer from its edge router, or failed on the way.",
        "This says nothing about the customer's link.",
        "Retry. If it fails again, give Microsoft's support the ids here.",
        "<code>GatewayTimeout</code>",
        'data-copy="1f0a6c52-83be-4d7c-a9e4-6b20d95c7718"',
        'data-copy="r-4711"',
        "The edge router did not answer.",
        'aria-label="Retry Secondary BGP summary of Azure private peering"',
    ):
        assert words in shown


def test_reads_that_failed_for_one_cause_are_one_call_out_each_with_its_own_retry(
    support: Client, row: CrossConnection
):
    snapshot = reading(row, peerings=(PRIVATE, MICROSOFT))
    for read in snapshot.reads.all():
        fail(read, "AuthorizationFailed")
    shown = page(support)
    assert shown.count('<div class="call bad">') == 1
    assert "12 tables could not be read." in shown
    assert shown.count(">Retry</button>") == 12


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AuthorizationFailed", "not permitted"),
        ("NoAnswer", "no answer from Azure"),
        ("Gone", "gone from Azure"),
        ("RoleEnded", "the role ended"),
        ("NotSent", "not asked in time"),
        ("GaveUp", "given up"),
        ("SomethingNew", "Azure refused"),
    ],
)
def test_a_table_that_failed_says_why_in_its_place(viewer: Client, row: CrossConnection, code: str, words: str):
    fail(read_of(reading(row)), code)
    assert f"Not read: {words}</span>" in part(page(viewer), "primary-arp")


def test_a_table_that_failed_leads_to_where_it_was_last_read(viewer: Client, row: CrossConnection):
    reading(row)
    reading(row)
    fail(read_of(reading(row)))
    shown = part(page(viewer, address=f"/cross-connections/{KEY}/snapshots/3/"), "primary-arp")
    assert f'href="/cross-connections/{KEY}/snapshots/2/?peering={PRIVATE}">last read' in shown


def csv_of(client: Client, table: str) -> list[list[str]]:
    answered = client.get(f"{FIRST}{PRIVATE}/{table}.csv")
    assert answered.status_code == 200
    text = answered.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_table_is_exported_as_csv_and_that_is_on_record(viewer: Client, row: CrossConnection):
    reading(row)
    assert csv_of(viewer, "primary/routes") == [
        ["network", "next_hop", "loc_prf", "weight", "path"],
        ["10.20.0.0/16", "172.16.18.1", "100", "0", "65020 65031"],
    ]
    entry = Entry.objects.latest("number")
    assert (entry.deed, entry.object_id) == ("tables.exported", KEY)
    assert "Primary routes of Azure private peering" in entry.details


def test_each_table_of_a_reading_has_its_own_file_name(viewer: Client, row: CrossConnection):
    reading(row, peerings=(PRIVATE, MICROSOFT))
    paths = [(peering, path) for peering in ("private", "microsoft") for path in ("primary", "secondary")]
    names = {
        viewer.get(f"{FIRST}{peering}/{path}/arp.csv").headers["Content-Disposition"].split("reading-1-")[1][:-19]
        for peering in (PRIVATE, MICROSOFT)
        for path in ("primary", "secondary")
    }
    assert names == {f"{peering}-{path}-arp" for peering, path in paths}


def test_a_service_key_with_a_quote_ends_no_file_name(viewer: Client, row: CrossConnection):
    reading(row)
    CrossConnection.objects.update(service_key='a"b')
    answer = viewer.get(f"{FIRST}{PRIVATE}/primary/arp.csv".replace(KEY, quote('a"b')))
    assert answer.headers["Content-Disposition"].startswith(r'attachment; filename="a\"b-reading-1-')


@pytest.mark.parametrize("table", ["primary/arp", "tertiary/arp", "primary/nothing"])
def test_a_table_that_was_not_read_is_no_file(viewer: Client, row: CrossConnection, table: str):
    fail(read_of(reading(row)))
    assert viewer.get(f"{FIRST}{PRIVATE}/{table}.csv").status_code == 404


def test_the_page_leads_to_its_document(viewer: Client, row: CrossConnection):
    reading(row)
    assert f'href="/cross-connections/{KEY}/snapshots/1.json"' in page(viewer)


def test_the_document_has_the_whole_reading(viewer: Client, row: CrossConnection):
    snapshot = reading(row, comment="Port was flapping.")
    fail(read_of(snapshot, "secondary", "arp"))
    told = viewer.get(f"/cross-connections/{KEY}/snapshots/1.json").json()
    assert {name: told[name] for name in ("service_key", "number", "asked_by", "comment")} == {
        "service_key": KEY,
        "number": 1,
        "asked_by": None,
        "comment": "Port was flapping.",
    }
    assert told["configuration"]["primary_azure_port"] == "AMS-06GMR-CIS-3-PRI-A"
    assert told["asked_at"].endswith("Z")
    reads = {(read["device_path"], read["table"]): read for read in told["reads"]}
    assert len(reads) == 6
    assert reads["primary", "arp"]["rows"][0] == {
        "age_minutes": 7,
        "interface": "On-Prem",
        "ip_address": "172.16.18.1",
        "mac_address": "0c86.10f4.7a21",
    }
    assert reads["primary", "arp"]["answered_seconds"] == 12
    failed = reads["secondary", "arp"]
    assert (failed["state"], failed["rows"], failed["error_code"]) == ("failed", None, "GatewayTimeout")
    assert failed["correlation_id"] == "1f0a6c52-83be-4d7c-a9e4-6b20d95c7718"
