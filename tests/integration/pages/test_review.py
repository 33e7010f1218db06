"""The review: exactly what will be sent, what it takes down, and whose value counts where somebody was quicker."""

import html
import json
import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.arm import Row, SummaryRow
from crossconnections.models import AzureDocument, Change, CrossConnection, Draft, Snapshot, TableRead
from crossconnections.services.changes import drafts
from portal.access.roles import Role
from portal.actors import WEB, Actor
from tests.integration.domain.changing import asked_for
from tests.integration.pages.readings import ANSWERS, answer, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

FORM = f"/cross-connections/{KEY}/provisioning/"
DOCUMENT = {
    "name": KEY,
    "etag": 'W/"5d1f2a80"',
    "location": "westeurope",
    "properties": {
        "serviceProviderProvisioningState": "NotProvisioned",
        "peeringLocation": "Amsterdam",
        "bandwidthInMbps": 1000,
        "expressRouteCircuit": {"id": "/subscriptions/c/x/er-contoso"},
        "serviceProviderNotes": "It's 'quoted' <b>",
        "peerings": [],
    },
}
UP: dict[str, tuple[Row, ...]] = {"secondary routes-summary": (SummaryRow("172.16.18.5", 65020, "12d04h", "38"),)}
PRIMARY_DOWN: dict[str, tuple[Row, ...]] = {
    "primary routes-summary": (SummaryRow("172.16.18.1", 65020, "never", "Idle"),)
}
SECONDARY_DOWN: dict[str, tuple[Row, ...]] = {
    "secondary routes-summary": (SummaryRow("172.16.18.5", 65020, "never", "Idle"),)
}


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")
    AzureDocument.objects.create(cross_connection=row, body=json.dumps(DOCUMENT))
    return row


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def drafted(client: Client, **typed: str) -> str:
    """The address of the review of what was typed."""
    fields = {"provider_provisioning_state": "Provisioned"} | typed
    address: str = client.post(FORM, fields)["Location"]
    return address


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def read_aloud(answer: Any) -> str:
    """Its words without the markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def apply(client: Client, address: str, **typed: str) -> Any:
    """What a browser sends when the button is pressed: the form's own hidden fields, and the button."""
    shown = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(draft)" value="([^"]+)"', shown))
    assert hidden
    return client.post(address, hidden | {"apply": "1"} | typed)


def test_it_shows_each_field_before_and_after_and_holds_nothing_but_the_draft(operator: Client, row):
    shown = operator.get(drafted(operator, provider_notes="Cage 14")).content.decode()
    told = re.sub(r"\s+", " ", html.unescape(shown))
    assert "Review 2 changes" in told
    assert "<del><bdi>Not provisioned</bdi></del>" in told
    assert "<ins><bdi>Provisioned</bdi></ins>" in told
    assert "<ins><bdi>Cage 14</bdi></ins>" in told
    form = shown[shown.index('<form class="stack" method="post"') :]
    assert set(re.findall(r'name="(\w+)"', form[: form.index("</form>")])) == {"csrfmiddlewaretoken", "draft", "apply"}


def test_applied_it_is_one_change_and_a_second_press_leads_to_the_same(operator: Client, row):
    address = drafted(operator)
    first = apply(operator, address)
    change = Change.objects.get()
    assert (first.status_code, first["Location"]) == (303, f"/changes/{change.pk}/")
    second = operator.post(address, {"draft": "x", "apply": "1"})
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert operator.get(address)["Location"] == first["Location"]
    assert Change.objects.count() == 1
    assert not Draft.objects.exists()


def test_for_htmx_one_that_waits_for_no_reading_is_the_page(operator: Client, row):
    answer = operator.get(drafted(operator), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Before you send" in answer.content.decode() or "What happens next" in answer.content.decode()


def test_the_change_keeps_what_was_warned_of(operator: Client, row):
    private_peering(row)
    address = drafted(operator)
    assert "whether a peering that is sent without its key keeps it is not documented" in text_of(operator.get(address))
    apply(operator, address)
    assert [text[:40] for text in Change.objects.get().warnings] == ["Its peerings are sent back as Azure show"]


def test_without_ports_it_warns_before_provisioned(operator: Client, row):
    CrossConnection.objects.update(primary_azure_port="")
    assert "Azure names no ports for it yet" in text_of(operator.get(drafted(operator)))


class TestTheRequest:
    def requests(self, client: Client, **typed: str) -> list[str]:
        shown = client.get(drafted(client, **typed)).content.decode()
        return [html.unescape(text) for text in re.findall(r'class="btn sm" type="button" data-copy="([^"]*)"', shown)]

    def test_it_is_azures_document_with_the_one_thing_changed(self, operator: Client, row):
        http, _, _ = self.requests(operator, provider_notes="It's 'quoted' <b>")
        head, _, body = http.partition("\n\n")
        assert head.splitlines()[0].startswith(f"PUT {row.resource_id}?api-version=")
        assert 'If-Match: W/"5d1f2a80"' in head
        wanted = json.loads(json.dumps(DOCUMENT))
        wanted["properties"]["serviceProviderProvisioningState"] = "Provisioned"
        assert json.loads(body) == wanted

    def test_for_az_rest_a_shell_reads_it_as_it_is_meant(self, operator: Client, row, settings):
        _, az, _ = self.requests(operator, provider_notes="It's 'quoted' <b>")
        words = shlex.split(az)
        assert words[:6] == ["az", "rest", "--method", "put", "--url", words[5]]
        assert words[5].startswith(f"{settings.PORTAL_ARM_ENDPOINT}{row.resource_id}?api-version=")
        assert json.loads(words[words.index("--headers") + 1])["If-Match"] == 'W/"5d1f2a80"'
        assert json.loads(words[words.index("--body") + 1])["properties"]["serviceProviderNotes"] == "It's 'quoted' <b>"

    def test_for_armclient_powershell_does(self, operator: Client, row):
        _, _, armclient = self.requests(operator, provider_notes="It's 'quoted' <b>")
        words = [text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", armclient)]
        assert armclient.startswith("ARMClient.exe put '")
        assert json.loads(words[1])["properties"]["serviceProviderNotes"] == "It's 'quoted' <b>"

    @pytest.mark.parametrize("note", ["x’; calc; ’", "‘‚‛", "a'; calc #", 'a"; calc', "a\u202eb $(calc) `calc`"])
    def test_no_note_ends_the_words_of_a_command(self, operator: Client, row, note: str):
        _, az, armclient = self.requests(operator, provider_notes=note)
        quotes = "['\u2018\u2019\u201a\u201b]"
        words = re.findall(f"{quotes}((?:(?!{quotes}).|{quotes}{quotes})*){quotes}", armclient)
        assert len(words) == 3
        assert json.loads(words[1].replace("''", "'"))["properties"]["serviceProviderNotes"] == note
        assert json.loads(shlex.split(az)[-1])["properties"]["serviceProviderNotes"] == note
        assert az.isascii()
        assert armclient.isascii()

    def test_tags_are_a_patch(self, operator: Client, row):
        address = operator.post(f"/cross-connections/{KEY}/tags/", {"tags": "tier = gold"})["Location"]
        shown = text_of(operator.get(address))
        assert f"PATCH {row.resource_id}" in shown

    @pytest.mark.parametrize("body", ["no JSON", "[]", '{"properties": 1}'])
    def test_where_azures_document_cannot_be_read_there_is_none(self, operator: Client, row, body: str):
        AzureDocument.objects.update(body=body)
        assert "Request as sent" not in text_of(operator.get(drafted(operator)))


class TestConflicts:
    def test_three_columns_and_a_choice_where_somebody_was_quicker(self, operator: Client, row):
        address = drafted(operator, provider_notes="Mine")
        CrossConnection.objects.update(provider_notes="Theirs")
        shown = text_of(operator.get(address))
        assert "1 of 2 fields is affected: choose whose value is sent." in shown
        assert 'name="keep-provider_notes" value="mine" checked' in shown
        assert 'name="apply"' not in shown
        assert "Theirs" in shown

    def test_it_cannot_be_applied_before_the_choice(self, operator: Client, row):
        address = drafted(operator, provider_notes="Mine")
        CrossConnection.objects.update(provider_notes="Theirs")
        answer = operator.post(address, {"apply": "1"})
        assert answer.status_code == 409
        assert "Azure holds something else by now than when the form was opened" in text_of(answer)
        assert not Change.objects.exists()

    @pytest.mark.parametrize(
        ("whose", "asked"),
        [
            ("mine", {"provider_provisioning_state": "Provisioned", "provider_notes": "Mine"}),
            ("theirs", {"provider_provisioning_state": "Provisioned"}),
        ],
    )
    def test_what_was_chosen_is_sent(self, operator: Client, row, whose: str, asked: dict[str, str]):
        address = drafted(operator, provider_notes="Mine")
        CrossConnection.objects.update(provider_notes="Theirs")
        answer = operator.post(address, {"choose": "1", "keep-provider_notes": whose})
        assert (answer.status_code, answer["Location"]) == (303, address)
        assert apply(operator, address).status_code == 303
        assert Change.objects.get().asked == asked

    def test_where_nothing_is_left_to_send_it_leads_back(self, operator: Client, row):
        address = operator.post(FORM, {"provider_notes": "Mine"})["Location"]
        CrossConnection.objects.update(provider_notes="Theirs")
        answer = operator.post(address, {"choose": "1", "keep-provider_notes": "theirs"})
        assert answer["Location"] == f"/cross-connections/{KEY}/"
        assert not Draft.objects.exists()


class TestWhatCanFollow:
    """The form judges by what was true when it was opened: what holds now counts."""

    def test_a_state_that_cannot_follow_any_more_is_not_sent_whatever_was_chosen(self, operator: Client, row):
        address = drafted(operator, provider_provisioning_state="Provisioning")
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        operator.post(address, {"choose": "1", "keep-provider_provisioning_state": "mine"})
        shown = text_of(operator.get(address))
        assert "From Provisioned it can only become Deprovisioning or Not provisioned." in shown
        assert 'name="apply"' not in shown
        assert operator.post(address, {"apply": "1"}).status_code == 409
        assert not Change.objects.exists()

    def test_what_takes_it_out_of_service_by_now_is_guarded_from_the_choice_on(self, operator: Client, row):
        CrossConnection.objects.update(provider_provisioning_state="Provisioning")
        private_peering(row)
        address = drafted(operator, provider_provisioning_state="NotProvisioned")
        assert not Snapshot.objects.exists()
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        operator.post(address, {"choose": "1", "keep-provider_provisioning_state": "mine"})
        assert Draft.objects.get().guard == Snapshot.objects.get()
        assert "The tables are being read" in text_of(operator.get(address))
        assert operator.post(address, {"apply": "1", "confirm_ending": KEY[-4:]}).status_code == 422

    def test_what_is_so_already_can_go_along(self, operator: Client, row):
        address = drafted(operator, provider_notes="Mine")
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        assert apply(operator, address).status_code == 303

    def test_to_choose_of_what_another_press_took_meanwhile_is_no_fault(self, operator: Client, row):
        drafted(operator)
        draft = Draft.objects.select_related("cross_connection").get()
        Draft.objects.all().delete()  # by the other press
        drafts.choose(draft=draft, row=row, theirs=[], by=Actor(WEB, "Lotte de Vries", draft.person))
        assert not Draft.objects.exists()


class TestGuard:
    @pytest.fixture
    def row(self, db: None) -> CrossConnection:
        row = cross_connection(enlisted(), KEY)
        private_peering(row)
        return row

    @pytest.fixture
    def address(self, operator: Client, row) -> str:
        return drafted(operator, provider_provisioning_state="Deprovisioning")

    @staticmethod
    def end(answers: dict[str, tuple[Row, ...]] | None = None, *, failed: tuple[str, ...] = ()) -> None:
        """Every read of the guard's reading has its answer, or failed."""
        for read in TableRead.objects.filter(finished_at=None):
            told = ANSWERS | UP | (answers or {})
            if f"{read.device_path} {read.table}" in failed:
                TableRead.objects.filter(pk=read.pk).update(state="failed", finished_at=timezone.now())
            else:
                answer(read, told.get(f"{read.device_path} {read.table}", told.get(read.table, ())))
        Snapshot.objects.update(finished_at=timezone.now())

    def test_ending_a_service_reads_the_tables_first(self, operator: Client, address: str):
        assert TableRead.objects.count() == 6
        shown = text_of(operator.get(address))
        assert "The tables are being read, to know what this takes down." in shown
        assert 'name="confirm_ending"' in shown

    def test_until_that_has_ended_it_is_not_applied(self, operator: Client, address: str):
        answer = apply(operator, address, confirm_ending=KEY[-4:])
        assert answer.status_code == 422
        assert "The tables are still being read: what goes down must be known first. Nothing was sent." in read_aloud(
            answer
        )
        assert not Change.objects.exists()

    def test_it_says_what_is_still_up(self, operator: Client, address: str):
        self.end()
        shown = read_aloud(operator.get(address))
        assert "BGP is established on both paths, 38 prefixes: this takes them down." in shown
        assert "BGP established on both paths, 38 prefixes." in shown

    def test_it_says_so_path_by_path(self, operator: Client, address: str):
        self.end(SECONDARY_DOWN)
        shown = read_aloud(operator.get(address))
        assert "BGP is established on 1 of 2 paths, 38 prefixes: this takes it down." in shown
        assert "BGP established on the primary path, 38 prefixes, no session on the secondary path." in shown

    def test_it_says_that_nothing_is_up(self, operator: Client, address: str):
        self.end(PRIMARY_DOWN | SECONDARY_DOWN)
        assert "No session is up, so nothing goes down." in read_aloud(operator.get(address))

    def test_a_reading_that_failed_is_unknown_and_never_fine(self, operator: Client, address: str):
        self.end(PRIMARY_DOWN, failed=("secondary routes-summary",))
        shown = read_aloud(operator.get(address))
        assert "whether something is up is unknown. Ask the customer." in shown
        assert "unknown on the secondary path, which could not be read" in shown

    def test_for_htmx_it_tells_how_far_it_is_and_asks_no_more_once_it_has_ended(self, operator: Client, address: str):
        part = text_of(operator.get(address, headers={"HX-Request": "true"}))
        assert 'hx-trigger="every 2s"' in part
        assert "<html" not in part
        self.end()
        assert "hx-trigger" not in text_of(operator.get(address, headers={"HX-Request": "true"}))

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Type the last 4 characters of the service key that ends here."),
            ("0000", "The service key does not end in 0000. Is it the right circuit?"),
            (KEY, f"The service key does not end in {KEY}."),
        ],
    )
    def test_without_the_end_of_the_key_nothing_ends(self, operator: Client, address: str, typed: str, sentence: str):
        self.end()
        answer = apply(operator, address, confirm_ending=typed)
        assert answer.status_code == 422
        assert sentence in read_aloud(answer)
        assert not Change.objects.exists()

    def test_with_it_in_any_case_it_does_and_the_reading_is_kept_with_it(self, operator: Client, address: str):
        self.end()
        assert apply(operator, address, confirm_ending=f" {KEY[-4:].upper()} ").status_code == 303
        assert Change.objects.get().snapshot_before == Snapshot.objects.get()

    def test_a_circuit_without_peerings_has_nothing_to_read_and_is_asked_for_all_the_same(self, operator: Client, row):
        row.peerings.all().delete()
        address = drafted(operator, provider_provisioning_state="NotProvisioned")
        assert not Snapshot.objects.exists()
        assert apply(operator, address).status_code == 422
        assert apply(operator, address, confirm_ending=KEY[-4:]).status_code == 303

    def test_a_reading_that_somebody_has_begun_is_shared(self, operator: Client, row):
        open_one = reading(row, is_open=True)
        drafted(operator, provider_provisioning_state="Deprovisioning")
        assert Draft.objects.get().guard == open_one

    def test_a_peering_that_came_since_is_unknown_and_read_before_anything_ends(
        self, operator: Client, row, address: str
    ):
        self.end()
        private_peering(row, peering_type="MicrosoftPeering", vlan_id=300)
        assert "Microsoft peering Unknown on both paths, which could not be read." in read_aloud(operator.get(address))
        answer = apply(operator, address, confirm_ending=KEY[-4:])
        assert answer.status_code == 422
        assert Draft.objects.get().guard == Snapshot.objects.get(number=2)
        self.end()
        assert apply(operator, address, confirm_ending=KEY[-4:]).status_code == 303

    def test_it_tells_what_the_customer_does_first_and_of_billing(self, operator: Client, address: str):
        shown = read_aloud(operator.get(address))
        assert "Billing goes on until the customer deletes the circuit" in shown
        assert "Before that the customer removes virtual networks" in shown


def test_going_in_service_asks_for_nothing_more(operator: Client, row):
    private_peering(row)
    shown = text_of(operator.get(drafted(operator)))
    assert "confirm_ending" not in shown
    assert not Snapshot.objects.exists()


def test_another_change_meanwhile_is_told_with_a_link(operator: Client, row):
    address = drafted(operator)
    change = asked_for(row, {"provider_notes": "Theirs"})
    assert f'href="/changes/{change.pk}/"' in text_of(operator.get(address))
    answer = apply(operator, address)
    assert answer.status_code == 409
    assert f"Change {change.pk} is not over yet" in text_of(answer)


def test_somebody_elses_review_is_nobodys(operator: Client, row):
    address = drafted(operator)
    other = signed_in_as(person("Orla Other", "Portal.Operator"))
    assert other.get(address).status_code == 404
    answer = other.post(address, {"apply": "1"})
    assert answer.status_code == 410
    assert "Nothing was sent." in text_of(answer)
    assert not Change.objects.exists()


def test_after_half_an_hour_it_is_over(operator: Client, row):
    address = drafted(operator)
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert operator.post(address, {"apply": "1"}).status_code == 410
    assert operator.get(address).status_code == 404


def test_a_role_that_ended_meanwhile_sends_nothing(row):
    somebody = person("Nadia Haddad")
    role = given(Role.OPERATOR, to=somebody, kind="peering-location", where="Amsterdam")
    browser = signed_in_as(somebody)
    address = drafted(browser)
    role.delete()
    assert browser.post(address, {"apply": "1"}).status_code == 403
    assert not Change.objects.exists()


def test_a_draft_of_another_cross_connection_is_none_of_this_one(operator: Client, row):
    other = cross_connection(row.subscription, "c07e94a3-1f58-4b2d-8e66-90ab3d17f254")
    address = drafted(operator).replace(KEY, other.service_key)
    assert operator.get(address).status_code == 404


def test_hostile_text_is_shown_as_text(operator: Client, row):
    shown = operator.get(drafted(operator, provider_notes="<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_proofs_wished_for_are_asked_for_when_it_is_applied(operator: Client, row):
    private_peering(row)
    address = drafted(operator, read_tables="on")
    assert not Snapshot.objects.exists()
    apply(operator, address)
    assert Change.objects.get().snapshot_before == Snapshot.objects.get()
