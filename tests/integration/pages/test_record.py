"""The form of a customer's record, and where the record is shown."""

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.arm import ArpRow, SummaryRow
from crossconnections.models import CrossConnection, CustomerRecord
from portal.access.roles import Role
from portal.activity.models import Entry
from tests.integration.pages.pictures import HEALTHY
from tests.integration.pages.readings import FIRST, reading
from tests.integration.pages.records import record_of
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

NO_BGP = HEALTHY | {"secondary routes-summary": (SummaryRow("172.16.18.5", 65020, "01:12:00", "Idle"),)}
ADDRESS = f"/cross-connections/{KEY}/record/"
TYPED = {
    "customer": "Contoso",
    "reference": "NL-1",
    "contacts": "Anna\r\nBert",
    "service": "layer2",
    "sku_tier": "Standard",
    "planned_on": "2026-12-03",
    "known_macs": "AA:BB:CC:00:11:22",
    "internal_notes": "Cage 14",
}


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


def shown(client: Client, address: str = f"/cross-connections/{KEY}/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def opened(client: Client) -> dict[str, str]:
    """What the form carries of what the person saw."""
    found = re.search(r'name="opened" value="([^"]+)"', client.get(ADDRESS).content.decode())
    assert found
    return {"opened": found[1]}


def kept() -> CustomerRecord:
    return CustomerRecord.objects.get()


def test_what_is_typed_is_kept_and_leads_to_the_circuit_where_it_stands_first(support: Client, row: CrossConnection):
    answer = support.post(ADDRESS, TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cross-connections/{KEY}/")
    one = kept()
    assert (one.customer, one.contacts, one.service, one.planned_on) == (
        "Contoso", "Anna\nBert", "layer2", date(2026, 12, 3),
    )  # fmt: skip
    assert one.known_macs == ["aabb.cc00.1122"]
    page = shown(support)
    assert page.index("Contoso") < page.index('aria-label="Facts"')
    assert "Layer 2, Standard, planned for 3 Dec 2026" in page


def test_the_form_comes_filled_with_what_is_on_record(support: Client, row: CrossConnection):
    record_of(row)
    page = shown(support, ADDRESS)
    for value in ("Contoso Rail Freight", "NL-2026-00417", "2026-12-03", "0c86.10f4.7a21", "Cage 14."):
        assert value in page
    assert '<option value="layer3" selected>' in page


def test_what_cannot_be_kept_comes_back_with_a_sentence_for_each_and_nothing_is_lost(
    support: Client, row: CrossConnection
):
    wrong = TYPED | {"planned_on": "03/04/2026", "known_macs": "aabb.cc00.1122\nrouter-1", "service": "layer4"}
    answer = support.post(ADDRESS, wrong)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    for sentence in ("can be read in two ways", "“router-1” is no MAC address of a device", "“layer4” is not known"):
        assert sentence in page
    assert "router-1" in page.split('name="known_macs"')[1]
    assert 'value="Contoso"' in page
    assert not CustomerRecord.objects.exists()


def test_a_second_press_of_the_same_is_no_second_deed(support: Client, row: CrossConnection):
    typed = TYPED | opened(support)
    assert [support.post(ADDRESS, typed).status_code for _ in range(2)] == [303, 303]
    assert Entry.objects.filter(deed="record.kept").count() == 1


def test_where_somebody_else_wrote_meanwhile_both_are_shown_and_the_person_chooses(
    support: Client, row: CrossConnection
):
    record_of(row)
    saw = opened(support)
    theirs = {"customer": "Contoso Rail", "reference": "NL-9", "version": 2}
    CustomerRecord.objects.update(**theirs, changed_by=person("Sam Ortiz"))
    mine = {"customer": "Contoso Freight", "reference": "NL-2026-00417", "internal_notes": "Cage 15."}
    answer = support.post(ADDRESS, saw | mine)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Sam Ortiz has written here" in page
    assert "while you were editing." in page
    assert 'value="Contoso Freight"' in page
    assert 'Sam Ortiz wrote:</p>\n      <p class="note">Contoso Rail</p>' in page
    assert 'value="NL-9"' in page, "what the person did not touch is the other one's"
    assert "Cage 15." in page
    assert kept().internal_notes == "Cage 14."
    carried = {"opened": re.findall(r'name="opened" value="([^"]+)"', page)[0]}
    again = carried | mine | {"reference": "NL-9", "take": ["customer"]}
    assert support.post(ADDRESS, again).status_code == 303
    one = kept()
    assert (one.customer, one.reference, one.internal_notes) == ("Contoso Rail", "NL-9", "Cage 15.")


def test_the_record_of_one_that_is_gone_stays_and_can_be_edited(support: Client, row: CrossConnection):
    record_of(row)
    CrossConnection.objects.update(gone_at=timezone.now())
    assert "Contoso Rail Freight" in shown(support)
    assert "The record stays, and can be edited." in shown(support, ADDRESS)
    assert support.post(ADDRESS, {"customer": "Contoso AG"}).status_code == 303
    assert kept().customer == "Contoso AG"
    assert kept().reference == "NL-2026-00417", "what was not sent is not touched"


def test_a_viewer_sees_it_and_edits_nothing(viewer: Client, row: CrossConnection):
    record_of(row)
    page = shown(viewer)
    assert "Cage 14." in page
    assert ADDRESS not in page
    assert viewer.get(ADDRESS).status_code == 403
    assert viewer.post(ADDRESS, TYPED).status_code == 403
    assert kept().customer == "Contoso Rail Freight"


def test_without_a_record_the_page_says_so_and_offers_to_add_one(support: Client, row: CrossConnection):
    card = shown(support).split('id="customer"')[1].split("</section>")[0]
    assert "Not known yet" in card
    assert f'href="{ADDRESS}"' in card
    assert "Add" in card


def test_numbers_and_addresses_among_the_contacts_are_links(viewer: Client, row: CrossConnection):
    contacts = "Anna, +49 69 1234 5670, anna.weber@contoso.example\nNOC +49 (0)69 555 0199, since 03.12.2026, <b>"
    record_of(row, contacts=contacts)
    page = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    assert '<a href="tel:+496912345670">+49 69 1234 5670</a>' in page
    assert '<a href="tel:+49695550199">+49 (0)69 555 0199</a>' in page
    assert '<a href="mailto:anna.weber@contoso.example">' in page
    assert "tel:03122026" not in page
    assert "&lt;b&gt;" in page


def test_it_stands_above_the_tables_and_says_which_record_the_findings_go_by(viewer: Client, row: CrossConnection):
    record_of(row)
    assert "Contoso Rail Freight" in shown(viewer, f"/cross-connections/{KEY}/troubleshooting/")
    assert "Findings go by this record" not in shown(viewer, f"/cross-connections/{KEY}/troubleshooting/")
    reading(row)
    page = shown(viewer, FIRST)
    assert page.index("Contoso Rail Freight") < page.index('id="findings"')
    assert "Findings go by this record as it is now" in page


def test_a_finding_speaks_with_the_record_of_today(viewer: Client, row: CrossConnection):
    reading(row, answers=NO_BGP)
    assert "If the router is the customer's, ask them to." in shown(viewer, FIRST)
    record_of(row, service="layer2", known_macs=[])
    assert "Ask the customer to check" in shown(viewer, FIRST)
    CustomerRecord.objects.update(service="layer3", version=2)
    page = shown(viewer, FIRST)
    assert "Ask the customer to check" not in page
    assert "If the router is the customer's" not in page


def test_another_mac_address_than_on_record_is_found(viewer: Client, row: CrossConnection):
    record_of(row, known_macs=["aabb.cc00.1122"])
    reading(row)
    assert "the edge router has another MAC address than on record" in shown(viewer, FIRST)
    CustomerRecord.objects.update(known_macs=["0c86.10f4.7a21"], version=2)
    assert "another MAC address" not in shown(viewer, FIRST)


def test_the_mac_addresses_of_a_reading_are_proposed_and_what_they_replace_is_shown(
    support: Client, row: CrossConnection
):
    record_of(row, known_macs=["aabb.cc00.1122"])
    reading(row)
    assert f'href="{ADDRESS}?reading=1"' in shown(support, FIRST)
    page = shown(support, f"{ADDRESS}?reading=1")
    assert "New: <code>0c86.10f4.7a21</code>." in page
    assert "No longer on record: <code>aabb.cc00.1122</code>." in page
    assert "\n0c86.10f4.7a21</textarea>" in page
    assert kept().known_macs == ["aabb.cc00.1122"]


def test_a_reading_without_a_mac_address_replaces_nothing(support: Client, row: CrossConnection):
    record_of(row)
    reading(row, answers={"arp": (ArpRow(0, "On-Prem", "172.16.18.1", "Incomplete"),)})
    page = shown(support, f"{ADDRESS}?reading=1")
    assert "Reading 1 shows no MAC address of an edge router." in page
    assert "\n0c86.10f4.7a21</textarea>" in page
    assert "is on record" not in shown(support, f"{ADDRESS}?reading=99")


def test_an_open_page_shows_itself_anew_once_somebody_wrote(viewer: Client, row: CrossConnection):
    seen = re.findall(r"\?seen=(\w+)", shown(viewer))[0]
    record_of(row)
    poll = f"/cross-connections/{KEY}/?seen={seen}"
    assert viewer.get(poll, headers={"HX-Request": "true"}).headers["HX-Retarget"] == "#detail"


@pytest.mark.parametrize(
    "q",
    ["rail", "NL-2026-00417", "anna.weber@contoso.example", "5670", "0c:86:10:F4:7A:21", "0C8610F47A21", "Contoso 69"],
)
def test_list_and_palette_find_it_by_what_is_on_record(viewer: Client, row: CrossConnection, q: str):
    CrossConnection.objects.update(circuit_name="er-ams")
    assert KEY not in viewer.get("/cross-connections/", {"q": q}).content.decode().split('id="list"')[1]
    record_of(row)
    page = viewer.get("/cross-connections/", {"q": q}).content.decode()
    assert "<b>Contoso Rail Freight</b>" in page
    palette = viewer.get("/jump/", {"q": q.split(maxsplit=1)[0]}, HTTP_HX_REQUEST="true").content.decode()
    assert "Contoso Rail Freight, er-ams, Amsterdam" in palette


def test_notes_are_not_searched(viewer: Client, row: CrossConnection):
    record_of(row)
    assert "Contoso" not in viewer.get("/cross-connections/", {"q": "Cage"}).content.decode()


def test_one_that_is_gone_is_found_by_its_customer(viewer: Client, row: CrossConnection):
    record_of(row)
    CrossConnection.objects.update(gone_at=timezone.now())
    assert KEY in viewer.get("/jump/", {"q": "Rail Fr"}, HTTP_HX_REQUEST="true").content.decode()


def test_the_twins_and_the_export_tell_it_too(viewer: Client, row: CrossConnection):
    assert viewer.get(f"/cross-connections/{KEY}.json").json()["record"] is None
    record_of(row, reference="=1+1")
    told = viewer.get(f"/cross-connections/{KEY}.json").json()["record"]
    assert set(told) == {
        "customer", "reference", "contacts", "service", "sku_tier", "planned_on", "known_macs", "internal_notes",
        "changed_at",
    }  # fmt: skip
    assert (told["planned_on"], told["known_macs"]) == ("2026-12-03", ["0c86.10f4.7a21"])
    (listed,) = viewer.get("/cross-connections.json").json()["results"]
    assert (listed["customer"], listed["reference"], "record" in listed) == ("Contoso Rail Freight", "=1+1", False)
    assert ",Contoso Rail Freight,'=1+1\r\n" in viewer.get("/cross-connections/export.csv").getvalue().decode()


def test_a_person_finds_and_sees_the_records_where_their_role_holds_alone(
    signed_in: Callable[..., Client], row: CrossConnection
):
    record_of(row)
    somebody = person("Sam Ortiz")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Frankfurt")
    browser = signed_in_as(somebody)
    assert "Contoso" not in browser.get("/cross-connections/?q=Rail").content.decode().split('id="list"')[1]
    assert "Contoso" not in browser.get("/jump/?q=Rail", HTTP_HX_REQUEST="true").content.decode()
    assert "Contoso" not in browser.get("/cross-connections/records.csv").getvalue().decode()
    assert browser.get(ADDRESS).status_code == 404
    assert browser.post(ADDRESS, TYPED).status_code == 404
