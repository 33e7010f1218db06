import re

import pytest
from django.test import Client

from crossconnections.arm import Row, SummaryRow
from crossconnections.models import CrossConnection
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.readings import (
    FIRST,
    MICROSOFT,
    PRIVATE,
    answer,
    end,
    fail,
    page,
    queued_read,
    read_of,
    reading,
)  # fmt: skip
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


def card(shown: str) -> str:
    """The findings, as text."""
    part = shown.split('id="findings"')[1].split("</section>", maxsplit=1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def copied(shown: str, button: str = "copy-findings") -> str:
    return shown.split(f'id="{button}"')[1].split('data-copy="')[1].split('"', maxsplit=1)[0]


def test_a_healthy_reading_says_so_in_one_sentence_and_asks_nothing(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    shown = card(page(viewer))
    assert "In service. The service works on both paths." in shown
    assert "nothing to do" in shown
    assert "BGP is up, 2 prefixes received, for 12 d 4 h." in shown
    assert "turn" not in shown


def test_the_worst_finding_comes_first_with_its_owner_and_the_next_step(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY | NO_ARP)
    shown = card(page(viewer))
    assert "Redundancy lost. The service works on the primary path alone" in shown
    claim, step = (
        shown.index("Secondary: the edge router does not answer ARP"),
        shown.index("Your turn. Check that C-tag 200"),
    )
    assert claim < step
    assert "inside S-tag 412 reaches AMS-06GMR-CIS-3-SEC-A, and that 172.16.18.5" in shown


def test_the_row_that_proves_it_is_marked_and_the_lane_says_down(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY | NO_ARP)
    shown = page(viewer)
    assert shown.count('<tr class="bad">') == 2  # Incomplete, and Active
    assert "Down" in shown.split('id="state-secondary"')[1].split("</div>")[0]
    assert "Up" in shown.split('id="state-primary"')[1].split("</div>")[0]
    assert 'href="#secondary-arp" aria-label="Show where:' in shown


def test_what_was_not_read_is_unknown_and_says_nothing_about_the_link(viewer: Client, row: CrossConnection):
    snapshot = reading(row, answers=HEALTHY)
    fail(read_of(snapshot, "secondary", "routes-summary"))
    shown = card(page(viewer))
    assert "Unknown. The primary path works, nothing is known of the secondary." in shown
    assert "Secondary: no verdict: the BGP summary was not read That says nothing about the customer's link." in shown


def test_a_table_less_is_not_all_is_well(viewer: Client, row: CrossConnection):
    snapshot = reading(row, answers=HEALTHY)
    fail(read_of(snapshot, "secondary", "routes"))
    shown = card(page(viewer))
    assert "In service, to check." in shown
    assert "Nothing is known of its routes." in shown


def test_what_lands_is_judged_as_it_lands(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True)
    assert "The primary and the secondary are still being read." in card(page(support))
    answer(read_of(snapshot, "primary", "routes-summary"), HEALTHY["primary routes-summary"])
    news = support.get(f"{FIRST}?seen=000000", headers={"HX-Request": "true"}).content.decode()
    assert 'id="findings" aria-labelledby="findings-title" hx-swap-oob="true"' in news
    assert "The primary path works, the secondary is still being read." in card(news)


def test_findings_are_copied_with_utc_times_ids_and_a_link(viewer: Client, row: CrossConnection):
    snapshot = reading(row, answers=HEALTHY | NO_ARP)
    text = copied(page(viewer))
    lines = text.splitlines()
    assert lines[0] == f"Service key {KEY} (er-contoso-prod-ams, Amsterdam)"
    assert lines[1] == "Azure private peering, S-tag 412, C-tag 200, AS 65020, 172.16.18.0/30, 172.16.18.4/30"
    assert lines[2].endswith(f"{snapshot.asked_at:%H:%M:%S} UTC")
    assert "Secondary (AMS-06GMR-CIS-3-SEC-A): down. The edge router does not answer ARP." in lines
    assert any(line.startswith("- High, R11: Secondary: the edge router does not answer ARP.") for line in lines)
    assert any(line.startswith("  Turn: provider. Next: Check that C-tag 200") for line in lines)
    assert lines[-1].endswith(f"/cross-connections/{KEY}/snapshots/1/?peering={PRIVATE}")
    assert "your" not in text.lower()


def test_a_peering_is_judged_by_itself_and_the_circuit_with_each(viewer: Client, row: CrossConnection):
    private_peering(
        row, peering_type=MICROSOFT, vlan_id=300, primary_prefix="123.0.0.0/30", secondary_prefix="123.0.0.4/30"
    )
    snapshot = reading(row, answers=HEALTHY | NO_ARP)
    for table in ("arp", "routes-summary", "routes"):
        for path in ("primary", "secondary"):
            queued_read(snapshot, MICROSOFT, path, table)
    assert "the edge router does not answer ARP" in card(page(viewer))
    assert "the edge router does not answer ARP" not in card(page(viewer, f"?peering={MICROSOFT}"))
    end(snapshot)
    row.provider_provisioning_state = "NotProvisioned"
    row.save()
    reading(row, peerings=(PRIVATE, MICROSOFT), answers=HEALTHY)
    for peering in (PRIVATE, MICROSOFT):
        address = f"/cross-connections/{KEY}/snapshots/2/"
        assert "BGP is up, but the provider has not provisioned this circuit" in card(
            page(viewer, f"?peering={peering}", address)
        )


def microsoft_card(viewer: Client, row: CrossConnection, answers: dict[str, tuple[Row, ...]], *states: str) -> str:
    """Of a Microsoft peering whose prefixes have these states, in its findings."""
    prefixes = [f"124.0.{number}.0/24" for number in range(len(states))]
    private_peering(
        row,
        peering_type=MICROSOFT,
        advertised_prefixes=prefixes,
        advertised_prefixes_state="ValidationNeeded",
        advertised_prefix_infos=[
            {"prefix": prefix, "validation_state": state, "validation_id": "", "is_signed": False}
            for prefix, state in zip(prefixes, states, strict=True)
        ],
    )
    reading(row, peerings=(PRIVATE, MICROSOFT), answers=answers)
    return card(page(viewer, f"?peering={MICROSOFT}"))


def test_where_bgp_is_up_each_refused_prefix_is_told_with_its_reason_and_nothing_twice(
    viewer: Client, row: CrossConnection
):
    shown = microsoft_card(viewer, row, HEALTHY, "AsnValidationFailed", "Configured", "SignatureVerificationFailed")
    assert "The AS number of 124.0.0.0/24 is not validated" in shown
    assert "The signature of 124.0.2.0/24 does not fit" in shown
    assert (shown.count("Rule R06"), shown.count("Rule R08")) == (0, 2)


def test_where_bgp_is_off_that_is_told_first_and_then_the_prefix(viewer: Client, row: CrossConnection):
    down = (SummaryRow("172.16.18.1", 65020, "never", "Idle"), SummaryRow("172.16.18.5", 65020, "never", "Idle"))
    answers = HEALTHY | {
        f"{path} routes-summary": (one,) for path, one in zip(("primary", "secondary"), down, strict=True)
    }
    shown = microsoft_card(viewer, row, answers, "CertificateMissingInRoutingRegistry")
    off = shown.index(
        "Microsoft does not accept the advertised prefixes Validation is needed, and Microsoft keeps BGP off"
    )
    assert off < shown.index("The certificate for 124.0.0.0/24 is not in the routing registry")
    assert "Validation is needed for" not in shown


def test_what_the_customer_changed_of_ours_leads_to_restoring_it(viewer: Client, row: CrossConnection):
    snapshot = reading(row, answers=HEALTHY)
    snapshot.configuration["peerings"][0]["overwritten"] = ["vlan_id", "primary_prefix"]
    snapshot.save()
    shown = card(page(viewer))
    assert "The customer has changed a peering that the provider set up" in shown
    assert "otherwise than the provider had set: VLAN ID and Primary subnet." in shown
    assert "Your turn. Agree with the customer, then press Restore ours on the circuit's page" in shown


def test_the_document_has_every_finding_the_worst_first(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY | NO_ARP)
    found = viewer.get(f"/cross-connections/{KEY}/snapshots/1.json").json()["findings"]
    assert [(one["rule"], one["severity"], one["owner"], one["peering"], one["path"]) for one in found] == [
        ("R11", "high", "us", PRIVATE, "secondary"),
        ("R55", "high", "us", PRIVATE, None),
        ("R49", "info", "customer", PRIVATE, "primary"),
    ]
    assert found[0]["text"].startswith("Secondary: the edge router does not answer ARP. Microsoft's router")
    assert found[0]["next_step"].startswith("Check that C-tag 200")


def test_a_healthy_document_has_nothing_but_what_is_to_know(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    found = viewer.get(f"/cross-connections/{KEY}/snapshots/1.json").json()["findings"]
    assert {one["severity"] for one in found} == {"info"}
