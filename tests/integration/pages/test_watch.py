"""The page of a watch: its timeline, what happened in words, and how it goes."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crossconnections.models import CrossConnection, Watch, WatchRead
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.pages.readings import MICROSOFT, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.integration.pages.watches import ended, told, up, watch
from tests.people import given, person, signed_in_as

BEGIN = f"/cross-connections/{KEY}/watch/"
END = f"{BEGIN}end/"
TROUBLESHOOTING = f"/cross-connections/{KEY}/troubleshooting/"
HOUR = 3600


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def page(client: Client, address: str = BEGIN, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def happened(shown: str) -> list[str]:
    """What happened, line by line, without moments."""
    return re.findall(r"<p><b>(.*?)</b> <time", shown.split('id="events"')[1])


def sessions(shown: str) -> list[str]:
    """The lines of the table, without marks."""
    _, table = shown.split('<table class="tbl sessions">')
    rows = table.split("</table>")[0].split("<tbody>")[1].split("</tr>")[:-1]
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows]


def test_a_press_puts_it_on_watch_and_leads_back_to_troubleshooting(operator: Client, row: CrossConnection):
    assert ">Watch</button>" in page(operator, TROUBLESHOOTING)
    answer = operator.post(BEGIN)
    assert (answer.status_code, answer.headers["Location"]) == (303, TROUBLESHOOTING)
    shown = page(operator, TROUBLESHOOTING)
    assert re.search(r"On watch until <time[^>]*>(\d+ \w+, )?\d\d:\d\d UTC</time>", shown)
    assert ">Watch</button>" not in shown


def test_the_button_stands_beside_a_reading_as_well(operator: Client, row: CrossConnection):
    reading(row)
    assert ">Watch</button>" in page(operator, TROUBLESHOOTING)


def test_support_sees_the_watch_and_has_no_button(support: Client, row: CrossConnection):
    assert ">Watch</button>" not in page(support, TROUBLESHOOTING)
    assert "Putting it on watch takes the role Operator here." in page(support)
    told(watch(row), *up(HOUR))
    assert "On watch until" in page(support, TROUBLESHOOTING)
    assert "End watch" not in page(support)
    assert (support.post(BEGIN).status_code, support.post(END).status_code) == (403, 403)
    assert Watch.objects.get().ended_at is None


def test_after_its_end_the_last_watch_is_found_and_another_may_begin(operator: Client, row: CrossConnection):
    ended(watch(row))
    shown = page(operator, TROUBLESHOOTING)
    assert "Last watch ended" in shown
    assert ">Watch</button>" in shown


def test_ending_leads_to_the_timeline_and_is_said_there(operator: Client, row: CrossConnection):
    watch(row)
    assert "End watch" in page(operator)
    answer = operator.post(END)
    assert (answer.status_code, answer.headers["Location"]) == (303, BEGIN)
    assert "UTC</time> by Lotte de Vries" in page(operator)
    answer = operator.post(END)
    assert answer.status_code == 409
    assert "It has ended already." in answer.content.decode()


def test_where_nothing_is_on_watch_there_is_nothing_to_end(operator: Client, row: CrossConnection):
    assert operator.post(END).status_code == 404


def test_without_a_peering_a_press_is_refused_with_the_sentence_that_stood_there_before(operator: Client, db: None):
    cross_connection(enlisted(), KEY)
    sentence = "No peering is set up, so there are no sessions to watch yet."
    assert sentence in page(operator)
    answer = operator.post(BEGIN)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "On watch"),
        ({"waits_for": "reading"}, "Somebody reads the tables of this cross connection, which goes first."),
        ({"waits_for": "quota"}, "Less than half of Azure's quota is left"),
        ({"waits_for": "throttled"}, "Azure asked the portal to wait."),
        ({"next_at": timezone.now() - timedelta(minutes=5)}, "No worker has taken the next reading yet"),
    ],
)
def test_it_says_how_it_goes(viewer: Client, row: CrossConnection, values: dict[str, Any], words: str):
    watch(row, by=User.objects.get(), **values)
    shown = page(viewer)
    assert words in shown
    assert "by Lotte de Vries" in shown
    assert "Next reading" in shown
    assert "Ends by itself" in shown


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("over", "by itself, after 12 h"),
        ("gone", "</time> when the cross connection went from Azure"),
        ("role-ended", "</time> with the role of Lotte de Vries here"),
    ],
)
def test_it_says_how_it_ended(viewer: Client, row: CrossConnection, end: str, words: str):
    ended(watch(row, by=User.objects.get()), end=end)
    shown = page(viewer)
    assert words in shown
    assert "Next reading" not in shown
    assert 'hx-trigger="every 30s"' not in shown


def test_before_the_first_summary_it_says_what_comes(viewer: Client, row: CrossConnection):
    watch(row, minutes=0)
    assert "No summary has been read yet." in page(viewer)


def test_sessions_that_stay_up_are_told_with_since_when_and_nothing_happened(viewer: Client, row: CrossConnection):
    on_watch = watch(row)
    told(on_watch, *up(HOUR, HOUR + 180, HOUR + 360))
    told(on_watch, *up(9 * HOUR, 9 * HOUR + 180, 9 * HOUR + 360), path="secondary")
    shown = page(viewer)
    first, second = sessions(shown)
    assert re.fullmatch(r"Private primary 172.16.18.1 Up since (\d+ \w+, )?\d\d:\d\d:\d\d UTC ± \d s 0 38", first)
    assert second.startswith("Private secondary 172.16.18.5 Up since")
    assert "Nothing yet: no session went up or down since the watch began" in shown


def test_a_session_that_goes_down_and_comes_back_is_told_newest_first(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR), ("00:01:00", "Idle"), *up(60))
    shown = page(viewer)
    assert happened(shown) == ["Private primary came up", "Private primary went down"]
    assert re.search(r"went down</b> <time[^>]*>[^<]*\d\d:\d\d:\d\d UTC ± 6 s</time>", shown)
    assert sessions(shown)[0].endswith("1 38")
    assert 'class="bar down"' in shown


def test_a_flap_that_no_round_saw_is_a_reset_with_a_tick(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR, 70))
    shown = page(viewer)
    assert happened(shown) == ["Private primary was reset and came up again"]
    assert shown.count('class="tick"') == 3  # in both drawings and in the legend
    assert 'class="bar down"' in shown.split('class="legend"')[1]
    assert 'class="bar down"' not in shown.split('class="legend"')[0]


def test_a_read_that_failed_is_a_gap_and_never_down(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR), "GatewayTimeout", *up(HOUR + 360))
    shown = page(viewer)
    drawn = shown.split('class="legend"')[0]
    assert 'class="bar un"' in drawn
    assert 'class="bar down"' not in drawn
    assert happened(shown) == ["Private primary: not known"]
    assert "Not read once: Azure failed. That says nothing about the link." in shown
    assert sessions(shown)[0].endswith("0 38")


def test_where_the_last_read_failed_nothing_is_said_to_be_up(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR), "GatewayTimeout")
    (line,) = sessions(page(viewer))
    assert line == "Private primary 172.16.18.1 Not read 0 38 before"


def test_where_no_read_succeeded_the_lane_is_there_and_unknown(viewer: Client, row: CrossConnection):
    told(watch(row), "GatewayTimeout")
    assert sessions(page(viewer)) == ["Private primary Not read 0"]


def test_a_session_that_the_router_stops_to_show_is_not_known(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR))
    told(Watch.objects.get(), *up(HOUR))
    WatchRead.objects.filter(pk=WatchRead.objects.latest("pk").pk).update(
        sessions=[], finished_at=timezone.now(), sent_at=timezone.now()
    )
    (line,) = sessions(page(viewer))
    assert line.startswith("Private primary 172.16.18.1 No session shown")


def test_prefixes_are_numbered_where_they_change(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR, HOUR + 180, HOUR + 360, HOUR + 540, prefixes=[38, 38, 1204, 1204]))
    shown = page(viewer)
    assert "Nothing yet: no session went up or down" in shown
    assert re.search(r"Private primary</b> 38 → 1,204 <time[^>]*>[^<]*\d\d:\d\d UTC</time>", shown)
    assert set(re.findall(r'<text class="n"[^>]*>([\d,]+)</text>', shown)) == {"38", "1,204"}
    assert sessions(shown)[0].endswith("1,204 (38 to 1,204)")


def test_of_prefixes_that_change_with_every_round_the_newest_are_listed(viewer: Client, row: CrossConnection):
    told(watch(row), *up(*range(HOUR, HOUR + 60 * 180, 180), prefixes=range(60)))
    shown = page(viewer)
    assert "58 → 59" in shown
    assert "8 → 9 " not in shown
    assert "The newest 50 of 59 are listed." in shown


def test_both_peerings_and_both_address_families_have_lanes_of_their_own(viewer: Client, row: CrossConnection):
    on_watch = watch(row)
    for peering in (MICROSOFT, "AzurePrivatePeering"):
        for path in ("secondary", "primary"):
            told(on_watch, *up(HOUR), path=path, peering=peering)
    read = WatchRead.objects.get(peering_type=MICROSOFT, device_path="primary")
    read.sessions += [read.sessions[0] | {"neighbor": "2001:db8::1"}]
    read.save()
    names = [" ".join(line.split()[:3]) for line in sessions(page(viewer))]
    assert names == [
        "Private primary 172.16.18.1",
        "Private secondary 172.16.18.5",
        "Microsoft primary 172.16.18.1",
        "Microsoft primary IPv6",
        "Microsoft secondary 172.16.18.5",
    ]


def test_the_picture_says_all_of_it_to_those_who_do_not_see_it(viewer: Client, row: CrossConnection):
    told(watch(row), *up(HOUR), ("00:01:00", "Idle"))
    words = set(re.findall(r'role="img" aria-label="([^"]+)"', page(viewer)))
    (told_in_words,) = words
    assert re.match(r"Sessions from .* UTC\. Private primary: down, idle since .* UTC ± 6 s, ", told_in_words)
    assert told_in_words.endswith(", once down or reset, prefixes 38 before.")


def other_one(row: CrossConnection, key: str, **values: object) -> CrossConnection:
    return cross_connection(row.subscription, key, circuit_name=f"er-{key}", **values)


def test_resets_of_other_circuits_on_the_same_port_are_one_event(viewer: Client, row: CrossConnection):
    for one in (row, other_one(row, "two"), other_one(row, "three")):
        told(watch(one), *up(HOUR, 70))
    other_port = {"primary_azure_port": "AMS-06GMR-CIS-4-PRI-A"}
    told(watch(other_one(row, "elsewhere", **other_port)), *up(HOUR, 70))
    told(watch(other_one(row, "later")), *up(HOUR, 1))
    shown = page(viewer)
    assert happened(shown) == ["3 circuits, same port: reset and up again"]
    assert "Private primary. Azure port AMS-06GMR-CIS-3-PRI-A: one event, so most likely one cause." in shown
    assert set(re.findall(r'href="/cross-connections/(\w+)/">er-', shown)) == {"two", "three"}


def test_of_other_circuits_nobody_learns_what_is_out_of_their_reach(row: CrossConnection):
    for one in (row, other_one(row, "two"), other_one(row, "secret", peering_location="Frankfurt")):
        told(watch(one), *up(HOUR, 70))
    somebody = person("Jonas Lindqvist")
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Amsterdam")
    shown = page(signed_in_as(somebody))
    assert happened(shown) == ["2 circuits, same port: reset and up again"]
    assert "secret" not in shown


def test_two_sessions_of_one_circuit_on_one_port_are_one_event(viewer: Client, row: CrossConnection):
    on_watch = watch(row)
    told(on_watch, *up(HOUR, 70))
    told(on_watch, *up(HOUR, 60), peering=MICROSOFT)
    assert happened(page(viewer)) == ["Private primary and Microsoft primary: reset and up again"]


def test_while_it_goes_on_the_page_asks_every_30_seconds_and_says_what_is_new(viewer: Client, row: CrossConnection):
    on_watch = watch(row)
    told(on_watch, *up(HOUR))
    (address,) = re.findall(r'hx-get="([^"]+)" hx-trigger="every 30s"', page(viewer))
    assert address == f"{BEGIN}?watch={on_watch.pk}&seen=0"
    told(on_watch, *up(70), ("00:01:00", "Idle"))
    WatchRead.objects.all().delete()
    told(on_watch, *up(HOUR, 70))
    news = page(viewer, address, **{"HX-Request": "true"})
    assert "<html" not in news
    assert '<p id="said" hx-swap-oob="innerHTML">Private primary was reset and came up again' in news
    assert 'id="acts"' not in news


def test_once_it_has_ended_the_page_asks_no_more_and_offers_another(operator: Client, row: CrossConnection):
    on_watch = ended(watch(row))
    news = page(operator, f"{BEGIN}?watch={on_watch.pk}&seen=0", **{"HX-Request": "true"})
    assert "hx-trigger" not in news
    assert '<div class="acts" id="acts" hx-swap-oob="true">' in news


def test_an_earlier_watch_is_shown_at_its_own_address_and_no_others(viewer: Client, row: CrossConnection):
    earlier = ended(watch(row, minutes=600))
    told(earlier, *up(HOUR, 70))
    watch(row)
    assert f'href="{BEGIN}?watch={earlier.pk}"' in page(viewer)
    assert happened(page(viewer, f"{BEGIN}?watch={earlier.pk}")) == ["Private primary was reset and came up again"]
    of_another = watch(other_one(row, "two"))
    assert viewer.get(f"{BEGIN}?watch={of_another.pk}").status_code == 404


@pytest.mark.parametrize("rounds", [2, 40])
def test_the_page_takes_a_handful_of_queries_however_long_it_was_on_watch(
    viewer: Client, row: CrossConnection, rounds: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for one in (row, *(other_one(row, f"n{number}") for number in range(rounds // 4))):
        told(watch(one), *up(*([70] * rounds)))
    viewer.get(BEGIN)
    with django_assert_num_queries(10):
        viewer.get(BEGIN)
