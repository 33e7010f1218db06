"""The steps of a piece of work: each with what it takes, what is refused, and the findings that are accepted."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import AcceptedFinding, CrossConnection, Snapshot, Workflow
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.pages.changes import change
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.readings import ARP, MICROSOFT, PRIVATE, answer, read_of
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.integration.pages.works import (
    DETAIL,
    HOSTILE,
    LEAVING,
    PAGE,
    in_service,
    page,
    part,
    part_of_main,
    read,
    say,
    shown,
    tick,
    words,
    work,
)
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestSteps:
    def test_a_state_is_set_by_the_form_that_is_filled_in(self, operator: Client, row: CrossConnection):
        work(row)
        told = page(operator)
        for name, state in (("provisioning", "Provisioning"), ("provisioned", "Provisioned")):
            assert f'href="{DETAIL}provisioning/?state={state}"' in part(told, name)
            form = page(operator, f"{DETAIL}provisioning/?state={state}")
            assert re.search(rf'value="{state}"[^>]*(checked|selected)', form)

    def test_a_peering_is_set_up_with_the_vlan_id_of_the_order(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        work(row, wants_private=True, private_vlan_id=207, wants_microsoft=True, ticked=("order",))
        told = page(operator)
        address = f"{DETAIL}peerings/{PRIVATE}/?vlan_id=207"
        assert f'href="{address}"' in part(told, "private-peering")
        assert f'href="{DETAIL}peerings/{MICROSOFT}/"' in part(told, "microsoft-peering")
        assert re.search(r'name="vlan_id"[^>]*value="207"|value="207"[^>]*name="vlan_id"', page(operator, address))

    @pytest.mark.parametrize("query", ["?state=Gone", "?state=" + "x" * 3000, "?state=%00", "?state=<script>"])
    def test_a_state_that_there_is_not_fills_in_nothing(self, operator: Client, row: CrossConnection, query: str):
        assert "<script>" not in part_of_main(page(operator, f"{DETAIL}provisioning/{query}"))

    @pytest.mark.parametrize("query", ["?vlan_id=x", "?vlan_id=%00", "?vlan_id=" + "9" * 400, '?vlan_id="><script>'])
    def test_nor_does_a_vlan_id_that_is_none(self, operator: Client, row: CrossConnection, query: str):
        in_service(row)
        row.peerings.all().delete()
        assert "><script>" not in part_of_main(page(operator, f"{DETAIL}peerings/{PRIVATE}/{query}"))

    def test_layer_2_is_copied_in_one_piece(self, operator: Client, row: CrossConnection):
        work(row, primary_a_end="AMS1 cage 14", wants_private=True, private_vlan_id=200)
        copied = page(operator).split('data-copy="')
        [text] = [one for one in copied if one.startswith("Service key")]
        for fact in (KEY, "Amsterdam, 1 Gbps on each port", "S-tag 412 (outer", "our port AMS1 cage 14", "C-tag 200"):
            assert fact in text

    def test_reading_asks_for_the_tables_and_then_leads_to_them(self, operator: Client, row: CrossConnection):
        work(row)
        assert "No peering is set up, so there is nothing to read." in part(page(operator), "reading")
        in_service(row)
        assert "Read tables now" in part(page(operator), "reading")
        answer(read_of(read(row, is_open=True)), ARP)
        told = part(page(operator), "reading")
        assert f'href="{DETAIL}snapshots/1/"' in told
        assert "Reading 1, going on" in told

    def test_who_did_it_and_when_is_told(self, operator: Client, row: CrossConnection):
        made = work(row)
        tick(made, "layer-2-primary", by=person("Jonas"), at=timezone.now() - timedelta(hours=3), note="Port 3.")
        told = words(part(page(operator), "layer-2-primary"))
        assert "by Jonas 3 h ago" in told
        assert "Port 3." in told

    def test_what_a_change_did_leads_to_the_change(self, operator: Client, row: CrossConnection):
        work(row)
        ours = change(row, "succeeded", by=User.objects.get())
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        assert f'href="/changes/{ours.pk}/"' in part(page(operator), "provisioned")

    def test_done_and_back_again(self, operator: Client, row: CrossConnection):
        work(row)
        assert say(operator, "layer-2-primary", note="Port 3.").status_code == 303
        assert "Take back" in part(page(operator), "layer-2-primary")
        assert say(operator, "layer-2-primary", "take-back").status_code == 303
        assert "Take back" not in part(page(operator), "layer-2-primary")

    def test_a_second_press_changes_nothing(self, operator: Client, row: CrossConnection):
        work(row)
        for note in ("Port 3.", "Port 4."):
            assert say(operator, "layer-2-primary", note=note).status_code == 303
        assert Workflow.objects.get().steps.get().note == "Port 3."
        assert Entry.objects.count() == 1

    def test_leaving_out_without_a_reason_is_a_409_and_with_one_is_told(self, operator: Client, row: CrossConnection):
        work(row)
        answer = say(operator, "failover-primary", "leave-out")
        assert answer.status_code == 409
        assert "Say why it is left out" in shown(answer)
        assert say(operator, "failover-primary", "leave-out", "At night.").status_code == 303
        told = part(page(operator), "failover-primary")
        assert "Left out" in told
        assert "At night." in told

    def test_a_reason_stands_beside_a_press_that_cannot_be_and_the_post_is_refused_alike(self, operator, row):
        work(row)
        told = page(operator)
        for name in ("verification", "hand-over"):
            step = part(told, name)
            assert re.search(rf'value="done" aria-disabled="true" aria-describedby="why-not-{name}"', step)
            reason = words(step.split(f'id="why-not-{name}">')[1].split("</p>")[0])
            answer = say(operator, name, note="It was fine, really.")
            assert answer.status_code == 409
            assert f"<strong>{reason}</strong>" in shown(answer)
            assert 'value="It was fine, really."' in part(shown(answer), name)
        assert not Workflow.objects.get().steps.exists()

    @pytest.mark.parametrize(
        "step", ["made-up", "request", "private-peering", "%00", "order%00", "x" * 2000, "%F0%9F%98%80", "..%2f"]
    )
    @pytest.mark.parametrize("act", ["done", "leave-out", "take-back"])
    def test_a_step_that_there_is_not_is_refused(self, operator: Client, row: CrossConnection, step: str, act: str):
        work(row)
        answer = say(operator, step, act, "Because.")
        assert answer.status_code in ({404} if "%2f" in step else {409})
        assert not Workflow.objects.get().steps.exists()

    def test_a_long_note_is_cut_and_one_with_nul_is_taken_without(self, operator: Client, row: CrossConnection):
        work(row)
        say(operator, "layer-2-primary", note="x" * 100_000)
        say(operator, "layer-2-secondary", note=f"a\0b {HOSTILE}")
        notes = dict(Workflow.objects.get().steps.values_list("name", "note"))
        assert notes == {"layer-2-primary": "x" * 500, "layer-2-secondary": f"ab {HOSTILE}"}
        assert not re.search("<script>alert|<img src=x", operator.get(PAGE).content.decode())

    @pytest.mark.parametrize("act", ["destroy", "", "\0", "done "])
    def test_an_act_that_there_is_not_says_nothing(self, operator: Client, row: CrossConnection, act: str):
        work(row)
        assert say(operator, "layer-2-primary", act).status_code == 409
        assert not Workflow.objects.get().steps.exists()

    def test_read_now_comes_back_here(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        work(row, ticked=("order",))
        assert f'action="{DETAIL}refresh/"' in part(page(operator), "any-peering")
        for back, address in (("connect", PAGE), ("disconnect", LEAVING)):
            assert operator.post(f"{DETAIL}refresh/", {"back": back}).headers["Location"] == address

    @pytest.mark.parametrize("back", ["", "//evil.example", "order", "\0", "https://evil.example/"])
    def test_and_to_no_other_place(self, operator: Client, row: CrossConnection, back: str):
        assert operator.post(f"{DETAIL}refresh/", {"back": back}).headers["Location"] == DETAIL


class TestVerification:
    @pytest.fixture
    def verifying(self, row: CrossConnection) -> Workflow:
        in_service(row)
        read(row, HEALTHY | NO_ARP)
        return work(row, ticked=("order", "layer-2-primary", "layer-2-secondary"))

    def keys(self, told: str) -> list[str]:
        return re.findall(r'name="key" value="([^"]+)"', told)

    def accept(self, browser: Client, key: str, reason: str = "On Monday.", **values: str) -> Any:
        return browser.post(f"{PAGE}findings/", {"key": key, "reason": reason, **values})

    def test_each_finding_is_accepted_with_a_reason_and_then_it_is_verified(self, operator: Client, verifying):
        told = page(operator)
        assert f'href="{DETAIL}snapshots/1/"' in part(told, "verification")
        for key in self.keys(told):
            assert self.accept(operator, key).status_code == 303
        told = part(page(operator), "verification")
        assert "Accepted by Lotte de Vries: On Monday." in words(told)
        assert "aria-disabled" not in told
        assert say(operator, "verification").status_code == 303

    def test_without_a_reason_it_is_a_409_and_with_it_can_be_opened_again(self, operator: Client, verifying):
        key = self.keys(page(operator))[0]
        answer = self.accept(operator, key, "")
        assert answer.status_code == 409
        assert "Say why it is taken as it is" in shown(answer)
        self.accept(operator, key)
        assert self.accept(operator, key, act="open").status_code == 303
        assert not AcceptedFinding.objects.exists()

    @pytest.mark.parametrize("key", ["", "R99||", "|||||||", "\0|\0|\0", "R15|" + "x" * 9000, HOSTILE])
    @pytest.mark.parametrize("act", ["", "open"])
    def test_a_finding_that_there_is_not_is_nothing(self, operator: Client, verifying, key: str, act: str):
        answer = self.accept(operator, key, act=act)
        assert answer.status_code == (303 if act else 409)
        assert not AcceptedFinding.objects.exists()
        assert not re.search("<script>alert|<img src=x", answer.content.decode())
        assert Entry.objects.count() == 0

    def test_one_that_is_gone_with_a_newer_reading_is_said_to_be_gone(self, operator: Client, verifying, row):
        key = self.keys(page(operator))[0]
        read(row)
        answer = self.accept(operator, key, "Router comes on Monday.")
        assert answer.status_code == 409
        assert "The newest reading has no such finding any more." in shown(answer)

    def test_a_path_of_which_nothing_is_known_is_said_to_be_so(self, operator: Client, row: CrossConnection):
        in_service(row)
        snapshot = read(row, is_open=True)
        snapshot.reads.exclude(table="arp", device_path="primary").update(state="canceled", finished_at=timezone.now())
        snapshot.reads.update(state="canceled", finished_at=timezone.now())
        Snapshot.objects.update(finished_at=timezone.now())
        work(row)
        assert say(operator, "verification").status_code == 409
