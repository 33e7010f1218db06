"""Onboarding: what becomes of pasted service keys, beginning with several, the board and the two lists."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import CrossConnection, CustomerRecord, Observation, Subscription, SyncRun, Workflow
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering, sync_run
from tests.integration.pages.works import BEGIN, ONBOARDING, board, groups, lines, looked_up, shown, work
from tests.people import given, person, signed_in_as

pytestmark = pytest.mark.django_db

UNKNOWN = "a4c123b1-612d-4272-8137-1c17149d4395"
LOOK = "Look in Azure now"
STATE = "provider_provisioning_state"
DAY = timedelta(days=1)


@pytest.fixture
def northlink() -> Subscription:
    return enlisted()


@pytest.fixture
def row(northlink: Subscription) -> CrossConnection:
    """Just ordered."""
    return ordered(northlink, KEY)


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.fixture
def in_amsterdam(northlink: Subscription) -> Client:
    somebody = person("Operator in Amsterdam")
    given(Role.OPERATOR, to=somebody, kind="peering-location", where="Amsterdam")
    return signed_in_as(somebody)


def ordered(of: Subscription, key: str = "", **values: object) -> CrossConnection:
    return cross_connection(of, key, **{STATE: "NotProvisioned", "first_seen_at": timezone.now(), **values})


def missing(browser: Client, text: str) -> str:
    """The one line below "Not found"."""
    [line] = lines(looked_up(browser, text), "missing")
    return line


class TestWhatIsFound:
    def test_it_stands_there_with_all_that_layer_2_needs(self, operator: Client, row: CrossConnection):
        private_peering(row)
        page = looked_up(operator, f"Our key is {KEY.upper()}.")
        [line] = lines(page, "found")
        for fact in ("Not provisioned", KEY, "Amsterdam, 1 Gbps", "412", "Private VLAN 200", "Primary port"):
            assert fact in line
        for copied in (KEY, "412", "AMS-06GMR-CIS-3-PRI-A", "AMS-06GMR-CIS-3-SEC-A"):
            assert f'data-copy="{copied}"' in page

    def test_what_azure_has_not_told_yet_is_said_to_be_so(self, operator: Client, northlink: Subscription):
        bare = dict.fromkeys(("circuit_name", "peering_location", "primary_azure_port", "secondary_azure_port"), "")
        ordered(northlink, KEY, **bare, s_tag=None, bandwidth_mbps=None)
        [line] = lines(looked_up(operator, KEY), "found")
        assert line.count("Not told") == 6
        assert "Peering location not told" in line

    def test_a_new_one_is_ticked_and_one_in_service_is_not(self, operator: Client, northlink: Subscription):
        row = cross_connection(northlink)
        page = looked_up(operator, f"{ordered(northlink, KEY).service_key} {row.service_key}")
        assert re.search(rf'value="{KEY}" checked', page)
        assert re.search(rf'value="{row.service_key}"(?! checked)', page)

    @pytest.mark.parametrize(
        ("kind", "sentence", "address"),
        [
            ("connect", "Its onboarding goes on already.", "onboarding"),
            ("disconnect", "It is being disconnected.", "disconnect"),
        ],
    )
    def test_one_that_somebody_is_at_leads_there(
        self, operator: Client, row: CrossConnection, kind: str, sentence: str, address: str
    ):
        work(row, kind=kind)
        page = looked_up(operator, KEY)
        assert sentence in page
        assert f'href="/cross-connections/{KEY}/{address}/">Go on with it' in page
        assert 'name="service_key"' not in page
        assert "Begin" not in page.split('id="look-up"')[1]

    def test_work_that_has_ended_is_in_nobodys_way(self, operator: Client, row: CrossConnection):
        work(row, ended_at=timezone.now(), outcome="given-up")
        assert f'name="service_key" value="{KEY}" checked' in looked_up(operator, KEY)

    def test_one_that_is_gone_says_since_when_and_what_to_ask_for(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(gone_at="2026-11-20T09:30:00Z")
        [line] = lines(looked_up(operator, KEY), "found")
        assert "Gone from Azure" in line
        assert "it was last seen before 20 Nov 2026, 09:30 UTC. A new circuit has a new service key" in line

    def test_all_stand_in_the_order_in_which_they_were_named(self, operator: Client, northlink: Subscription):
        keys = [ordered(northlink, f"{n}b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610").service_key for n in (7, 2, 9)]
        page = looked_up(operator, f"{keys[0]}\n{UNKNOWN}\n{keys[1]} {keys[2]}")
        assert [re.findall(r"[-\w]{36}", line)[0] for line in lines(page, "found")] == keys
        assert UNKNOWN in lines(page, "missing")[0]

    def test_twenty_in_an_e_mail_are_twenty_and_greetings_are_none(self, operator: Client, northlink: Subscription):
        keys = [ordered(northlink).service_key for _ in range(20)]
        mail = "Hello,\n\nplease provision:\n" + "\n".join(f"* {one} (Amsterdam)" for one in keys) + "\n\nRegards\nJo\n"
        page = looked_up(operator, mail)
        assert (len(lines(page, "found")), lines(page, "missing")) == (20, [])
        assert "Begin with those ticked" in page

    def test_what_was_pasted_stands_there_still(self, operator: Client, row: CrossConnection):
        mail = f"Dear <NOC>,\n\nkey: {KEY}"
        answer = operator.post(ONBOARDING, {"text": mail})
        field = answer.content.decode().split("<textarea")[1].split("</textarea>")[0]
        assert "Dear &lt;NOC&gt;,\n\nkey:" in field


class TestWhatIsNot:
    def test_not_listed_with_the_age_of_the_lists(self, operator: Client, row: CrossConnection):
        page = looked_up(operator, UNKNOWN)
        assert "No circuit of this key was given to you. Ordered a moment ago?" in lines(page, "missing")[0]
        assert "another provider" in page
        assert "by Azure's lists for Northlink, 2 min ago" in page
        assert LOOK in page

    def test_the_oldest_list_is_the_age_of_all(self, operator: Client, northlink: Subscription):
        other = enlisted("Northlink test")
        Subscription.objects.filter(pk=other.pk).update(last_synced_at=timezone.now() - timedelta(hours=3))
        assert "by Azure's lists for Northlink and Northlink test, 3 h ago" in looked_up(operator, UNKNOWN)

    def test_lists_that_were_never_read_are_no_proof(self, operator: Client, northlink: Subscription):
        enlisted("New", synced=False)
        assert "while Azure's lists have not all been read yet" in looked_up(operator, UNKNOWN)

    def test_a_list_that_could_not_be_read_last_time_is_named(self, operator: Client, northlink: Subscription):
        sync_run(northlink, "failed")
        assert "Northlink could not be read last time, so a circuit there may be missing" in looked_up(
            operator, UNKNOWN
        )

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            (UNKNOWN[:-1], "this has 31."),
            (f"{UNKNOWN}0", "this has 33."),
            (UNKNOWN.replace("c1", "g1"), "one of these is none of 0 to 9 and a to f, or a group is off."),
            (UNKNOWN.replace("-", "", 1), "one of these is none of 0 to 9 and a to f, or a group is off."),
            ("4" * 400, "this has more."),
            ("hello", "this has 5."),
        ],
    )
    def test_what_is_no_guid_says_why(self, operator: Client, northlink: Subscription, typed: str, why: str):
        line = missing(operator, typed)
        assert "It is no service key: that has 32 digits in five groups, 8-4-4-4-12" in line
        assert why in line

    def test_nothing_is_to_be_looked_for_in_azure_that_is_no_key(self, operator: Client, northlink: Subscription):
        assert LOOK not in looked_up(operator, UNKNOWN[:-1])

    def test_all_zeros_is_a_circuit_that_is_being_made(self, operator: Client, northlink: Subscription):
        line = missing(operator, str(uuid.UUID(int=0)))
        assert "All zeros is what Azure shows while the circuit is still being made." in line

    def test_the_id_of_our_subscription_is_known(self, operator: Client, northlink: Subscription):
        line = missing(operator, str(northlink.subscription_id))
        assert "This is the id of your own subscription Northlink, not a service key." in line

    def test_the_id_of_a_customers_subscription_is_known(self, operator: Client, row: CrossConnection):
        CrossConnection.objects.update(customer_subscription_id=UNKNOWN)
        assert "a customer's subscription, the one with the circuit er-contoso-prod-ams" in missing(operator, UNKNOWN)

    def test_one_of_another_cloud_is_known_from_when_the_portal_was_set_to_it(self, operator: Client, row):
        Subscription.objects.update(cloud="AzureUSGovernment")
        assert "This circuit is in AzureUSGovernment, which this portal is not set to." in missing(operator, KEY)

    @pytest.mark.parametrize("typed", ["", "   \n", "Please call me back about our circuit.", "\0"])
    def test_a_text_without_a_key_is_a_422_with_the_board(self, operator: Client, row: CrossConnection, typed: str):
        answer = operator.post(ONBOARDING, {"text": typed})
        assert answer.status_code == 422
        assert re.search("Paste a service key|There is no service key in it|Null characters", shown(answer))
        assert "Just ordered" in shown(answer)

    def test_two_hundred_at_once_are_looked_up_and_one_more_is_too_many(self, operator: Client, northlink):
        keys = [str(uuid.uuid4()) for _ in range(201)]
        assert len(lines(looked_up(operator, " ".join(keys[:200])), "missing")) == 200
        answer = operator.post(ONBOARDING, {"text": " ".join(keys)})
        assert answer.status_code == 422
        assert "At most 200 at once; these are 201." in shown(answer)
        assert keys[0] in shown(answer)

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>4", f'{UNKNOWN}"><img/src=x/onerror=alert(1)>'])
    def test_hostile_text_stays_text(self, operator: Client, northlink: Subscription, text: str):
        answer = operator.post(ONBOARDING, {"text": text})
        assert answer.status_code == 200
        assert not re.search("<script>alert|<img", answer.content.decode())


class TestScope:
    def test_out_of_scope_reads_like_unknown(self, in_amsterdam: Client, northlink: Subscription):
        hidden = ordered(northlink, KEY, peering_location="Frankfurt", customer_subscription_id=str(uuid.uuid4()))
        ordered(northlink)
        elsewhere = enlisted("Elsewhere")
        work(hidden)
        told = [
            missing(in_amsterdam, key).replace(key, "")
            for key in (KEY, UNKNOWN, hidden.customer_subscription_id, str(elsewhere.subscription_id))
        ]
        assert len(set(told)) == 1
        assert "Elsewhere" not in looked_up(in_amsterdam, UNKNOWN)

    def test_nobody_begins_with_what_they_do_not_see(self, in_amsterdam: Client, northlink: Subscription):
        ordered(northlink, KEY, peering_location="Frankfurt")
        assert in_amsterdam.post(BEGIN, {"service_key": [KEY]}).headers["Location"] == ONBOARDING
        assert not Workflow.objects.exists()

    def test_nor_with_what_they_only_see(self, in_amsterdam: Client, northlink: Subscription):
        given(Role.SUPPORT, to=User.objects.get(), kind="peering-location", where="Frankfurt")
        row = ordered(northlink, KEY, peering_location="Frankfurt")
        assert KEY in lines(looked_up(in_amsterdam, KEY), "found")[0]
        assert in_amsterdam.post(BEGIN, {"service_key": [KEY]}).headers["Location"] == ONBOARDING
        assert not row.workflows.exists()

    def test_what_can_only_be_seen_has_no_tick_and_says_why(self, in_amsterdam: Client, northlink: Subscription):
        given(Role.SUPPORT, to=User.objects.get(), kind="peering-location", where="Frankfurt")
        ordered(northlink, KEY, peering_location="Frankfurt")
        page = looked_up(in_amsterdam, KEY)
        assert "To begin with it takes the role Operator there." in page
        assert 'name="service_key"' not in page

    def test_the_board_shows_what_they_may_go_on_with(self, in_amsterdam: Client, northlink: Subscription):
        work(ordered(northlink, circuit_name="er-mine"))
        work(ordered(northlink, circuit_name="er-theirs", peering_location="Frankfurt"))
        ordered(northlink, circuit_name="er-new-theirs", peering_location="Frankfurt")
        long_ago = timezone.now() - 90 * DAY
        ordered(northlink, circuit_name="er-idle-theirs", peering_location="Frankfurt", first_seen_at=long_ago)
        page = board(in_amsterdam)
        assert "er-mine" in page
        assert "theirs" not in page

    @pytest.mark.parametrize("role", ["Portal.Viewer", "Portal.Support"])
    def test_who_may_change_nothing_has_no_board(self, signed_in: Callable[..., Client], row, role: str):
        browser = signed_in(role)
        assert browser.get(ONBOARDING).status_code == 403
        assert browser.post(ONBOARDING, {"text": KEY}).status_code == 403
        assert browser.post(BEGIN, {"service_key": KEY}).status_code == 403
        assert not Workflow.objects.exists()


class TestLookingInAzure:
    def test_it_asks_for_a_sync_and_keeps_the_text(self, operator: Client, row: CrossConnection):
        page = looked_up(operator, f"Key {UNKNOWN}", look="1")
        assert SyncRun.objects.get().asked_by
        assert "Looking in Azure" in page
        assert 'hx-trigger="every 2s"' in page
        assert f">{LOOK}" not in page
        assert f"Key {UNKNOWN}</textarea>" in page

    def test_the_fragment_looks_again_until_the_sync_is_over(self, operator: Client, row: CrossConnection):
        looked_up(operator, UNKNOWN, look="1")
        fragment = operator.post(ONBOARDING, {"text": UNKNOWN}, headers={"HX-Request": "true"})
        assert "<html" not in shown(fragment)
        assert 'hx-trigger="every 2s"' in shown(fragment)
        SyncRun.objects.update(state="succeeded", finished_at=timezone.now())
        ordered(Subscription.objects.get(), UNKNOWN)
        fragment = operator.post(ONBOARDING, {"text": UNKNOWN}, headers={"HX-Request": "true"})
        assert "hx-trigger" not in shown(fragment)
        assert f'value="{UNKNOWN}" checked' in shown(fragment)

    def test_what_is_not_there_after_that_can_be_looked_for_again(self, operator: Client, row: CrossConnection):
        sync_run(row.subscription, "succeeded", finished_at=timezone.now())
        page = looked_up(operator, UNKNOWN)
        assert LOOK in page
        assert "hx-trigger" not in page.split('id="look-up"')[1].split(">")[0]

    def test_a_poll_asks_azure_for_nothing(self, operator: Client, row: CrossConnection):
        operator.post(ONBOARDING, {"text": UNKNOWN}, headers={"HX-Request": "true"})
        assert not SyncRun.objects.exists()

    def test_an_empty_text_asks_azure_for_nothing(self, operator: Client, row: CrossConnection):
        assert operator.post(ONBOARDING, {"text": "", "look": "1"}).status_code == 422
        assert not SyncRun.objects.exists()


class TestBeginning:
    def test_with_one_leads_to_it(self, operator: Client, row: CrossConnection):
        answer = operator.post(BEGIN, {"service_key": [KEY.upper()]})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/cross-connections/{KEY}/onboarding/")
        assert row.workflows.get().kind == "connect"

    def test_with_several_leads_to_the_board(self, operator: Client, northlink: Subscription):
        keys = [ordered(northlink).service_key for _ in range(3)]
        answer = operator.post(BEGIN, {"service_key": keys})
        assert (answer.status_code, answer.headers["Location"]) == (303, ONBOARDING)
        assert Workflow.objects.count() == 3

    @pytest.mark.parametrize("keys", [[], [""], ["\0"], [UNKNOWN], ["'; --"], ["x" * 5000]])
    def test_with_none_or_foreign_ones_does_nothing(self, operator: Client, row: CrossConnection, keys: list[str]):
        assert operator.post(BEGIN, {"service_key": keys}).headers["Location"] == ONBOARDING
        assert not Workflow.objects.exists()

    def test_twice_is_once(self, operator: Client, row: CrossConnection):
        for _ in range(2):
            assert operator.post(BEGIN, {"service_key": [KEY]}).status_code == 303
        assert Workflow.objects.count() == 1

    def test_reading_the_address_does_nothing(self, operator: Client, row: CrossConnection):
        assert operator.get(BEGIN, {"service_key": KEY}).headers["Location"] == ONBOARDING
        assert not Workflow.objects.exists()


class TestBoard:
    def test_groups_stand_in_the_order_of_the_steps_and_the_oldest_first(self, operator: Client, northlink):
        first_two = ("order", "layer-2-primary")
        work(ordered(northlink, circuit_name="leaving"), kind="disconnect", hours=900)
        work(ordered(northlink, circuit_name="layer-2", **{STATE: "Provisioning"}), ticked=first_two[:1])
        work(ordered(northlink, circuit_name="young"), hours=1)
        work(ordered(northlink, circuit_name="old"), hours=30)
        found = groups(board(operator))
        assert list(found) == [
            "Onboarding: compare the order 2",
            "Onboarding: build layer 2, primary 1",
            "Disconnect: take the customer's request 1",
        ]
        told = found["Onboarding: compare the order 2"]
        assert [line.split()[0] for line in told] == ["old", "young"]
        assert "Your turn 0 of 11 steps done 1 d" in told[0]

    def test_a_step_keeps_azures_spelling(self, operator: Client, northlink: Subscription):
        work(ordered(northlink), ticked=("order",))
        [title] = groups(board(operator))
        assert title == "Onboarding: set Provisioning 1"

    def test_how_long_is_since_the_last_thing_that_was_done(self, operator: Client, row: CrossConnection):
        work(row, hours=400, ticked=("layer-2-primary",))
        Workflow.objects.get().steps.update(done_at=timezone.now() - timedelta(hours=2))
        [[line]] = groups(board(operator)).values()
        assert line.endswith("2 h")

    @pytest.mark.parametrize(("days", "is_marked"), [(6.9, False), (7.1, True)])
    def test_after_a_week_it_is_marked(self, operator: Client, row: CrossConnection, days: float, is_marked: bool):
        work(row, hours=24 * days)
        cell = board(operator).split('<tr class="grp">')[1]
        assert ('class="st warn"' in cell) == is_marked

    def test_a_customer_is_called_by_their_name(self, operator: Client, row: CrossConnection):
        CustomerRecord.objects.create(pk=row.pk, customer="Contoso <Retail>", changed_at=timezone.now())
        work(row)
        assert "Contoso &lt;Retail&gt;</a>" in operator.get(ONBOARDING).content.decode()

    def test_whose_turn_it_is_is_told(self, operator: Client, row: CrossConnection):
        work(row, kind="disconnect", ticked=("request",))
        assert "Customer's turn" in board(operator)

    def test_what_has_ended_is_not_on_it(self, operator: Client, row: CrossConnection):
        work(row, ended_at=timezone.now(), outcome="finished")
        page = board(operator)
        assert "Nothing goes on just now." in page
        assert groups(page) == {}

    def test_a_disconnect_that_is_done_waits_to_be_closed(self, operator: Client, row: CrossConnection):
        steps = ("request", "links-removed", "sessions", "layer-2-removed", "told")
        work(row, kind="disconnect", ticked=steps)
        CrossConnection.objects.update(gone_at=timezone.now())
        assert list(groups(board(operator))) == ["Disconnect: to be closed 1"]

    @pytest.mark.parametrize("count", [1, 12])
    def test_twelve_take_no_more_queries_than_one(
        self, operator: Client, northlink, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        for _ in range(count):
            row = ordered(northlink)
            private_peering(row)
            CustomerRecord.objects.create(pk=row.pk, changed_at=timezone.now())
            work(row, ticked=("order",))
            ordered(northlink)
            ordered(northlink, first_seen_at=timezone.now() - 90 * DAY)
        board(operator)
        with django_assert_max_num_queries(18):
            board(operator)

    @pytest.mark.parametrize("count", [1, 12])
    def test_nor_does_looking_up(
        self, operator: Client, northlink, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        keys = [ordered(northlink).service_key for _ in range(count)] + [str(uuid.uuid4()) for _ in range(count)]
        for row in CrossConnection.objects.all():
            private_peering(row)
            work(row)
        with django_assert_max_num_queries(18):
            looked_up(operator, "\n".join(keys))


class TestWaiting:
    def below(self, browser: Client, name: str) -> list[str]:
        return lines(board(browser).split(f'aria-labelledby="{name}"')[1].split("</section>")[0], "waiting")

    def test_just_ordered_are_those_that_nobody_was_ever_at(self, operator: Client, northlink: Subscription):
        for name, hours in (("new", 1), ("newer", 0.1)):
            ordered(northlink, circuit_name=name, first_seen_at=timezone.now() - timedelta(hours=hours))
        work(ordered(northlink, circuit_name="going"))
        work(ordered(northlink, circuit_name="ended"), ended_at=timezone.now(), outcome="given-up")
        ordered(northlink, circuit_name="gone", gone_at=timezone.now())
        cross_connection(northlink, circuit_name="in service")
        assert self.below(operator, "new") == ["newer Amsterdam, 1 Gbps 6 min ago", "new Amsterdam, 1 Gbps 1 h ago"]

    def test_one_that_was_in_service_before_was_not_just_ordered(self, operator: Client, row: CrossConnection):
        Observation.objects.create(
            cross_connection=row, field=STATE, before="Provisioned", after="NotProvisioned", seen_at=timezone.now()
        )
        assert self.below(operator, "new") == []

    @pytest.mark.parametrize(("hours", "is_idle"), [(29 * 24 + 23, False), (30 * 24 + 1, True)])
    @pytest.mark.parametrize("by", ["first seen", "state seen"])
    def test_idle_is_more_than_thirty_days(self, operator: Client, northlink, by: str, hours: float, is_idle: bool):
        since = timezone.now() - timedelta(hours=hours)
        first_seen_at = since if by == "first seen" else since - 90 * DAY
        row = ordered(northlink, circuit_name="idle", first_seen_at=first_seen_at)
        if by == "state seen":
            Observation.objects.create(cross_connection=row, field=STATE, after="NotProvisioned", seen_at=since)
        assert self.below(operator, "idle") == (["idle Amsterdam, 1 Gbps 30 d"] if is_idle else [])

    def test_what_moved_on_a_peering_or_elsewhere_does_not_count(self, operator: Client, northlink: Subscription):
        row = ordered(northlink, first_seen_at=timezone.now() - 40 * DAY)
        for values in ({"subject": "AzurePrivatePeering", "field": "state"}, {"field": "bandwidth_mbps"}):
            Observation.objects.create(cross_connection=row, seen_at=timezone.now(), **values)
        assert len(self.below(operator, "idle")) == 1

    def test_the_longest_come_first_and_lead_to_a_disconnect(self, operator: Client, northlink: Subscription):
        for days in (40, 80, 60):
            ordered(northlink, circuit_name=f"for {days}", first_seen_at=timezone.now() - days * DAY)
        assert [line.split(" A")[0] for line in self.below(operator, "idle")] == ["for 80", "for 60", "for 40"]
        assert re.search('/disconnect/">for 80', board(operator))

    def test_one_that_is_old_is_idle_and_not_just_ordered(self, operator: Client, northlink: Subscription):
        ordered(northlink, circuit_name="old", first_seen_at=timezone.now() - 31 * DAY)
        assert (len(self.below(operator, "idle")), self.below(operator, "new")) == (1, [])

    def test_of_more_than_twenty_the_rest_is_in_the_list(self, operator: Client, northlink: Subscription):
        for _ in range(21):
            ordered(northlink)
        assert len(self.below(operator, "new")) == 20
        assert "More in the list" in board(operator)
