"""The page of the trail."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.activity.checking import check_the_chain
from portal.activity.objects import register
from portal.activity.trail import About, record_alone, record_refusal
from portal.actors import Actor
from tests.integration.activity.entries import LOOKED, SWITCH, TURNED, at_a_browser, person, turned
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def administrator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Administrator")


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/activity/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def deeds(client: Client, query: str = "") -> list[str]:
    """What stands on the page, the newest first."""
    return re.findall(r"</svg>([^<]+)</summary>", page(client, query))


def test_an_entry_tells_time_who_what_object_outcome_and_from_where(administrator: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        turned("left")
    shown = page(administrator)
    assert "Monday 23 November 2026" in shown
    for words in (">12:00:00<", "Lotte de Vries", "Turned it to left", "Done", "web, 10.8.4.17", "The red one"):
        assert words in shown
    assert f'<code>5b2f0c1e</code><button class="copy" type="button" data-copy="{SWITCH.id}"' in shown


def test_the_ids_unfold(administrator: Client) -> None:
    turned("left", correlation_id="c-77")
    shown = page(administrator)
    for value in ("c-77", SWITCH.id, str(person().object_id), str(person().tenant_id)):
        assert f'data-copy="{value}"' in shown


def test_what_was_refused_says_why(administrator: Client) -> None:
    record_refusal(TURNED, by=at_a_browser(), reason="The role Operator is needed.")
    shown = page(administrator)
    for words in ("Nobody signed in", "Refused", "The role Operator is needed.", "Turned … to …"):
        assert words in shown


def test_what_an_entry_says_is_text(administrator: Client) -> None:
    name = "<script>alert(1)</script>"
    record_alone(
        TURNED, by=Actor("web", name), about=About("switch", name, name), details={"thing": "{side.__class__}"}
    )
    shown = page(administrator)
    assert "<script>alert" not in shown
    assert "Turned {side.__class__} to …" in shown


def test_an_object_links_to_its_page_where_there_is_one(administrator: Client) -> None:
    register("lamp", "lamp number", lambda lamp: f"/lamps/{lamp}/")
    record_alone(LOOKED, by=at_a_browser(), about=About("lamp", "7"))
    record_alone(LOOKED, by=at_a_browser(), about=About("nobody knows", "8"))
    shown = page(administrator)
    assert '<a href="/lamps/7/"><code>7</code></a>' in shown
    assert 'aria-label="Copy lamp number"' in shown
    assert "<code>8</code></a>" not in shown


@pytest.mark.parametrize("role", ["Portal.Viewer", "Portal.Support", "Portal.Operator"])
def test_all_but_administrators_see_what_they_did_themselves(signed_in: Callable[..., Client], role: str) -> None:
    client = signed_in(role)
    turned("left")
    turned("right", by=at_a_browser(User.objects.get(object_id="22222222-2222-4222-8222-222222222222")))
    shown = page(client)
    assert "You see what you did yourself." in shown
    for query in ("", "?q=turned", f"?object=switch:{SWITCH.id}", f"?person={person().object_id}", "?before=99"):
        assert "Turned it to left" not in page(client, query)
    assert deeds(client) == ["Turned it to right"]
    assert "".join(exported(client, "csv")).count("test.turned") == 1
    assert "".join(exported(client, "jsonl")).count("test.turned") == 1
    assert 'name="person"' not in shown


def exported(client: Client, form: str) -> list[str]:
    answer = client.get(f"/activity/export.{form}")
    return [part.decode() for part in answer.streaming_content]  # type: ignore[attr-defined]


def test_a_person_of_another_tenant_with_the_same_object_id_is_another(signed_in: Callable[..., Client]) -> None:
    client = signed_in("Portal.Viewer")
    other = User(tenant_id="99999999-0000-4000-8000-000000000000", object_id=User.objects.get().object_id, name="Other")
    turned("left", by=at_a_browser(other))
    assert deeds(client) == []


def test_somebody_without_a_role_sees_nothing(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    for path in ("/activity/", "/activity/export.csv", "/activity/export.jsonl"):
        assert client.get(path).status_code == 403


@pytest.fixture
def several(administrator: Client) -> Client:
    """Five deeds on three days."""
    sam = person("Sam Ortiz", "44444444-4444-4444-8444-444444444444")
    for days, write in (
        (2, lambda: turned("left")),
        (1, lambda: turned("right", by=at_a_browser(sam))),
        (1, lambda: record_alone(LOOKED, by=Actor("command", "root", address="noc-1"))),
        (0, lambda: record_refusal(TURNED, by=at_a_browser(sam), reason="No.", details={"thing": "it", "side": "up"})),
        (0, lambda: turned("down", correlation_id="c0ffee")),
    ):
        with time_machine.travel(NOON - timedelta(days=days), tick=False):
            write()
    return administrator


LEFT, RIGHT, UP, DOWN = (f"Turned it to {side}" for side in ("left", "right", "up", "down"))
LOOK = "Looked around"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?q=ortiz", [UP, RIGHT]),
        ("?q=SAM+turned", [UP, RIGHT]),
        ("?q=5b2f0c1e", [DOWN, RIGHT, LEFT]),
        ("?q={5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610}", [DOWN, RIGHT, LEFT]),
        ("?q=red+one", [DOWN, RIGHT, LEFT]),
        ("?q=looked", [LOOK]),
        ("?q=noc-1", [LOOK]),
        ("?q=c0ffee", [DOWN]),
        ("?q=side", []),
        ("?person=44444444-4444-4444-8444-444444444444", [UP, RIGHT]),
        ("?person=44444444-4444-4444-8444-444444444444&result=refused", [UP]),
        ("?area=Tests+of+looking", [LOOK]),
        ("?area=Tests+of+looking&area=Tests", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?area=nonsense", []),
        ("?deed=test.looked", [LOOK]),
        ("?result=refused", [UP]),
        ("?result=refused&result=done", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?result=nonsense", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?from=2026-11-22", [DOWN, UP, LOOK, RIGHT]),
        ("?to=2026-11-22", [LOOK, RIGHT, LEFT]),
        ("?from=2026-11-22&to=2026-11-22", [LOOK, RIGHT]),
        ("?from=2026-11-23&to=2026-11-22", []),
        (f"?object=switch:{SWITCH.id}", [DOWN, RIGHT, LEFT]),
        (f"?object=lamp:{SWITCH.id}", []),
        ("?object=nonsense", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?before=3", [RIGHT, LEFT]),
        ("?before=x", [DOWN, UP, LOOK, RIGHT, LEFT]),
        ("?before=99999999999999999999999999", [DOWN, UP, LOOK, RIGHT, LEFT]),
        (f"?q=%00&person=%00&object=%00:%00&before=%00&area={'x' * 3000}", []),
    ],
)
def test_filters_combine(several: Client, query: str, told: list[str]) -> None:
    assert deeds(several, query) == told


@pytest.mark.parametrize("field", ["from", "to"])
@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9999-12-31", "0001-01-01", "²026-01-01"])
def test_a_day_that_is_none_is_told_beside_its_field(several: Client, field: str, day: str) -> None:
    shown = page(several, f"?{field}={day}")
    assert f'id="error-{field}">“{day}” is no day' in shown
    assert LEFT in shown


def test_days_the_wrong_way_round_are_told(several: Client) -> None:
    assert "That is before the first day" in page(several, "?from=2026-11-23&to=2026-11-22")


def test_what_is_chosen_shows_and_goes_with_the_files(several: Client) -> None:
    shown = page(several, "?result=refused&area=Tests&from=2026-11-22&person=gone")
    assert '<input type="checkbox" name="result" value="refused" checked>' in shown
    assert '<input type="checkbox" name="person" value="gone" checked>' in shown
    assert 'value="2026-11-22"' in shown
    query = "?person=gone&amp;area=Tests&amp;result=refused&amp;from=2026-11-22"
    assert f'href="/activity/export.csv{query}"' in shown
    assert f'href="/activity/export.jsonl{query}"' in shown
    assert "Clear filters" in shown


def test_an_object_that_is_looked_at_alone_can_be_left(several: Client) -> None:
    shown = page(several, f"?object=switch:{SWITCH.id}&q=left")
    assert f'<input type="hidden" name="object" value="switch:{SWITCH.id}">' in shown
    assert '<a class="btn quiet" href="/activity/?q=left">All objects</a>' in shown


def test_no_match_says_where_was_searched(several: Client) -> None:
    assert "No entry matches “nothing like this”" in page(several, "?q=nothing+like+this")


def test_htmx_gets_the_address_without_what_is_not_set(several: Client) -> None:
    answer = several.get("/activity/?q=left&from=&to=", headers={"HX-Request": "true"})
    assert answer.headers["HX-Replace-Url"] == "/activity/?q=left"


def test_the_hundred_and_first_is_on_the_next_page(administrator: Client) -> None:
    turned(*map(str, range(1, 102)))
    first = page(administrator, "?q=turned")
    assert 'href="/activity/?q=turned&amp;before=2" rel="next">Older' in first
    assert len(deeds(administrator, "?q=turned")) == 100
    assert deeds(administrator, "?q=turned&before=2") == ["Turned it to 1"]
    last = page(administrator, "?q=turned&before=2")
    assert "Older" not in last
    assert 'href="/activity/?q=turned">Newest' in last


@pytest.mark.parametrize("count", [1, 40])
def test_the_number_of_queries_is_constant(administrator: Client, django_assert_num_queries, count: int) -> None:
    turned(*map(str, range(count)))
    check_the_chain()
    # Session, person, their assignments; the entries, the check, the people of the menu.
    with django_assert_num_queries(6):
        page(administrator)


def test_the_chain_was_not_checked_yet(administrator: Client) -> None:
    assert "The chain was not checked yet" in page(administrator)


def test_the_chain_is_intact_and_how_long_ago_that_was_seen(administrator: Client) -> None:
    turned("left", "right")
    with time_machine.travel(timezone.now() - timedelta(minutes=26)):
        check_the_chain()
    shown = page(administrator)
    assert "Chain of 2 entries intact, checked <time" in shown
    assert ">26 min ago</time>" in shown


def test_a_check_that_is_old_warns(administrator: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=4)):
        check_the_chain()
    assert '<span class="fresh warn">' in page(administrator)


def test_a_viewer_is_told_that_it_is_intact_but_not_how_long_it_is(signed_in: Callable[..., Client]) -> None:
    turned("left", "right")
    check_the_chain()
    assert "Chain intact, checked" in page(signed_in("Portal.Viewer"))


def test_tampering_that_the_clock_found_stands_above_all(administrator: Client) -> None:
    turned("left", "right")
    tamper("UPDATE activity_entry SET actor_name = 'Sam' WHERE number = 1")
    check_the_chain()
    shown = page(administrator)
    assert "The chain is not intact" in shown
    assert "<li>Entry 1 was changed.</li>" in shown


def test_an_entry_that_was_tampered_with_does_not_break_the_page(administrator: Client) -> None:
    turned("left")
    tamper("UPDATE activity_entry SET details = '{', result = 'x', deed = '{', via = 'y'")
    assert deeds(administrator) == ["{"]
    for form in ("csv", "jsonl"):
        assert exported(administrator, form)


def test_it_says_how_long_entries_are_kept(administrator: Client, settings) -> None:
    settings.PORTAL_RETENTION_DAYS = 90
    assert "Entries cannot be changed or deleted. Kept for 90 days." in page(administrator)


@pytest.mark.parametrize("path", ["/activity/", "/activity/export.csv", "/activity/export.jsonl"])
def test_it_takes_no_post(administrator: Client, path: str) -> None:
    assert administrator.post(path).status_code == 405


def test_an_entry_that_was_changed_says_so_before_the_clock_has_looked(administrator: Client) -> None:
    turned("left", "right")
    tamper("UPDATE activity_entry SET actor_name = 'Somebody else' WHERE number = 1")
    text = page(administrator)
    assert text.count("It does not stand here as it was written") == 1
    assert text.count("Changed</span>") == 1
