"""The review of a peering's change: what to know before, the request without a key, and the guard of its sessions."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.arm import Row, SummaryRow
from crossconnections.models import AzureDocument, Change, CrossConnection, Draft, Peering, Snapshot, TableRead
from portal.access.roles import Role
from tests.integration.pages.peerings import (
    MICROSOFT,
    NEW_MICROSOFT,
    NEW_PRIVATE,
    PRIVATE,
    filled,
    form_of,
    microsoft_peering,
    post,
    read_aloud,
    text_of,
)
from tests.integration.pages.readings import ANSWERS, answer
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

FORM = form_of(PRIVATE)
REMOVE = f"{FORM}remove/"
SECRET = "Zq7Zq7Zq7"
IN_AZURE: dict[str, Any] = {
    "name": PRIVATE,
    "etag": 'W/"77"',
    "properties": {
        "peeringType": PRIVATE,
        "state": "Enabled",
        "vlanId": 200,
        "peerASN": 65020,
        "primaryPeerAddressPrefix": "172.16.18.0/30",
        "secondaryPeerAddressPrefix": "172.16.18.4/30",
        "gatewayManagerEtag": "17",
    },
}
DOCUMENT = {"name": KEY, "etag": 'W/"5d1f"', "location": "westeurope", "properties": {"peerings": [IN_AZURE]}}
UP: dict[str, tuple[Row, ...]] = {"secondary routes-summary": (SummaryRow("172.16.18.5", 65020, "12d04h", "38"),)}


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def there(row: CrossConnection) -> CrossConnection:
    private_peering(row)
    AzureDocument.objects.create(cross_connection=row, body=json.dumps(DOCUMENT))
    return row


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def drafted(client: Client, address: str = FORM, **typed: str) -> str:
    """The address of the review of what was typed."""
    answered = post(client, address, **typed)
    assert answered.status_code == 303
    return str(answered["Location"])


def apply(client: Client, address: str, **typed: str) -> Any:
    """The button is pressed."""
    return client.post(address, {"draft": "x", "apply": "1"} | typed)


def cautions(client: Client, address: str) -> list[str]:
    shown = text_of(client.get(address)).partition('<ul class="cautions">')[2].partition("</ul>")[0]
    return re.findall(r"<li>(.*?)</li>", shown)


class TestWhatItShows:
    def test_a_new_one_is_shown_field_by_field(self, operator: Client, row):
        shown = read_aloud(operator.get(drafted(operator, **NEW_PRIVATE, shared_key=SECRET)))
        assert "Set up private peering" in shown
        assert "Shared key not set set, and not shown" in shown
        for value in ("65010", "201", "10.10.0.0/30", "10.10.0.4/30", "Enabled"):
            assert f"not set {value}" in shown
        assert SECRET not in shown

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ({"vlan_id": "210"}, "Edit private peering"),
            ({"peering_state": "Disabled"}, "Disable private peering"),
            ({"vlan_id": "210", "shared_key": SECRET}, "Edit private peering, set the shared key"),
            ({"shared_key_action": "remove"}, "Remove the shared key of private peering"),
            ({"peering_state": "Disabled", "vlan_id": "210"}, "Disable private peering, edit its settings"),
        ],
    )
    def test_the_title_says_what_it_does(self, operator: Client, there, typed: dict[str, str], title: str):
        assert f"<h1>{title}</h1>" in text_of(operator.get(drafted(operator, **typed)))

    def test_a_removal_shows_all_that_goes(self, operator: Client, there):
        shown = read_aloud(operator.get(drafted(operator, REMOVE)))
        assert "Remove private peering" in shown
        for value in ("65020", "200", "172.16.18.0/30", "172.16.18.4/30", "Enabled"):
            assert f"{value} not set" in shown

    def test_it_holds_nothing_of_what_was_typed_but_the_draft(self, operator: Client, there):
        shown = operator.get(drafted(operator, vlan_id="210", shared_key=SECRET)).content.decode()
        form = shown[shown.index('<form class="stack" method="post"') :]
        names = set(re.findall(r'name="(\w+)"', form[: form.index("</form>")]))
        assert names == {"csrfmiddlewaretoken", "draft", "apply"}

    @pytest.mark.parametrize(("address", "back"), [(FORM, FORM), (REMOVE, REMOVE)])
    def test_the_way_back_leads_to_its_form(self, operator: Client, there, address: str, back: str):
        shown = text_of(operator.get(drafted(operator, address, vlan_id="210")))
        assert f'href="{back}?draft={Draft.objects.get().pk}"' in shown


class TestCautions:
    def test_of_an_edit_both_sessions_go_down_and_nobody_knows_about_the_key(self, operator: Client, there):
        told = cautions(operator, drafted(operator, vlan_id="210"))
        assert told[0].startswith("Both BGP sessions of this peering go down while Azure applies it")
        assert told[1].startswith("The shared key is not sent. Azure does not show whether there is one")

    def test_what_the_rules_only_warn_of_is_told(self, operator: Client, row):
        told = cautions(operator, drafted(operator, **NEW_PRIVATE | {"peer_asn": "64500"}))
        assert "AS 64500 is for documentation (RFC 5398). Ask for the number that the router really has." in told
        assert any("Azure does not show the customer's virtual networks here." in one for one in told)

    def test_of_microsoft_peering_the_route_filter_and_validation_are_told(self, operator: Client, row):
        told = " ".join(cautions(operator, drafted(operator, form_of(MICROSOFT), **NEW_MICROSOFT)))
        assert "until the customer attaches a route filter" in told
        assert "AS 65010 is private: Microsoft validates the prefixes by hand" in told

    def test_another_circuit_with_the_same_subnet_is_told(self, operator: Client, row):
        other = cross_connection(row.subscription, circuit_name="er-fabrikam")
        private_peering(other, primary_prefix="10.10.0.0/30")
        told = cautions(operator, drafted(operator, **NEW_PRIVATE))
        assert any(one.startswith("10.10.0.0/30 is a subnet of private peering of er-fabrikam") for one in told)

    def test_whoever_may_not_see_that_circuit_is_not_told(self, row):
        other = cross_connection(row.subscription, circuit_name="er-fabrikam", peering_location="Frankfurt")
        private_peering(other, primary_prefix="10.10.0.0/30")
        somebody = person("Nadia Haddad")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="Amsterdam")
        browser = signed_in_as(somebody)
        assert "er-fabrikam" not in text_of(browser.get(drafted(browser, **NEW_PRIVATE)))

    def test_of_a_removal_what_the_customer_takes_away_first(self, operator: Client, there):
        told = cautions(operator, drafted(operator, REMOVE))
        assert [one.split(",")[0] for one in told] == [
            "Before a private peering can go",
            "Azure forgets its settings and its shared key. The portal keeps the settings with the change",
        ]

    def test_they_are_kept_with_the_change(self, operator: Client, there):
        address = drafted(operator, vlan_id="210", shared_key=SECRET)
        told = cautions(operator, address)
        assert apply(operator, address).status_code == 303
        assert Change.objects.get().warnings == told
        assert any(one.startswith("Set the same key on both of your routers") for one in told)


class TestTheRequest:
    def request(self, client: Client, address: str) -> tuple[str, Any]:
        """Its first line, and the body."""
        shown = client.get(address).content.decode()
        http = html.unescape(re.findall(r'class="btn sm" type="button" data-copy="([^"]*)"', shown)[0])
        head, _, body = http.partition("\n\n")
        return head, json.loads(body) if body else None

    def test_it_is_a_put_of_the_peering_with_the_one_thing_changed(self, operator: Client, there):
        head, body = self.request(operator, drafted(operator, vlan_id="210"))
        assert head.startswith(f"PUT {there.resource_id}/peerings/{PRIVATE}?api-version=")
        assert body["properties"] == IN_AZURE["properties"] | {"vlanId": 210}

    def test_a_placeholder_stands_where_the_key_goes(self, operator: Client, there):
        address = drafted(operator, shared_key=SECRET)
        _, body = self.request(operator, address)
        assert body["properties"]["sharedKey"] == "<the shared key>"
        assert SECRET not in text_of(operator.get(address))

    def test_a_removal_is_a_delete_without_a_body(self, operator: Client, there):
        head, body = self.request(operator, drafted(operator, REMOVE))
        assert head.startswith(f"DELETE {there.resource_id}/peerings/{PRIVATE}?api-version=")
        assert body is None


class TestConflicts:
    def test_what_somebody_else_changed_meanwhile_is_shown_in_three_columns(self, operator: Client, there):
        fields = filled(operator, FORM)
        Peering.objects.update(vlan_id=222, peer_asn=65099)
        address = operator.post(FORM, fields | {"vlan_id": "210"})["Location"]
        shown = text_of(operator.get(address))
        assert 'name="keep-vlan_id" value="mine" checked' in shown
        assert all(f"<bdi>{value}</bdi>" in shown for value in (200, 210, 222))
        assert 'name="apply"' not in shown
        assert "keep-peer_asn" not in shown
        assert apply(operator, address).status_code == 409
        assert not Change.objects.exists()

    @pytest.mark.parametrize(("whose", "asked"), [("mine", {"vlan_id": 210}), ("theirs", {})])
    def test_what_was_chosen_is_sent(self, operator: Client, there, whose: str, asked: dict[str, int]):
        address = drafted(operator, vlan_id="210", peer_asn="65030")
        Peering.objects.update(vlan_id=222)
        operator.post(address, {"choose": "1", "keep-vlan_id": whose})
        assert apply(operator, address).status_code == 303
        assert Change.objects.get().asked == {"presence": True, "peer_asn": 65030, **asked}

    def test_one_that_the_customer_set_up_meanwhile_is_a_conflict_as_a_whole(self, operator: Client, row):
        address = drafted(operator, **NEW_PRIVATE)
        private_peering(row)
        shown = text_of(operator.get(address))
        assert 'name="keep-vlan_id"' in shown
        assert apply(operator, address).status_code == 409

    def test_to_remove_one_that_went_meanwhile_ends_nothing_any_more(self, operator: Client, there):
        address = drafted(operator, REMOVE)
        there.peerings.all().delete()
        assert "confirm_ending" not in text_of(operator.get(address))
        assert apply(operator, address).status_code == 303

    def test_a_vlan_that_the_other_peering_took_meanwhile_is_not_sent(self, operator: Client, there):
        address = drafted(operator, vlan_id="210")
        microsoft_peering(there, vlan_id=210)
        assert "VLAN 210 is already used by Microsoft peering of this circuit" in text_of(operator.get(address))
        assert apply(operator, address).status_code == 409

    def test_a_circuit_that_is_not_provisioned_any_more_takes_none(self, operator: Client, row):
        address = drafted(operator, **NEW_PRIVATE)
        CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
        assert apply(operator, address).status_code == 409


class TestGuard:
    @pytest.fixture
    def both(self, there: CrossConnection) -> CrossConnection:
        microsoft_peering(there)
        return there

    @staticmethod
    def end(*, is_read: bool = True) -> None:
        """Every read of the guard's reading has its answer, or none has."""
        for read in TableRead.objects.filter(finished_at=None):
            told = ANSWERS | UP
            if is_read:
                answer(read, told.get(f"{read.device_path} {read.table}", told.get(read.table, ())))
            else:
                TableRead.objects.filter(pk=read.pk).update(state="failed", finished_at=timezone.now())
        Snapshot.objects.update(finished_at=timezone.now())

    @pytest.fixture(params=["disabled", "removed"])
    def address(self, request: pytest.FixtureRequest, operator: Client, both) -> str:
        if request.param == "removed":
            return drafted(operator, REMOVE)
        return drafted(operator, peering_state="Disabled")

    def test_to_end_its_sessions_reads_the_tables_first(self, operator: Client, address: str):
        shown = text_of(operator.get(address))
        assert "The tables are being read, to know what this takes down." in shown
        assert 'name="confirm_ending"' in shown

    def test_until_that_has_ended_it_is_not_applied(self, operator: Client, address: str):
        answered = apply(operator, address, confirm_ending=KEY[-4:])
        assert answered.status_code == 422
        assert "The tables are still being read" in read_aloud(answered)
        assert not Change.objects.exists()

    def test_it_tells_of_the_peerings_own_paths_alone(self, operator: Client, address: str):
        self.end()
        shown = read_aloud(operator.get(address))
        assert "BGP is established on both paths, 38 prefixes: this takes them down." in shown
        guard = text_of(operator.get(address)).partition('id="guard"')[2].partition("</section>")[0]
        assert "private peering" in guard
        assert "Microsoft peering" not in guard

    def test_what_could_not_be_read_is_unknown_and_never_fine(self, operator: Client, address: str):
        self.end(is_read=False)
        assert "whether something is up is unknown. Ask the customer." in read_aloud(operator.get(address))

    @pytest.mark.parametrize("typed", ["", "0000", KEY])
    def test_without_the_end_of_the_key_nothing_ends(self, operator: Client, address: str, typed: str):
        self.end()
        assert apply(operator, address, confirm_ending=typed).status_code == 422
        assert not Change.objects.exists()

    def test_with_it_it_does_and_the_reading_is_kept_with_it(self, operator: Client, address: str):
        self.end()
        assert apply(operator, address, confirm_ending=KEY[-4:]).status_code == 303
        change = Change.objects.get()
        assert (change.subject, change.snapshot_before) == (PRIVATE, Snapshot.objects.get())

    def test_it_names_the_peering_that_ends(self, operator: Client, address: str):
        assert "It takes private peering of er-contoso-prod-ams out of service." in read_aloud(operator.get(address))

    def test_nothing_is_guarded_that_ends_no_session(self, operator: Client, both):
        Peering.objects.filter(peering_type=PRIVATE).update(state="Disabled")
        shown = text_of(operator.get(drafted(operator, peering_state="Enabled")))
        assert "confirm_ending" not in shown
        assert not Snapshot.objects.exists()

    def test_to_edit_asks_for_no_more(self, operator: Client, both):
        assert "confirm_ending" not in text_of(operator.get(drafted(operator, vlan_id="210")))
        assert not Snapshot.objects.exists()

    def test_what_was_disabled_is_removed_with_the_end_of_the_key_as_well(self, operator: Client, both):
        Peering.objects.filter(peering_type=PRIVATE).update(state="Disabled")
        address = drafted(operator, REMOVE)
        self.end()
        assert apply(operator, address).status_code == 422
        assert apply(operator, address, confirm_ending=KEY[-4:]).status_code == 303
