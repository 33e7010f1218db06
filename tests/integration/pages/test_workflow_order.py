"""The order of a customer: kept, refused with nothing lost, and what two people write at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord, Workflow
from portal.activity.models import Entry
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.integration.pages.works import DETAIL, HOSTILE, ORDER, PAGE, keep, page, part, shown, tick, work
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestOrder:
    def test_it_is_kept_with_the_customers_record(self, operator: Client, row: CrossConnection):
        work(row)
        answer = keep(operator)
        assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
        made, record = Workflow.objects.get(), CustomerRecord.objects.get()
        assert (made.ordered_bandwidth_mbps, made.private_vlan_id, made.wants_private) == (1000, 200, True)
        assert (made.wants_microsoft, made.primary_a_end) == (False, "AMS1 cage 14 port 3")
        assert (record.customer, record.service) == ("Contoso Retail", "layer2")
        assert "by Lotte de Vries" in part(page(operator), "order")

    def test_a_vlan_id_says_that_its_peering_is_wanted(self, operator: Client, row: CrossConnection):
        work(row)
        keep(operator, wants_private=None, microsoft_vlan_id="300")
        made = Workflow.objects.get()
        assert (made.wants_private, made.wants_microsoft) == (True, True)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"customer": ""}, "Name the customer"),
            ({"customer": None}, "Name the customer"),
            ({"ordered_location": " "}, "Type the peering location that the customer ordered."),
            ({"ordered_bandwidth_mbps": ""}, "Choose the bandwidth that the customer ordered."),
            ({"ordered_bandwidth_mbps": "7"}, "7 is not one of the available choices"),
            ({"private_vlan_id": "many"}, "A VLAN ID is a number."),
            ({"private_vlan_id": "4095"}, "A VLAN ID is a number from"),
            ({"private_vlan_id": "-1"}, "A VLAN ID is a number from"),
            ({"private_vlan_id": "9" * 300}, "A VLAN ID is a number"),
            ({"microsoft_vlan_id": "200"}, "Each peering of a circuit takes a VLAN ID of its own."),
            ({"ordered_location": "x" * 81}, "at most 80 characters"),
            ({"secondary_a_end": "x" * 121}, "at most 120 characters"),
            ({"reason": "x" * 501}, "at most 500 characters"),
            ({"primary_a_end": "\0"}, "Null characters"),
            ({"service": "layer9"}, ""),
        ],
    )
    def test_what_cannot_be_is_a_422_with_all_that_was_typed(
        self, operator: Client, row: CrossConnection, values: dict[str, Any], sentence: str
    ):
        work(row)
        answer = keep(operator, **{"contacts": "Ada, +31 6 1234", "reference": "PO 4500", **values})
        told = shown(answer)
        assert answer.status_code == 422
        assert sentence in told
        assert "The order is not kept yet." in told
        sent = {"reference": "PO 4500", "primary_a_end": "AMS1 cage 14 port 3"} | values
        for value in sent.values():
            assert not value or value in told.replace("\x00", "\0") or len(value) == 1
        assert "> Ada, +31 6 1234</textarea>" in told
        assert not CustomerRecord.objects.exists()
        assert Entry.objects.count() == 0

    def test_where_azure_has_something_else_it_takes_a_reason(self, operator: Client, row: CrossConnection):
        work(row)
        answer = keep(operator, ordered_bandwidth_mbps="500")
        told = shown(answer)
        assert answer.status_code == 422
        assert "Bandwidth: ordered 500 Mbps, Azure has 1 Gbps" in told
        assert "Azure has something else than was ordered." in told
        assert 'name="reason"' in told
        assert not CustomerRecord.objects.exists()
        assert keep(operator, ordered_bandwidth_mbps="500", reason="Upgraded by phone.").status_code == 303
        told = part(page(operator), "order")
        assert "Upgraded by phone." in told
        assert "Bandwidth: ordered 500 Mbps, Azure has 1 Gbps" in told

    def test_the_reason_that_was_given_stands_in_the_form_when_it_is_edited(self, operator: Client, row):
        work(row)
        keep(operator, ordered_bandwidth_mbps="500", reason="Upgraded by phone.")
        assert 'value="Upgraded by phone."' in part(page(operator), "order")

    def test_a_location_in_other_spelling_is_the_same(self, operator: Client, row: CrossConnection):
        work(row)
        assert keep(operator, ordered_location="amster dam").status_code == 303

    def test_of_two_who_write_into_the_record_the_second_is_told_and_loses_nothing(self, operator: Client, row):
        work(row)
        record = CustomerRecord.objects.create(pk=row.pk, customer="Contoso", version=1, changed_at=timezone.now())
        opened = re.search(r'name="opened" value="([^"]*)"', page(operator))
        assert opened
        CustomerRecord.objects.update(reference="PO of somebody else", version=2)
        answer = operator.post(
            f"{PAGE}order/",
            {
                **ORDER,
                "opened": opened[1],
                "reference": "PO 4711",
                "contacts": "Ada, +31 6 1234",
                "private_vlan_id": "7",
            },
        )
        told = shown(answer)
        assert answer.status_code == 409
        assert "Somebody else has changed the customer's record meanwhile." in told
        for kept in ("PO of somebody else", "PO 4711", "Ada, +31 6 1234", 'value="7"', "AMS1 cage 14 port 3"):
            assert kept in told
        record.refresh_from_db()
        assert (record.reference, record.customer) == ("PO of somebody else", "Contoso")
        assert Workflow.objects.get().primary_a_end == ""

    def test_of_two_who_keep_an_order_the_second_is_told_and_may_mean_it(self, operator: Client, row: CrossConnection):
        made = work(row, private_vlan_id=200)
        hidden = dict(re.findall(r'name="(opened|kept)" value="([^"]*)"', page(operator)))
        Workflow.objects.update(wants_microsoft=True, microsoft_vlan_id=301, primary_a_end="AMS-RT1 xe-0/0/1")
        tick(made, "order", by=person("Mateo", "Portal.Operator"))
        answer = operator.post(f"{PAGE}order/", {**ORDER, **hidden, "primary_a_end": "mine"})
        told = shown(answer)
        assert answer.status_code == 409
        assert "Mateo has kept another order meanwhile." in told
        assert "Microsoft peering: yes; VLAN ID, Microsoft: 301" in told
        assert "Your port, primary: AMS-RT1 xe-0/0/1" in told
        assert 'value="mine"' in told
        assert Workflow.objects.get().microsoft_vlan_id == 301
        again = dict(re.findall(r'name="(opened|kept)" value="([^"]*)"', told))
        assert operator.post(f"{PAGE}order/", {**ORDER, **again, "primary_a_end": "mine"}).status_code == 303
        assert (Workflow.objects.get().microsoft_vlan_id, Workflow.objects.get().primary_a_end) == (None, "mine")

    def test_hostile_words_stay_words_on_every_page(self, operator: Client, row: CrossConnection):
        work(row)
        given = dict.fromkeys(("customer", "reference", "contacts", "primary_a_end"), HOSTILE)
        assert keep(operator, **given).status_code == 303
        for address in (PAGE, DETAIL, "/onboarding/", f"{DETAIL}handover/"):
            told = operator.get(address).content.decode()
            assert not re.search("<script>alert|<img src=x", told), address
            assert "49" not in re.findall("onerror=alert.1.&gt;(.{9})", told), address
