import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import CrossConnection, Snapshot, TableRead
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.pages import readings
from tests.integration.pages.readings import FIRST, MICROSOFT, PRIVATE, end, fail, read_of, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

ADDRESS = f"/cross-connections/{KEY}/troubleshooting/"


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


def page(client: Client, address: str = ADDRESS) -> str:
    return readings.page(client, address=address)


def test_where_no_table_was_read_the_page_says_what_to_do(support: Client, row: CrossConnection):
    shown = page(support)
    assert "No tables were read yet" in shown
    assert "Read tables now" in shown
    assert "The routes take" not in shown


def test_how_long_the_routes_take_is_told_before_the_first_reading_once_five_were_read_there(
    support: Client, row: CrossConnection
):
    for _ in range(2):
        reading(cross_connection(row.subscription))
    assert "The routes take" not in page(support)
    reading(cross_connection(row.subscription))
    assert "The routes take a while, usually 12 s here." in page(support)


def test_a_viewer_is_told_which_role_reads_tables(viewer: Client, row: CrossConnection):
    for _ in range(2):
        shown = page(viewer)
        assert "Reading the tables takes the role Support here." in shown
        assert not re.search("Read tables now|>Stop<|>Retry<|<textarea", shown)
        reading(row)


def test_a_press_asks_for_every_table_of_both_paths_and_leads_to_the_reading(support: Client, row: CrossConnection):
    private_peering(row, peering_type=MICROSOFT)
    answer = support.post(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert TableRead.objects.count() == 12
    shown = page(support, FIRST)
    assert "0 of 12 answered" in shown
    assert shown.count("queued") == 12


def test_whoever_presses_while_one_is_read_shares_it_and_is_told(support: Client, row: CrossConnection):
    reading(row, is_open=True, by=User.objects.get())
    answer = support.post(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{FIRST}?shared=1")
    assert Snapshot.objects.count() == 1
    assert "you share reading 1, which Lotte de Vries asked for" in page(support, answer.headers["Location"])


def test_a_press_after_one_has_ended_starts_another(support: Client, row: CrossConnection):
    reading(row)
    assert support.post(ADDRESS).headers["Location"] == f"/cross-connections/{KEY}/snapshots/2/"
    assert "Reading 2 is newer" in page(support, FIRST)


def test_without_a_peering_a_press_is_refused_with_the_sentence_that_stood_there_before(support: Client, db: None):
    cross_connection(enlisted(), KEY)
    sentence = "No peering is set up, so there are no tables to read yet."
    assert sentence in page(support)
    answer = support.post(ADDRESS)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()


def test_of_what_is_gone_the_last_reading_stays_and_no_new_one_is_read(support: Client, row: CrossConnection):
    reading(row)
    CrossConnection.objects.update(gone_at=timezone.now())
    sentence = "It is gone from Azure, so there are no tables to read."
    assert sentence in page(support)
    answer = support.post(ADDRESS)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert "0c86.10f4.7a21" in answer.content.decode()


def test_of_what_is_gone_no_read_that_failed_is_offered_once_more(support: Client, row: CrossConnection):
    fail(read_of(reading(row)))
    CrossConnection.objects.update(gone_at=timezone.now())
    shown = page(support).split('id="failures"')[1]
    assert "retry-" not in shown
    assert "It is gone from Azure, so there are no tables to read." in shown


def test_a_viewer_cannot_ask(viewer: Client, row: CrossConnection):
    assert viewer.post(ADDRESS).status_code == 403
    assert not Snapshot.objects.exists()


def test_the_latest_reading_is_shown_one_under_way_too(support: Client, row: CrossConnection):
    reading(row)
    assert "<b>Reading 1</b>, the latest" in page(support)
    reading(row, is_open=True)
    assert "<b>Reading 2</b>, the latest" in page(support)


def test_stopping_waits_for_nothing_more_and_is_on_record(support: Client, row: CrossConnection):
    snapshot = reading(row, is_open=True)
    answer = support.post(f"{FIRST}stop/?peering={PRIVATE}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{FIRST}?peering={PRIVATE}")
    snapshot.refresh_from_db()
    assert snapshot.finished_at
    assert "Not read: the reading was stopped" in page(support, FIRST)
    assert Entry.objects.latest("number").deed == "tables.stopped"


def test_what_has_ended_cannot_be_stopped(support: Client, row: CrossConnection):
    reading(row)
    answer = support.post(f"{FIRST}stop/")
    assert answer.status_code == 409
    assert "It has ended already." in answer.content.decode()


def test_a_read_that_failed_is_asked_for_once_more(support: Client, row: CrossConnection):
    snapshot = reading(row)
    fail(read_of(snapshot, "secondary", "routes-summary"))
    fields = {"peering": PRIVATE, "path": "secondary", "table": "routes-summary"}
    answer = support.post(f"{FIRST}retry/", fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert read_of(snapshot, "secondary", "routes-summary").state == "queued"
    assert support.post(f"{FIRST}retry/", fields).status_code == 409


def test_a_read_that_is_not_there_cannot_be_retried(support: Client, row: CrossConnection):
    reading(row)
    assert support.post(f"{FIRST}retry/", {"peering": MICROSOFT, "path": "primary", "table": "arp"}).status_code == 404


def test_a_read_of_an_older_reading_is_not_retried_and_the_page_says_why(support: Client, row: CrossConnection):
    fail(read_of(reading(row)))
    reading(row)
    shown = page(support, FIRST)
    assert "There is a newer reading by now: read the tables anew." in shown
    assert "retry-" not in shown
    fields = {"peering": PRIVATE, "path": "primary", "table": "arp"}
    assert support.post(f"{FIRST}retry/", fields).status_code == 409


def test_a_retry_that_meets_another_reading_on_its_way_is_refused_and_changes_nothing(
    support: Client, row: CrossConnection
):
    reading(row, is_open=True)
    second = reading(row)
    fail(read_of(second))
    fields = {"peering": PRIVATE, "path": "primary", "table": "arp"}
    answer = support.post(f"/cross-connections/{KEY}/snapshots/2/retry/", fields)
    assert answer.status_code == 409
    assert "There is a newer reading by now" in answer.content.decode()
    assert read_of(second).state == "failed"


def test_where_no_peering_is_known_a_press_asks_azure_whether_that_is_still_so(support: Client, row: CrossConnection):
    row.peerings.all().delete()
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(minutes=5))
    answer = support.post(ADDRESS)
    assert answer.status_code == 409
    assert "Azure is being asked whether that is still so" in answer.content.decode()
    row.refresh_from_db()
    assert row.wanted_at is not None


def test_a_press_that_finds_nothing_twice_within_a_minute_asks_azure_once(support: Client, row: CrossConnection):
    row.peerings.all().delete()
    CrossConnection.objects.update(read_at=timezone.now())
    assert "Azure is being asked" not in support.post(ADDRESS).content.decode()
    row.refresh_from_db()
    assert row.wanted_at is None


@pytest.mark.parametrize("deed", ["stop", "retry", "comment"])
def test_a_link_back_from_a_sign_in_leads_to_the_reading_and_does_nothing(
    support: Client, row: CrossConnection, deed: str
):
    reading(row, is_open=True)
    answer = support.get(f"{FIRST}{deed}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert Snapshot.objects.get().finished_at is None


def test_a_comment_is_kept_shown_and_on_record(support: Client, row: CrossConnection):
    reading(row)
    answer = support.post(f"{FIRST}comment/", {"comment": "Called the customer.\r\nThey reset the port."})
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert Snapshot.objects.get().comment == "Called the customer.\nThey reset the port."
    assert page(support).count("They reset the port.") == 3
    assert Entry.objects.latest("number").deed == "tables.commented"


def test_a_comment_that_is_too_long_is_refused_and_nothing_typed_is_lost(support: Client, row: CrossConnection):
    reading(row)
    long = "x" * 2001
    answer = support.post(f"{FIRST}comment/", {"comment": long})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "A comment takes at most 2,000 characters; this one has 2,001." in shown
    assert long in shown
    assert Snapshot.objects.get().comment == ""
    assert support.post(f"{FIRST}comment/", {"comment": "\r\n".join(["x"] * 1000) + "\r\n"}).status_code == 303


def test_an_unknown_number_is_not_found(support: Client, row: CrossConnection):
    reading(row)
    for number in (2, 10**30):
        assert support.get(f"/cross-connections/{KEY}/snapshots/{number}/").status_code == 404


def test_the_reading_of_one_cross_connection_is_not_found_under_another(support: Client, row: CrossConnection):
    reading(row)
    other = cross_connection(row.subscription)
    assert support.get(f"/cross-connections/{other.service_key}/snapshots/1/").status_code == 404


def test_earlier_readings_are_listed_ten_at_a_time(support: Client, row: CrossConnection):
    for _ in range(12):
        reading(row)
    shown = page(support)
    assert shown.count('id="to-reading-') == 9  # and the one that is shown
    [earlier] = re.findall(r'id="earlier" href="([^"#]*)#readings"', shown)
    assert earlier == f"?peering={PRIVATE}&before=3"
    assert 'id="to-reading-1"' in page(support, f"{ADDRESS}{earlier}")


def test_how_old_the_tables_are_is_told_like_everything_else(support: Client, row: CrossConnection):
    reading(row, asked_at=timezone.now() - timedelta(hours=3))
    assert re.search(r'class="fresh bad" id="freshness"[^>]*>\s*<svg.*?Read <time[^>]*>2 h ago', page(support))


@pytest.mark.parametrize(("readings", "before"), [(1, 1), (2, 2), (4, 2)])
def test_the_number_of_queries_is_constant(
    support: Client, row: CrossConnection, readings: int, before: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for _ in range(readings):
        reading(row, peerings=(PRIVATE, MICROSOFT)[:readings])
    # Session, person, roles; the row, its peerings; the reading, its reads, the rows of ARP and
    # sessions, those of the routes, the readings before it; the one right before it with its reads, and all rows of
    # both for the diagnosis; the latest watch.
    with django_assert_num_queries(12 + before):
        page(support)
    with django_assert_num_queries(10 + before):  # the routes were merged and the diagnosis was made a moment ago
        page(support)


def test_while_it_goes_on_the_durations_of_each_table_are_asked_for_as_well(
    support: Client, row: CrossConnection, django_assert_num_queries: DjangoAssertNumQueries
):
    snapshot = reading(row, is_open=True)
    with django_assert_num_queries(13):
        page(support)
    end(snapshot)
