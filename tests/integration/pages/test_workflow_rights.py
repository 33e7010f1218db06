"""Who may go on with a piece of work, and the line on other pages that leads them back to it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import CrossConnection, Workflow
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.pages.changes import change
from tests.integration.pages.changes import page as page_of_change
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.integration.pages.works import DETAIL, LEAVING, ORDER, PAGE, in_service, page, read, say, tick, work
from tests.people import given, person, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestWhoMay:
    ADDRESSES = ("", "order/", "steps/layer-2-primary/", "findings/", "end/")

    @pytest.mark.parametrize("role", ["Portal.Viewer", "Portal.Support"])
    def test_a_lower_role_is_refused(self, signed_in: Callable[..., Client], row: CrossConnection, role: str):
        browser = signed_in(role)
        work(row)
        for address in self.ADDRESSES:
            assert browser.get(f"{PAGE}{address}").status_code == 403
            assert browser.post(f"{PAGE}{address}", ORDER).status_code == 403
        assert Workflow.objects.get().ended_at is None

    def test_out_of_scope_there_is_nothing(self, row: CrossConnection):
        somebody = person("Operator in Frankfurt")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="Frankfurt")
        browser = signed_in_as(somebody)
        work(row)
        for address in self.ADDRESSES:
            assert browser.get(f"{PAGE}{address}").status_code == 404
            assert browser.post(f"{PAGE}{address}", ORDER).status_code == 404

    def test_the_locations_to_choose_from_are_those_in_sight(self, row: CrossConnection):
        cross_connection(row.subscription, peering_location="Frankfurt")
        somebody = person("Operator in Amsterdam")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="Amsterdam")
        work(row)
        told = page(signed_in_as(somebody))
        assert '<option value="Amsterdam">' in told
        assert "Frankfurt" not in told

    def test_who_loses_the_role_meanwhile_says_nothing_more(self, operator: Client, row: CrossConnection):
        work(row)
        page(operator)
        User.objects.update(app_roles=["Portal.Support"])
        assert say(operator, "layer-2-primary").status_code == 403
        assert operator.post(f"{PAGE}end/", {"act": "give-up", "reason": "No."}).status_code == 403
        assert not Workflow.objects.get().steps.exists()

    @pytest.mark.parametrize("steps", [0, 6])
    def test_the_page_takes_as_many_queries_for_any_number_of_steps(
        self, operator: Client, row, steps: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        in_service(row)
        read(row, HEALTHY | NO_ARP)
        made = work(row, wants_private=True)
        for name in ("order", "layer-2-primary", "layer-2-secondary", "failover-primary", "failover-secondary", "x")[
            :steps
        ]:
            tick(made, name, by=person(f"Somebody who did {name}"))
        page(operator)
        with django_assert_max_num_queries(25):
            page(operator)


class TestTheLineOnOtherPages:
    @pytest.fixture
    def going(self, row: CrossConnection) -> Workflow:
        in_service(row)
        return work(row, ticked=("order", "layer-2-primary", "layer-2-secondary"), wants_microsoft=True)

    def pages(self, row: CrossConnection, browser: Client) -> dict[str, str]:
        found = {address: page(browser, address) for address in (DETAIL, f"{DETAIL}troubleshooting/")}
        return found | {"change": page_of_change(browser, row.changes.get())}

    def test_it_leads_who_may_go_on_back_to_the_step(self, operator: Client, row: CrossConnection, going: Workflow):
        change(row, "succeeded")
        for address, told in self.pages(row, operator).items():
            assert "Onboarding, step 6 of 11: set up Microsoft peering" in told, address
            assert f'href="{PAGE}#microsoft-peering">Go on' in told, address

    def test_while_a_change_is_under_way_the_next_step_is_azures(
        self, operator: Client, row: CrossConnection, going: Workflow
    ):
        change(row, "running")
        assert "Onboarding, step" not in self.pages(row, operator)["change"]

    def test_others_do_not_see_it(self, viewer: Client, row: CrossConnection, going: Workflow):
        change(row, "running")
        for address in (DETAIL, f"/changes/{row.changes.get().pk}/"):
            assert "Onboarding, step" not in page(viewer, address), address
            assert PAGE not in page(viewer, address), address

    def test_where_nothing_goes_on_there_is_none(self, operator: Client, row: CrossConnection, going: Workflow):
        Workflow.objects.update(ended_at=timezone.now(), outcome="finished")
        change(row, "running")
        for address, told in self.pages(row, operator).items():
            assert "Onboarding, step" not in told, address

    def test_the_page_of_the_circuit_leads_to_both_kinds(self, operator: Client, row: CrossConnection):
        told = page(operator, DETAIL)
        assert f'href="{PAGE}"' in told
        assert f'href="{LEAVING}"' in told
