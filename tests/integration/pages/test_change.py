"""The page of one change, in every state, and what a person can say to it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.arm import Row, SummaryRow
from crossconnections.models import ArmCall, ChangeSet, CrossConnection, Draft
from portal.access.roles import Role
from portal.activity.models import Entry
from tests.integration.pages.changes import CORRELATION_ID, REQUEST_ID, change, held, page
from tests.integration.pages.readings import ANSWERS, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

HTMX = {"HX-Request": "true"}
S_TAG = {"subject": "", "field": "s_tag", "expected": 412, "found": 413}
GONE_PEERING = {"subject": "MicrosoftPeering", "field": "presence", "expected": True, "found": False}


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="Provisioning")


@pytest.fixture
def operator(signed_in) -> Client:
    found: Client = signed_in("Portal.Operator")
    return found


def head(shown: str) -> str:
    return shown.split("<h1>")[1].split("</h1>", maxsplit=1)[0]


def steps(shown: str) -> list[tuple[str, str]]:
    part = shown.split('<ol class="ops">')[1].split("</ol>", maxsplit=1)[0]
    return re.findall(r'<li class="(\w+)">.*?<b>(.*?)</b>', part, re.DOTALL)


@pytest.mark.parametrize(
    ("state", "values", "title", "look", "last"),
    [
        ("queued", {}, "About to be sent to Azure", "next", "Read back"),
        ("submitting", {}, "Applying to Azure", "next", "Read back"),
        ("running", {}, "Applying to Azure", "next", "Read back"),
        ("unknown", {}, "Nobody knows yet whether Azure took it", "next", "Read back"),
        ("succeeded", {}, "Change applied", "past", "Read back"),
        ("succeeded", {"differences": [S_TAG]}, "Change applied", "warn", "Read back"),
        ("succeeded", {"known_by": "look"}, "Change applied", "past", "Read back"),
        ("succeeded", {"known_by": "nothing-to-do"}, "Change applied", "past", "Compared with Azure"),
        ("succeeded", {"known_by": "person"}, "Change applied", "past", "Settled"),
        ("failed", {"error_code": "LocationRequired"}, "Azure refused the change", "bad", "Not accepted"),
        ("failed", {"error_code": "Odd", "azure_status": "Failed"}, "Azure refused the change", "bad", "Failed"),
        ("failed", {"error_code": "PortalFault"}, "The change failed", "bad", "Failed"),
        ("failed", {"error_code": "Conflict"}, "Somebody changed it meanwhile", "bad", "Not sent"),
        ("failed", {"error_code": "NotSent"}, "The change was not sent", "bad", "Not sent"),
        ("failed", {"error_code": "Gone"}, "The cross connection is gone", "bad", "Not sent"),
        ("failed", {"error_code": "Settled", "known_by": "person"}, "Azure did not take the change", "bad", "Settled"),
        ("canceled", {}, "Canceled", "off", "Canceled"),
    ],
)
def test_each_state_has_its_title_and_its_steps(
    viewer: Client, row: CrossConnection, *, state: str, values: dict[str, Any], title: str, look: str, last: str
):
    shown = page(viewer, change(row, state, **values))
    assert head(shown) == title
    assert steps(shown)[0] == ("past", "Submitted")
    assert steps(shown)[-1] == (look, last)


def test_the_head_leads_to_the_circuit_and_names_what_was_asked(viewer: Client, row: CrossConnection):
    shown = page(viewer, change(row, "running", by=person("Amina Yusuf")))
    for words in (
        f'href="/cross-connections/{KEY}/">er-contoso-prod-ams</a>',
        f'data-copy="{KEY}"',
        "<small>Set Provisioned</small>",
        "by Amina Yusuf, on record",
        f"Request id {REQUEST_ID}",
        "Azure says InProgress",
        f'data-copy="{CORRELATION_ID}"',
        "<del><bdi>Provisioning</bdi></del>",
        "<ins><bdi>Provisioned</bdi></ins>",
    ):
        assert words in shown


def test_tags_are_told_one_by_one_and_only_those_that_differ(viewer: Client, row: CrossConnection):
    opened, asked = (
        {"tags": {"tier": "gold", "old": "1", "same": "x"}},
        {"tags": {"tier": "silver", "same": "x", "n": "2"}},
    )
    shown = page(viewer, change(row, "succeeded", kind="tags", opened=opened, asked=asked))
    body = shown.partition('id="asked"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.findall(r">([^<>]*\S)\s*</(?:th|bdi|span)>", line) for line in body.split("</tr>")[:-1]]
    assert found == [["Tag n", "not set", "2"], ["Tag old", "1", "not set"], ["Tag tier", "gold", "silver"]]


def test_how_long_it_usually_takes_is_our_own_experience_there(viewer: Client, row: CrossConnection):
    for _ in range(5):
        change(row, "succeeded")
    change(cross_connection(row.subscription, peering_location="Dublin"), "succeeded", seconds=3000)
    running = change(row, "running", seconds=5)
    shown = page(viewer, running)
    assert "Azure says InProgress, usually 12 s here" in shown
    assert re.search(r'<progress value="[3456]" max="12"', shown)
    assert "%" not in shown.split('<ol class="ops">')[1].split("</ol>")[0]


def test_what_takes_longer_than_usual_has_no_bar(viewer: Client, row: CrossConnection):
    for _ in range(5):
        change(row, "succeeded")
    assert "<progress" not in page(viewer, change(row, "running", seconds=90))


def test_of_fewer_than_five_nothing_is_said(viewer: Client, row: CrossConnection):
    change(row, "succeeded")
    shown = page(viewer, change(row, "running", seconds=5))
    assert "usually" not in shown
    assert "<progress" not in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "No worker has taken it yet"),
        ({"error_code": "AnotherOperationInProgress"}, "Another change is under way in Azure, next try now"),
    ],
)
def test_what_waits_says_what_for(viewer: Client, row: CrossConnection, values: dict[str, Any], words: str):
    assert words in page(viewer, change(row, "queued", **values))


def test_what_waits_for_the_tables_before_it_says_so(viewer: Client, row: CrossConnection):
    private_peering(row)
    shown = page(viewer, change(row, "queued", snapshot_before=reading(row, is_open=True), wants_proof=True))
    assert "The tables are read first, as reading 1" in shown
    assert "The tables are being read before it, as reading 1." in shown


def test_one_of_a_set_waits_for_its_turn_and_leads_to_the_others(viewer: Client, row: CrossConnection):
    several = ChangeSet.objects.create(asked_at=timezone.now())
    shown = page(viewer, change(row, "queued", change_set=several))
    assert f"For its turn in set {several.pk}" in shown
    assert f'href="/changes/sets/{several.pk}/"' in shown


def test_success_is_told_with_what_comes_next(viewer: Client, row: CrossConnection):
    shown = page(viewer, change(row, "succeeded"))
    assert "Read back: exactly as asked, nothing else moved." in shown
    assert "The customer can set up peerings" in shown


def test_what_came_out_otherwise_is_a_warning(viewer: Client, row: CrossConnection):
    shown = page(viewer, change(row, "succeeded", differences=[S_TAG, GONE_PEERING]))
    assert "Azure reports success, and yet not everything is as expected." in shown
    assert "S-tag: 413, expected 412" in shown
    assert "Microsoft peering was removed" in shown
    assert "nothing else moved" not in shown


def test_what_a_person_settled_claims_nothing_that_the_portal_saw(viewer: Client, row: CrossConnection):
    shown = page(viewer, change(row, "succeeded", known_by="person", ended_by=person("Amina Yusuf")))
    assert "Amina Yusuf said that Azure took it." in shown
    assert "exactly as asked" not in shown


def test_warnings_of_the_review_stay_with_it(viewer: Client, row: CrossConnection):
    assert "<li>No peering is set up.</li>" in page(viewer, change(row, "running", warnings=["No peering is set up."]))


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("AnotherOperationInProgress", "Another change of this circuit was still under way in Azure."),
        ("ExpressRouteCircuitReferenceInCrossConnectionCannotBeModified", "a change of the customer's circuit"),
        ("PeeringLocationInCrossConnectionCannotBeModified", "Azure did not take what the portal sent."),
        ("AuthorizationFailed", "Azure does not let the portal's application change"),
        ("AADSTS7000222", "gave the portal's application no token"),
        ("SomethingNew", "Azure did not make this change."),
    ],
)
def test_a_failure_is_told_in_plain_words_with_azures_own_beside(
    viewer: Client, row: CrossConnection, code: str, cause: str
):
    failed = change(
        row, "failed", error_code=code, error_message="Another <b>operation</b>.", correlation_id=CORRELATION_ID
    )
    shown = page(viewer, failed)
    call = shown.split('role="alert"')[1].split("</div>\n  </div>")[0]
    assert cause in call
    assert f"<code>{code}</code> “Another" in call
    assert CORRELATION_ID in call
    assert b"&lt;b&gt;operation" in viewer.get(f"/changes/{failed.pk}/").content


def test_one_text_has_everything_that_microsofts_support_asks_for(viewer: Client, row: CrossConnection):
    failed = change(
        row, "failed", error_code="InternalServerError", error_message="An error\noccurred.", request_id="r-1"
    )
    called(failed, "ExpressRouteCrossConnections_CreateOrUpdate", "PUT")
    text = page(viewer, failed).split('data-copy="Asked')[1].split('"')[0]
    asked = f"{failed.asked_at:%Y-%m-%d %H:%M:%S}"
    for line in (
        f" (UTC)       {asked}",
        f"Sent (UTC)        {failed.sent_at:%Y-%m-%d %H:%M:%S}",
        f"Ended (UTC)       {failed.finished_at:%Y-%m-%d %H:%M:%S}",
        f"Subscription      {row.subscription.subscription_id}",
        "Resource group    g",
        f"Cross connection  {KEY}",
        "Operation         PUT ExpressRouteCrossConnections_CreateOrUpdate",
        "Request id        r-1",
        "Error             InternalServerError",
        "Message           An error occurred.",
    ):
        assert line in text


def called(of, operation: str, method: str, **values: object) -> ArmCall:
    subject = of.cross_connection
    defaults = {
        "purpose": "change",
        "subscription": subject.subscription,
        "service_key": subject.service_key,
        "operation": operation,
        "method": method,
        "path": subject.resource_id,
        "started_at": of.asked_at + timedelta(seconds=1),
        "duration_ms": 212,
        "status": 200,
    }
    return ArmCall.objects.create(**defaults | values)


def test_its_own_calls_to_azure_are_shown_and_no_others(viewer: Client, row: CrossConnection):
    one = change(row, "succeeded", seconds=600)
    called(one, "ExpressRouteCrossConnections_Get", "GET")
    called(one, "ExpressRouteCrossConnections_CreateOrUpdate", "PUT")
    called(one, "Operations_Get", "GET", started_at=one.asked_at + timedelta(minutes=5))
    called(one, "Operations_Get", "GET", purpose="refresh")
    calls = page(viewer, one).split("Calls to Azure")[1]
    assert re.findall(r"<b>(.*?)</b>, 200", calls) == ["Read", "Write"]


def test_what_azure_holds_now_stands_beside_what_was_asked_where_somebody_has_to_decide(
    viewer: Client, row: CrossConnection
):
    CrossConnection.objects.filter(pk=row.pk).update(provider_provisioning_state="Deprovisioning")
    for one in (change(row, "failed", error_code="Conflict"), change(row, "unknown")):
        shown = page(viewer, one)
        assert "In Azure now" in shown
        assert "Azure read" in shown
        assert 's-warn"/></svg>Deprovisioning' in shown
    assert "In Azure now" not in page(viewer, change(row, "succeeded"))


def test_the_steps_are_polled_until_the_end(viewer: Client, row: CrossConnection):
    running = change(row, "running")
    shown = page(viewer, running)
    address = re.findall(rf'hx-get="(/changes/{running.pk}/\?seen=\w+)" hx-trigger="every 2s"', shown)[0]
    part = viewer.get(address, headers=HTMX)
    assert "HX-Retarget" not in part.headers
    assert "<h1>" not in part.content.decode()
    type(running).objects.filter(pk=running.pk).update(state="succeeded", finished_at=timezone.now())
    whole = viewer.get(address, headers=HTMX)
    assert (whole.headers["HX-Retarget"], whole.headers["HX-Reselect"]) == ("#change", "#change")
    assert "Change applied" in whole.headers["HX-Trigger"]
    assert 'hx-trigger="every' not in whole.content.decode()
    assert "reload" in shown.split("<noscript>")[-1]


@pytest.mark.parametrize(
    ("address", "is_there"),
    [("cancel", "Cancel it"), ("go-ahead", "Send it now")],
)
def test_an_operator_can_answer_what_waits_and_a_viewer_cannot(
    operator: Client, row: CrossConnection, address: str, is_there: str
):
    one = held(row)
    assert f'action="/changes/{one.pk}/{address}/"' in page(operator, one)
    assert is_there in page(operator, one)
    assert is_there not in page(signed_in_as(person("Sam", "Portal.Viewer")), one)


def test_what_is_queued_can_be_canceled(operator: Client, row: CrossConnection):
    one = change(row, "queued")
    answer = operator.post(f"/changes/{one.pk}/cancel/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/changes/{one.pk}/")
    assert "Lotte de Vries canceled it before it was sent." in page(operator, one)


def test_what_is_with_azure_cannot(operator: Client, row: CrossConnection):
    one = change(row, "running")
    assert "Cancel it" not in page(operator, one)
    answer = operator.post(f"/changes/{one.pk}/cancel/")
    assert answer.status_code == 409
    assert "It is with Azure already, which cannot take it back." in answer.content.decode()


def test_what_waits_for_a_word_is_sent_by_it(operator: Client, row: CrossConnection):
    one = held(row)
    assert "It was not sent within 15 min, so it waits for a person." in page(operator, one)
    assert operator.post(f"/changes/{one.pk}/go-ahead/").status_code == 303
    one.refresh_from_db()
    assert one.held_at is None
    assert operator.post(f"/changes/{one.pk}/go-ahead/").status_code == 409


@pytest.mark.parametrize(
    ("outcome", "title"), [("taken", "Change applied"), ("not-taken", "Azure did not take the change")]
)
def test_what_is_in_doubt_is_settled_by_a_person(operator: Client, row: CrossConnection, outcome: str, title: str):
    one = change(row, "unknown")
    assert "Azure did not take it" in page(operator, one)
    assert operator.post(f"/changes/{one.pk}/settle/", {"outcome": outcome}).status_code == 303
    assert head(page(operator, one)) == title
    assert operator.post(f"/changes/{one.pk}/settle/", {"outcome": outcome}).status_code == 409


@pytest.mark.parametrize("outcome", ["", "perhaps"])
def test_it_takes_one_of_two_words(operator: Client, row: CrossConnection, outcome: str):
    one = change(row, "unknown")
    answer = operator.post(f"/changes/{one.pk}/settle/", {"outcome": outcome})
    assert answer.status_code == 422
    assert "Say whether Azure took it or not." in answer.content.decode()


def test_a_viewer_is_told_who_can_settle_it(viewer: Client, row: CrossConnection):
    shown = page(viewer, change(row, "unknown"))
    assert "Whoever has the role Operator here can say what became of it." in shown
    assert "settle-taken" not in shown


@pytest.mark.parametrize("state", ["failed", "canceled"])
def test_what_came_to_nothing_is_asked_again_by_a_draft_of_the_same(operator: Client, row: CrossConnection, state: str):
    one = change(row, state)
    assert "Ask again" in page(operator, one)
    answer = operator.post(f"/changes/{one.pk}/again/")
    draft = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cross-connections/{KEY}/review/{draft.pk}/")
    assert (draft.opened, draft.asked, draft.kind) == (one.opened, one.asked, "provisioning")


@pytest.mark.parametrize(("state", "words"), [("succeeded", "It was done."), ("running", "It is not over yet.")])
def test_what_was_done_or_goes_on_is_not_asked_again(operator: Client, row: CrossConnection, state: str, words: str):
    answer = operator.post(f"/changes/{change(row, state).pk}/again/")
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_nothing_is_asked_again_while_another_one_goes_on(operator: Client, row: CrossConnection):
    failed, going = change(row, "failed"), change(row, "running")
    answer = operator.post(f"/changes/{failed.pk}/again/")
    assert answer.status_code == 409
    assert f"Change {going.pk} is not over yet" in answer.content.decode()


def test_looking_again_asks_azure_and_the_page_waits_for_it(viewer: Client, row: CrossConnection):
    failed = change(row, "failed")
    assert 'hx-trigger="every' not in page(viewer, failed)
    assert viewer.post(f"/changes/{failed.pk}/look/").status_code == 303
    shown = page(viewer, failed)
    assert "Reading from Azure" in shown
    address = re.findall(r'hx-get="(\S+)" hx-trigger="every 2s"', shown)[0]
    CrossConnection.objects.filter(pk=row.pk).update(wanted_at=None, read_at=timezone.now())
    assert viewer.get(address, headers=HTMX).headers["HX-Retarget"] == "#change"
    assert "It was read within the last ten seconds." in viewer.post(f"/changes/{failed.pk}/look/").content.decode()


@pytest.mark.parametrize("verb", ["look", "cancel", "go-ahead", "settle", "again"])
def test_looking_at_the_address_of_a_button_leads_back(operator: Client, row: CrossConnection, verb: str):
    one = held(row)
    answer = operator.get(f"/changes/{one.pk}/{verb}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/changes/{one.pk}/")


def summary(state_or_prefixes: str) -> dict[str, tuple[Row, ...]]:
    return {**ANSWERS, "routes-summary": (SummaryRow("172.16.18.1", 65020, "12d04h", state_or_prefixes),)}


def test_what_it_did_to_the_sessions_stands_path_by_path(viewer: Client, row: CrossConnection):
    private_peering(row)
    CrossConnection.objects.filter(pk=row.pk).update(provider_provisioning_state="Provisioned")
    row.refresh_from_db()
    before, after = reading(row, answers=summary("38")), reading(row, answers=summary("Idle"))
    one = change(row, "succeeded", wants_proof=True, snapshot_before=before, snapshot_after=after)
    effect = page(viewer, one).split("What it did to the sessions")[1].split("</section>")[0]
    assert "Up, to check, 38 prefixes" in effect
    assert "up → down" in effect
    assert f'href="/cross-connections/{KEY}/snapshots/2/?compare=1"' in effect


def test_while_the_tables_after_it_are_read_the_page_says_so_and_goes_on(viewer: Client, row: CrossConnection):
    private_peering(row)
    before = reading(row)
    one = change(row, "succeeded", wants_proof=True, snapshot_before=before)
    shown = page(viewer, one)
    assert "The tables are read after it in a moment." in shown
    assert 'hx-trigger="every 5s"' in shown
    type(one).objects.filter(pk=one.pk).update(snapshot_after=reading(row, is_open=True))
    assert "The tables are being read after it, as reading 2." in page(viewer, one)


def test_where_no_proof_was_wished_for_there_is_none(viewer: Client, row: CrossConnection):
    assert "What it did to the sessions" not in page(viewer, change(row, "succeeded"))


def test_what_others_have_written_stays_text(viewer: Client, row: CrossConnection):
    CrossConnection.objects.filter(pk=row.pk).update(circuit_name="<script>alert(1)</script>")
    one = change(
        row,
        "failed",
        error_code="<i>",
        error_message='"><script>alert(2)</script>',
        opened={"provider_notes": "<script>alert(3)</script>"},
        asked={"provider_notes": "</del><script>alert(4)</script>"},
        warnings=["<script>alert(5)</script>"],
        by=person("<script>alert(6)</script>"),
        azure_status="<script>alert(7)</script>",
    )
    for address in (f"/changes/{one.pk}/", "/changes/"):
        assert "<script>" not in viewer.get(address).content.decode()


@pytest.mark.parametrize("number", ["1", "999999999999999999999999999999"])
def test_what_is_not_there_is_not_found(viewer: Client, number: str):
    assert viewer.get(f"/changes/{number}/").status_code == 404


def test_what_is_out_of_reach_is_not_found_and_on_record(row: CrossConnection):
    somebody = person("Sam")
    given(Role.OPERATOR, to=somebody, kind="peering-location", where="Frankfurt")
    browser, one = signed_in_as(somebody), held(row)
    for answer in (
        browser.get(f"/changes/{one.pk}/"),
        browser.get(f"/changes/{one.pk}.json"),
        browser.post(f"/changes/{one.pk}/cancel/"),
    ):
        assert answer.status_code == 404
    assert Entry.objects.filter(result="refused").count() == 3
    one.refresh_from_db()
    assert one.state == "queued"


def test_a_role_too_low_there_may_look_and_not_speak(row: CrossConnection):
    somebody = person("Sam")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Amsterdam")
    browser, one = signed_in_as(somebody), held(row)
    assert browser.get(f"/changes/{one.pk}/").status_code == 200
    assert browser.post(f"/changes/{one.pk}/cancel/").status_code == 403


@pytest.mark.parametrize("calls", [1, 20])
def test_the_number_of_queries_is_constant(
    viewer: Client, row: CrossConnection, calls: int, django_assert_num_queries: DjangoAssertNumQueries
):
    one = change(row, "running")
    for _ in range(calls):
        called(one, "Operations_Get", "GET")
    with django_assert_num_queries(6):  # session, person, roles; the change, how long others took, its calls
        page(viewer, one)
