"""Changes of peerings on their own pages, as machines read them, and from the form to Azure and back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crossconnections.models import Attention, Change, CrossConnection, Observation, Subscription, TableRead
from tests.integration.domain.changing import carried_out, in_azure, others
from tests.integration.domain.readings import PRIVATE_PEERING
from tests.integration.domain.runs import synced
from tests.integration.pages.changes import change, page
from tests.integration.pages.peerings import MICROSOFT, PRIVATE, filled, read_aloud, text_of
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.sandbox_process import SandboxProcess

SECRET = "Zq7Zq7Zq7"
ASKED = {"presence": True, "vlan_id": 210}
WAS = {"presence": True, "vlan_id": 200}
NEW = {
    "peer_asn": "65010",
    "vlan_id": "201",
    "primary_prefix": "10.10.0.0/30",
    "secondary_prefix": "10.10.0.4/30",
}


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestItsPage:
    @pytest.fixture
    def row(self, db: None) -> CrossConnection:
        row = cross_connection(enlisted(), KEY)
        private_peering(row)
        return row

    def of(self, row: CrossConnection, state: str = "succeeded", **values: Any) -> Change:
        told = {"kind": "peering", "subject": PRIVATE, "opened": WAS, "asked": ASKED, **values}
        return change(row, state, **told)

    def test_a_key_alone_that_was_taken_is_not_said_to_be_read_back(self, operator: Client, row):
        one = self.of(row, asked={"presence": True}, shared_key_action="set", known_by="operation")
        shown = read_aloud(operator.get(f"/changes/{one.pk}/"))
        assert "Azure took it, and nothing else moved. A shared key cannot be read back" in shown
        assert "exactly as asked, nothing else moved. Next" not in shown

    def test_what_azure_accepted_and_did_not_apply_is_called_so(self, operator: Client, row):
        difference = {"subject": PRIVATE, "field": "vlan_id", "expected": 210, "found": 200}
        shown = read_aloud(operator.get(f"/changes/{self.of(row, differences=[difference]).pk}/"))
        assert "Accepted by Azure, and not applied" in shown
        assert "Azure is known to accept a VLAN ID that another peering of the circuit has" in shown

    def test_prefixes_that_have_to_be_validated_anew_are_no_green_end(self, operator: Client, row):
        after = {"peerings": [{"peering_type": MICROSOFT, "advertised_prefixes_state": "ValidationNeeded"}]}
        shown = read_aloud(operator.get(f"/changes/{self.of(row, subject=MICROSOFT, after=after).pk}/"))
        assert "Microsoft validates the prefixes: Validation needed. Until that is done no session is up." in shown

    def test_what_was_removed_here_can_be_set_up_again_as_it_was(self, operator: Client, row):
        row.peerings.all().delete()
        before = {"peerings": [{"peering_type": PRIVATE, "vlan_id": 219, "peer_asn": 65099, "state": "Enabled"}]}
        gone: dict[str, Any] = {"kind": "peering-removal", "asked": {"presence": False}, "opened": {"presence": True}}
        one = self.of(row, before=before, after={"peerings": []}, **gone)
        assert f"/peerings/{PRIVATE}/?from={one.pk}" in page(operator, one)
        fields = filled(operator, f"/cross-connections/{KEY}/peerings/{PRIVATE}/?from={one.pk}")
        assert (fields["vlan_id"], fields["peer_asn"]) == ("219", "65099")

    def test_the_form_of_a_failed_change_takes_over_only_what_that_asked_for(self, operator: Client, row):
        row.peerings.update(vlan_id=234)
        one = self.of(row, "failed", asked={"presence": True}, opened={"presence": True}, shared_key_action="set")
        fields = filled(operator, f"/cross-connections/{KEY}/peerings/{PRIVATE}/?from={one.pk}")
        assert fields["vlan_id"] == "234"

    def test_of_a_list_only_what_goes_and_comes_is_shown(self, operator: Client, row):
        opened = {"presence": True, "advertised_prefixes": ["20.1.0.0/24", "20.2.0.0/24"]}
        asked = {"presence": True, "advertised_prefixes": ["20.1.0.0/24", "20.3.0.0/24"]}
        shown = read_aloud(operator.get(f"/changes/{self.of(row, subject=MICROSOFT, opened=opened, asked=asked).pk}/"))
        assert "Advertised prefixes 20.2.0.0/24 20.3.0.0/24" in shown

    @pytest.mark.parametrize(
        ("values", "title"),
        [
            ({}, "Edit private peering"),
            ({"opened": {"presence": False}}, "Set up private peering"),
            ({"subject": MICROSOFT, "opened": {"presence": False}}, "Set up Microsoft peering"),
            ({"asked": {"presence": False}, "kind": "removal"}, "Remove private peering"),
            ({"asked": {"presence": True, "state": "Disabled"}}, "Disable private peering"),
            ({"asked": {"presence": True}, "shared_key_action": "set"}, "Set the shared key of private peering"),
        ],
    )
    def test_it_is_called_by_what_it_does_everywhere(self, operator: Client, row, values: dict[str, Any], title: str):
        one = self.of(row, **values)
        assert title in page(operator, one)
        assert title in page(operator)
        assert operator.get(f"/changes/{one.pk}.json").json()["title"] == title
        assert title in text_of(operator.get(f"/cross-connections/{KEY}/"))

    def test_a_machine_reads_which_peering_and_what_became_of_the_key(self, operator: Client, row):
        one = self.of(row, "running", shared_key_action="set", sealed_key="sealed")
        told = operator.get(f"/changes/{one.pk}.json")
        assert (told.json()["peering_type"], told.json()["shared_key"]) == (PRIVATE, "set")
        assert (told.json()["asked"], told.json()["opened"]) == (ASKED, WAS)
        assert "sealed" not in told.content.decode()

    def test_of_a_change_of_the_circuit_itself_it_reads_neither(self, operator: Client, row):
        told = operator.get(f"/changes/{change(row, 'succeeded').pk}.json").json()
        assert (told["peering_type"], told["shared_key"]) == (None, None)

    def test_the_key_is_told_and_not_shown(self, operator: Client, row):
        shown = read_aloud(operator.get(f"/changes/{self.of(row, shared_key_action='set').pk}/"))
        assert "Shared key not shown by Azure set, and not shown" in shown

    def test_of_a_removal_all_that_went_stands_there(self, operator: Client, row):
        before = {"peerings": [{"peering_type": PRIVATE, "vlan_id": 200, "peer_asn": 65020, "state": "Enabled"}]}
        asked = {"presence": False}
        one = self.of(row, kind="removal", opened={"presence": True}, asked=asked, before=before)
        shown = read_aloud(operator.get(f"/changes/{one.pk}/"))
        assert "VLAN ID 200 not set" in shown
        assert "Peer ASN 65020 not set" in shown

    def test_what_to_do_next_after_one_was_set_up(self, operator: Client, row):
        told = page(operator, self.of(row, subject=MICROSOFT, opened={"presence": False}))
        assert "No routes come from Microsoft until the customer attaches a route filter." in told

    def test_one_that_came_to_nothing_is_asked_for_again_with_its_form_where_a_key_is_needed(
        self, operator: Client, row
    ):
        failed = self.of(row, "failed", error_code="Conflict", shared_key_action="set")
        shown = page(operator, failed)
        address = f"/cross-connections/{KEY}/peerings/{PRIVATE}/?from={failed.pk}"
        assert f'href="{address}"' in shown
        assert 'id="ask-again"' not in shown
        assert filled(operator, address)["vlan_id"] == "210"

    def test_without_one_with_a_press(self, operator: Client, row):
        failed = self.of(row, "failed", error_code="Conflict")
        assert 'id="ask-again"' in page(operator, failed)
        answer = operator.post(f"/changes/{failed.pk}/again/")
        assert answer.status_code == 303
        assert "Edit private peering" in text_of(operator.get(answer["Location"]))

    def test_what_came_out_otherwise_is_told_by_the_peerings_name(self, operator: Client, row):
        moved = {"subject": PRIVATE, "field": "vlan_id", "expected": 210, "found": 200}
        gone = {"subject": PRIVATE, "field": "presence", "expected": True, "found": False}
        shown = page(operator, self.of(row, differences=[moved, gone]))
        assert "Azure private peering, VLAN ID: 200, expected 210" in shown
        assert "Azure private peering is not there" in shown


@pytest.mark.django_db
class TestToAzureAndBack:
    """By the form, the review and a worker, of a circuit of the sandbox."""

    @pytest.fixture
    def operator(self, azure: SandboxProcess, signed_in: Callable[..., Client]) -> Client:
        """Of the sandbox's tenant."""
        return signed_in("Portal.Operator")

    @pytest.fixture
    def subscription(self, azure: SandboxProcess) -> Subscription:
        found = azure.subscription("test")
        return Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])

    @pytest.fixture
    def row(self, azure: SandboxProcess, subscription: Subscription, settings: Any) -> CrossConnection:
        settings.PORTAL_CLOUD = "Sandbox"
        key = azure.order(peering_location="EUAP Test", subscription=str(subscription.subscription_id))
        synced(subscription)
        row = CrossConnection.objects.select_related("subscription").get(service_key=key)
        others(azure, row, serviceProviderProvisioningState="Provisioned")
        return self.read_anew(row)

    def read_anew(self, row: CrossConnection) -> CrossConnection:
        CrossConnection.objects.update(read_at=row.first_seen_at, etag="")
        synced(row.subscription)
        return CrossConnection.objects.select_related("subscription").get(pk=row.pk)

    def address(self, row: CrossConnection, tail: str = "") -> str:
        return f"/cross-connections/{row.service_key}/peerings/{PRIVATE}/{tail}"

    def done(self, client: Client, row: CrossConnection, tail: str = "", **typed: str) -> Change:
        """Typed, reviewed, sent and carried out."""
        form = self.address(row, tail)
        review = client.post(form, filled(client, form) | typed)["Location"]
        TableRead.objects.filter(finished_at=None).update(state="canceled", finished_at=row.first_seen_at)
        row.snapshots.update(finished_at=row.first_seen_at)
        answer = client.post(review, {"apply": "1", "confirm_ending": row.service_key[-4:]})
        assert answer.status_code == 303, read_aloud(answer)
        return carried_out(Change.objects.latest("pk"))

    def test_one_is_set_up_with_a_key_that_nobody_keeps(self, operator: Client, azure: SandboxProcess, row):
        made = self.done(operator, row, **NEW, shared_key=SECRET)
        assert (made.state, made.differences, made.sealed_key) == ("succeeded", [], "")
        peering = in_azure(azure, row)["properties"]["peerings"][0]["properties"]
        assert (peering["vlanId"], peering["peerASN"]) == (201, 65010)
        assert row.peerings.get().primary_prefix == "10.10.0.0/30"
        assert SECRET not in json.dumps([*Change.objects.values()], default=str)
        assert SECRET not in text_of(operator.get(f"/changes/{made.pk}/"))

    def test_the_timeline_tells_of_our_own_deed_once(self, operator: Client, row):
        made = self.done(operator, row, **NEW)
        shown = text_of(operator.get(f"/cross-connections/{row.service_key}/"))
        history = shown.partition('id="history"')[2].partition("</section>")[0]
        assert history.count(f"/changes/{made.pk}/") == 1
        assert "Set up private peering" in history
        assert Observation.objects.filter(subject=PRIVATE, seen_at__gte=made.sent_at).exists()
        assert history.count("private peering") == 1

    def test_our_own_removal_calls_for_nobody_and_the_customers_does(
        self, operator: Client, azure: SandboxProcess, row
    ):
        self.done(operator, row, **NEW)
        removed = self.done(operator, row, "remove/")
        assert (removed.state, row.peerings.count()) == ("succeeded", 0)
        row = self.read_anew(row)
        assert not row.attention.filter(kind=Attention.Kind.EDITED, settled_at=None).exists()
        self.done(operator, row, **NEW)
        azure.edit(row.service_key, peerings={PRIVATE: None})
        row = self.read_anew(row)
        assert row.attention.get(kind=Attention.Kind.EDITED, settled_at=None).subject == PRIVATE

    def test_after_the_customers_edit_ours_is_restored(self, operator: Client, azure: SandboxProcess, row):
        made = self.done(operator, row, **NEW)
        azure.edit(row.service_key, peerings={PRIVATE: PRIVATE_PEERING | {"vlanId": 222}})
        row = self.read_anew(row)
        shown = text_of(operator.get(f"/cross-connections/{row.service_key}/"))
        assert "The customer changed it since you set it up." in shown
        form = self.address(row)
        review = operator.post(form, filled(operator, f"{form}?from={made.pk}"))["Location"]
        assert operator.post(review, {"apply": "1"}).status_code == 303
        assert carried_out(Change.objects.latest("pk")).state == "succeeded"
        assert row.peerings.get().vlan_id == 201
        assert row.peerings.get().primary_prefix == "10.10.0.0/30"
