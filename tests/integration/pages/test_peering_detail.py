"""Peerings on the page of a cross connection: what can be done with each, what is missing, what the customer did."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Change, CrossConnection
from tests.integration.pages.changes import change
from tests.integration.pages.peerings import MICROSOFT, PEERINGS, PRIVATE, form_of, microsoft_peering, text_of
from tests.integration.pages.peerings import read_aloud as words_of
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

ADDRESS = f"/cross-connections/{KEY}/"
OURS = {"state": "Enabled", "vlan_id": 250, "peer_asn": 65020}


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def shown(client: Client) -> str:
    return text_of(client.get(ADDRESS))


def read_aloud(client: Client) -> str:
    return words_of(client.get(ADDRESS))


def links(client: Client) -> dict[str, str]:
    """Where the buttons of peerings lead."""
    found = re.findall(rf'<a class="btn[^"]*" href="({PEERINGS}[^"]*)">(.*?)</a>', shown(client))
    return {re.sub(r"<[^>]*>", "", words).strip(): address for address, words in found}


def set_up(of: CrossConnection, peering_type: str = PRIVATE, **values: Any) -> Change:
    """A change of ours that set a peering up."""
    after = {"peerings": [{"peering_type": peering_type, **OURS, **values}]}
    asked = {"presence": True, **OURS, **values}
    return change(of, "succeeded", kind="peering", subject=peering_type, asked=asked, after=after)


class TestWhatCanBeDone:
    def test_each_that_is_there_can_be_edited_and_removed(self, operator: Client, row):
        private_peering(row)
        microsoft_peering(row)
        assert links(operator) == {
            "Edit Azure private peering": form_of(PRIVATE),
            "Remove Azure private peering": f"{form_of(PRIVATE)}remove/",
            "Edit Microsoft peering": form_of(MICROSOFT),
            "Remove Microsoft peering": f"{form_of(MICROSOFT)}remove/",
        }

    def test_each_that_is_missing_can_be_set_up(self, operator: Client, row):
        assert links(operator) == {
            "Set up Azure private peering": form_of(PRIVATE),
            "Set up Microsoft peering": form_of(MICROSOFT),
        }
        private_peering(row)
        assert links(operator)["Set up Microsoft peering"] == form_of(MICROSOFT)
        assert "Set up Azure private peering" not in links(operator)

    def test_every_one_of_these_addresses_answers(self, operator: Client, row):
        private_peering(row)
        for address in links(operator).values():
            assert operator.get(address).status_code == 200

    def test_a_public_one_is_shown_and_cannot_be_touched(self, operator: Client, row):
        private_peering(row, peering_type="AzurePublicPeering")
        assert "Azure public peering, retired" in shown(operator)
        assert not [address for address in links(operator).values() if "Public" in address]

    @pytest.mark.parametrize("role", ["Portal.Viewer", "Portal.Support"])
    def test_whoever_may_change_nothing_has_no_buttons(self, signed_in: Callable[..., Client], row, role: str):
        private_peering(row)
        ours = set_up(row, MICROSOFT)
        browser = signed_in(role)
        assert links(browser) == {}
        assert f"?from={ours.pk}" not in shown(browser)

    def test_of_one_that_is_not_provisioned_it_says_why_not(self, operator: Client, row):
        private_peering(row)
        CrossConnection.objects.update(provider_provisioning_state="Provisioning")
        told = read_aloud(operator)
        assert "Azure takes peerings once the state is Provisioned, and it is Provisioning." in told
        assert "Set up Microsoft peering" not in links(operator)
        assert "Remove Azure private peering" in links(operator)

    def test_of_one_that_is_gone_nothing_can_be_done(self, operator: Client, row):
        private_peering(row)
        CrossConnection.objects.update(gone_at=timezone.now())
        assert links(operator) == {}

    def test_before_it_was_read_nobody_knows(self, operator: Client, row):
        CrossConnection.objects.update(read_at=None)
        assert links(operator) == {}
        assert "Not read yet." in read_aloud(operator)


class TestOverwritten:
    def test_after_the_customers_edit_ours_can_be_had_again(self, operator: Client, row):
        ours = set_up(row)
        private_peering(row, vlan_id=222, last_modified_by="Customer")
        told = read_aloud(operator)
        assert "The customer changed it since you set it up." in told
        assert links(operator)["Restore ours"] == f"{form_of(PRIVATE)}?from={ours.pk}"

    def test_after_it_was_removed_it_can_be_set_up_as_we_had_it(self, operator: Client, row):
        ours = set_up(row)
        address = links(operator)["Restore Azure private peering as you had it"]
        assert address == f"{form_of(PRIVATE)}?from={ours.pk}"
        assert 'value="250"' in text_of(operator.get(address))

    def test_after_our_own_removal_there_is_nothing_to_have_again(self, operator: Client, row):
        set_up(row)
        asked = {"presence": False}
        change(row, "succeeded", kind="removal", subject=PRIVATE, opened={"presence": True}, asked=asked, after={})
        assert "Restore" not in shown(operator)

    def test_as_we_left_it_there_is_nothing_either(self, operator: Client, row):
        set_up(row)
        private_peering(row, vlan_id=250, last_modified_by="Customer")
        assert "Restore ours" not in shown(operator)

    def test_what_somebody_of_ours_changed_by_other_means_is_ours(self, operator: Client, row):
        set_up(row)
        private_peering(row, vlan_id=222, last_modified_by="")
        assert "Restore ours" not in shown(operator)

    def test_of_two_of_ours_the_newest_counts(self, operator: Client, row):
        set_up(row, vlan_id=240)
        newest = set_up(row, vlan_id=260)
        private_peering(row, vlan_id=240, last_modified_by="Customer")
        assert links(operator)["Restore ours"].endswith(f"?from={newest.pk}")

    def test_what_came_to_nothing_is_not_ours(self, operator: Client, row):
        change(row, "failed", kind="peering", subject=PRIVATE, asked={"presence": True, **OURS}, error_code="Conflict")
        assert "Restore" not in shown(operator)


class TestValidation:
    SIGNED = f"Azure-SKEY|{KEY}|20.41.0.0/24|ASN-65020"

    def infos(self, state: str) -> list[dict[str, Any]]:
        return [
            {"prefix": "20.40.0.0/24", "validation_state": "Configured", "validation_id": "", "is_signed": False},
            {"prefix": "20.41.0.0/24", "validation_state": state, "validation_id": self.SIGNED, "is_signed": False},
        ]

    @pytest.mark.parametrize(
        ("state", "todo"),
        [
            ("ValidationNeeded", "The customer opens a ticket with Microsoft's support"),
            ("ManualValidationNeeded", "The customer opens a ticket with Microsoft's support"),
            ("ValidationFailed", "Microsoft names no further reason."),
            ("AsnValidationFailed", "The registry does not have the prefix under this AS."),
            ("CertificateMissingInRoutingRegistry", "The customer puts the certificate into the routing registry"),
            ("InvalidSignatureEncoding", "Microsoft cannot read the signature."),
            ("SignatureVerificationFailed", "The signature does not fit."),
        ],
    )
    @pytest.mark.parametrize("address", [ADDRESS, form_of(MICROSOFT)])
    def test_of_a_prefix_it_says_who_does_what_and_which_text_is_signed(
        self, operator: Client, row, address: str, state: str, todo: str
    ):
        microsoft_peering(row, advertised_prefixes_state="ValidationNeeded", advertised_prefix_infos=self.infos(state))
        answer = operator.get(address)
        assert todo in words_of(answer)
        assert f'data-copy="{self.SIGNED}"' in text_of(answer)
        part = text_of(answer).partition('class="validations"')[2].partition("</ul>")[0]
        assert "20.41.0.0/24" in part
        assert "20.40.0.0/24" not in part

    @pytest.mark.parametrize(
        ("state", "todo"),
        [
            ("NotConfigured", "Microsoft has not looked at it yet."),
            ("Configuring", "Microsoft is at it; routes are accepted once it is configured."),
        ],
    )
    def test_where_microsoft_is_at_it_nobody_signs_anything(self, operator: Client, row, state: str, todo: str):
        microsoft_peering(row, advertised_prefixes_state=state, advertised_prefix_infos=self.infos(state))
        assert todo in read_aloud(operator)
        assert self.SIGNED not in shown(operator)

    def test_where_azure_tells_nothing_of_each_the_whole_has_its_word(self, operator: Client, row):
        microsoft_peering(row, advertised_prefixes_state="ValidationNeeded")
        assert "The customer opens a ticket with Microsoft's support" in read_aloud(operator)

    def test_where_all_is_configured_nothing_is_left_to_do(self, operator: Client, row):
        microsoft_peering(row, advertised_prefix_infos=self.infos("Configured"))
        assert 'id="validation"' not in shown(operator)

    def test_a_state_that_nobody_knows_is_shown_as_it_came(self, operator: Client, row):
        microsoft_peering(row, advertised_prefixes_state="X", advertised_prefix_infos=self.infos("PendingReview"))
        assert "PendingReview" in read_aloud(operator)
