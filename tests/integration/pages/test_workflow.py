"""The page of one piece of work: begun, what others see of it meanwhile, and its end; disconnecting a customer."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord, Workflow
from portal.activity.models import Entry
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.readings import MICROSOFT, PRIVATE
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.integration.pages.works import (
    DETAIL,
    HTMX,
    LEAVING,
    ORDER,
    PAGE,
    in_service,
    page,
    part,
    read,
    ready,
    say,
    shown,
    tick,
    words,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestBeginning:
    def test_a_press_begins_it_and_leads_back(self, operator: Client, row: CrossConnection):
        assert "Nobody has begun to connect this customer." in page(operator)
        answer = operator.post(PAGE)
        assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
        told = page(operator)
        assert "0 of 11 steps done, begun by Lotte de Vries" in words(told)
        assert 'aria-current="step"' in told.split('<li id="order"')[1].split(">")[0]

    def test_a_second_press_finds_it(self, operator: Client, row: CrossConnection):
        assert [operator.post(PAGE).status_code for _ in range(2)] == [303, 303]
        assert Workflow.objects.count() == 1

    def test_beside_the_other_kind_it_is_a_409(self, operator: Client, row: CrossConnection):
        work(row)
        answer = operator.post(LEAVING)
        assert answer.status_code == 409
        assert "It is being connected. End that first." in shown(answer)

    def test_of_one_that_is_gone_as_well(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(gone_at=timezone.now())
        answer = operator.post(PAGE)
        assert answer.status_code == 409
        assert "gone from Azure" in shown(answer)

    def test_after_the_end_it_can_begin_anew(self, operator: Client, row: CrossConnection):
        work(row, ended_at=timezone.now(), outcome="given-up", end_note="Withdrawn.")
        told = page(operator)
        assert "Given up just now" in words(told)
        assert "Withdrawn." in words(told)
        assert "Begin anew" in told
        operator.post(PAGE)
        assert row.workflows.filter(ended_at=None).count() == 1
        assert "0 of 11 steps done" in page(operator)

    def test_of_one_that_is_gone_it_can_not(self, operator: Client, row: CrossConnection):
        work(row, ended_at=timezone.now(), outcome="finished")
        CrossConnection.objects.update(gone_at=timezone.now())
        assert "Begin anew" not in page(operator)


class TestNews:
    def test_a_page_that_is_open_learns_that_somebody_else_was_there(self, operator: Client, row: CrossConnection):
        made = work(row)
        [seen] = re.findall(r'hx-get="([^"]*\?seen=[^"]*)"', page(operator))
        fragment = shown(operator.get(seen, headers=HTMX))
        assert "<html" not in fragment
        assert "moved on" not in fragment
        assert 'hx-trigger="every 5s"' in fragment
        tick(made, "layer-2-primary")
        fragment = shown(operator.get(seen, headers=HTMX))
        assert "It has moved on since you opened this page." in fragment
        assert "hx-trigger" not in fragment

    def test_the_end_is_news_as_well(self, operator: Client, row: CrossConnection):
        work(row)
        [seen] = re.findall(r'hx-get="([^"]*\?seen=[^"]*)"', page(operator))
        Workflow.objects.update(ended_at=timezone.now(), outcome="finished")
        assert "moved on" in shown(operator.get(seen, headers=HTMX))

    @pytest.mark.parametrize("seen", ["", '"><script>alert(1)</script>', "%00", "x" * 4000])
    def test_hostile_versions_are_just_old(self, operator: Client, row: CrossConnection, seen: str):
        work(row)
        answer = operator.get(PAGE, {"seen": seen}, headers=HTMX)
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()

    def test_of_nothing_there_is_no_news(self, operator: Client, row: CrossConnection):
        assert "moved on" not in shown(operator.get(f"{PAGE}?seen=1", headers=HTMX))


class TestEnd:
    def test_handing_over_ends_it_and_the_sheet_is_linked(self, operator: Client, row: CrossConnection):
        ready(row)
        assert f'href="{DETAIL}handover/"' in part(page(operator), "hand-over")
        assert say(operator, "hand-over").status_code == 303
        told = page(operator)
        assert "Finished by Lotte de Vries" in told
        assert "11 of 11 steps done" in told

    def test_it_cannot_just_be_closed(self, operator: Client, row: CrossConnection):
        ready(row)
        assert "Close it" not in page(operator)
        assert operator.post(f"{PAGE}end/", {"act": "finish"}).status_code == 409
        assert Workflow.objects.get().ended_at is None

    def test_giving_up_without_a_reason_is_a_409(self, operator: Client, row: CrossConnection):
        work(row)
        answer = operator.post(f"{PAGE}end/", {"act": "give-up", "reason": " "})
        assert answer.status_code == 409
        assert "Say why it is given up." in shown(answer)
        assert operator.post(f"{PAGE}end/", {"act": "give-up", "reason": "x" * 900}).status_code == 303
        assert Workflow.objects.get().end_note == "x" * 500

    @pytest.mark.parametrize(
        ("address", "values"),
        [
            ("steps/layer-2-primary/", {"act": "done", "note": "Typed for nothing?"}),
            ("steps/layer-2-primary/", {"act": "take-back"}),
            ("findings/", {"key": "R15||", "reason": "Typed for nothing?"}),
            ("findings/", {"key": "R15||", "act": "open"}),
            ("end/", {"act": "give-up", "reason": "Typed for nothing?"}),
            ("end/", {"act": "finish"}),
            ("order/", ORDER),
        ],
    )
    def test_after_it_nothing_is_taken(self, operator: Client, row: CrossConnection, address: str, values):
        work(row, ended_at=timezone.now(), outcome="finished", ticked=("layer-2-primary",))
        answer = operator.post(f"{PAGE}{address}", values)
        assert answer.status_code == 409
        assert "This piece of work has ended." in shown(answer)
        assert Entry.objects.count() == 0
        assert not CustomerRecord.objects.exists()
        told = page(operator)
        assert not re.search(f'action="{PAGE}[a-z]', told)

    @pytest.mark.parametrize("address", ["order/", "steps/order/", "findings/", "end/", "steps/%00/"])
    def test_an_address_for_posts_leads_to_the_page(self, operator: Client, row: CrossConnection, address: str):
        work(row)
        answer = operator.get(f"{PAGE}{address}")
        assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)

    @pytest.mark.parametrize("address", ["order/", "steps/order/", "findings/", "end/"])
    def test_where_nothing_was_begun_there_is_nothing_to_say(self, operator: Client, row, address: str):
        assert operator.post(f"{PAGE}{address}", ORDER).status_code == 404


class TestDisconnect:
    def test_it_ends_with_the_customer_deleting_the_circuit(self, operator: Client, row: CrossConnection):
        steps = ("request", "links-removed", "sessions", "layer-2-removed", "told")
        work(row, kind="disconnect", ticked=steps)
        told = page(operator, LEAVING)
        assert "Billing goes on until the customer deletes the circuit." in part(told, "deleted")
        assert "Close it" not in told
        assert operator.post(f"{LEAVING}end/", {"act": "finish"}).status_code == 409
        CrossConnection.objects.update(gone_at=timezone.now())
        assert "Close it" in page(operator, LEAVING)
        assert operator.post(f"{LEAVING}end/", {"act": "finish"}).status_code == 303
        assert "Finished by Lotte de Vries" in page(operator, LEAVING)

    def test_each_peering_that_is_left_can_be_removed(self, operator: Client, row: CrossConnection):
        in_service(row)
        private_peering(row, peering_type=MICROSOFT)
        work(row, kind="disconnect")
        told = part(page(operator, LEAVING), "no-peering")
        for name, words_of in ((PRIVATE, "private peering"), (MICROSOFT, "Microsoft peering")):
            assert f'href="{DETAIL}peerings/{name}/remove/"' in told
            assert f"Remove {words_of}" in told.replace("the ", "")

    def test_the_end_of_service_is_set_by_the_form_that_is_filled_in(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(provider_provisioning_state="Provisioned")
        work(row, kind="disconnect")
        address = f"{DETAIL}provisioning/?state=NotProvisioned"
        assert f'href="{address}"' in part(page(operator, LEAVING), "not-provisioned")
        assert re.search(r'value="NotProvisioned"[^>]*(checked|selected)', page(operator, address))

    def test_an_order_is_not_part_of_it(self, operator: Client, row: CrossConnection):
        work(row, kind="disconnect")
        answer = operator.post(f"{LEAVING}order/", ORDER)
        assert answer.status_code == 409
        assert not Workflow.objects.get().steps.exists()
        assert not CustomerRecord.objects.exists()

    def test_nor_is_verification(self, operator: Client, row: CrossConnection):
        in_service(row)
        read(row, HEALTHY | NO_ARP)
        work(row, kind="disconnect")
        assert operator.post(f"{LEAVING}findings/", {"key": "R15||", "reason": "No."}).status_code == 409
