"""Every address that does something or gives a file away has a limit, and one too many gets a 429 (ASVS 2.4.1)."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings

from portal.limits.counting import Limit
from portal.limits.models import Tally
from tests.integration.access.matrix import FIELDS, World
from tests.integration.portal.security.acts import ALL, administrator, sign_in_anew
from tests.integration.portal.security.walk import AND_TOLD, Stop, rows_but_of, stops, text_of
from tests.urlconf import views

FILES = {str(one.name) for one in views() if str(one.pattern).endswith((".csv", ".jsonl", ".txt"))}
# Why an address needs none.
WITHOUT = {
    "access": "an administrator's own, and each deed is on record",
    "end-assignment": "likewise",
    "person-access": "likewise",
    "settle": "ends once what waits, and each end is on record",
    "sign-out": "nobody is kept in",
}
PAGE = Path(settings.BASE_DIR) / "docs" / "security.md"


def limit_of(stop: Stop) -> Limit | None:
    return getattr(stop.pattern.callback, "limit", None)


def key_of(stop: Stop, world: World) -> str:
    """Whom it counts: for the way in an address, else the person."""
    return "127.0.0.1" if stop.name.startswith("sign-in") else str(administrator(world).session["_auth_user_id"])


def fill(limit: Limit, key: str) -> None:
    """As often as is allowed in this window."""
    full = {"count": limit.most}
    Tally.objects.update_or_create(limit=limit.name, key=key, ends_at=limit.window_end(), defaults=full)


def asked(stop: Stop, world: World) -> Any:
    does = stop.name in {act.name for act in ALL}
    browser = administrator(world)
    return browser.post(stop.address, FIELDS) if does else browser.get(stop.address)


def test_whatever_does_something_or_gives_a_file_away_has_a_limit(world: World):
    wanted = {act.name for act in ALL} | FILES | {"sign-in-start", "sign-in-callback"}
    without = {stop.name for stop in stops(world) if stop.name in wanted and limit_of(stop) is None}
    assert without == WITHOUT.keys()


def test_one_more_than_the_limit_gets_a_429_that_says_when_to_come_back_and_does_nothing(world: World):
    for stop in stops(world):
        if (limit := limit_of(stop)) is None:
            continue
        with time_machine.travel("2026-11-25 12:00:05Z", tick=False):
            sign_in_anew(world)
            fill(limit, key_of(stop, world))
            before = rows_but_of(AND_TOLD)
            answer = asked(stop, world)
            assert (answer.status_code, answer.headers.get("Retry-After")) == (429, "55"), stop.name
            assert "Try again in 55 seconds." in text_of(answer), stop.name
            assert rows_but_of(AND_TOLD) == before, stop.name


def test_the_page_of_security_tells_of_every_limit_and_how_much_it_is():
    told = PAGE.read_text().partition("## Rate limits")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines() if "| `" in line]
    rows = {(name.strip("`"), int(most)) for _, names, most, _ in cells for name in names.split(", ")}
    limits = {one.callback.limit for one in views() if hasattr(one.callback, "limit")}
    assert rows == {(limit.name, limit.most) for limit in limits}


@pytest.mark.parametrize("forged", ["198.51.100.7", "198.51.100.8, 127.0.0.1", "::1"])
def test_no_header_that_a_browser_makes_up_gives_it_another_count(world: World, forged: str):
    with time_machine.travel("2026-11-25 12:00:05Z", tick=False):
        limit = next(found for stop in stops(world) if stop.name == "sign-in-start" and (found := limit_of(stop)))
        fill(limit, "127.0.0.1")
        headers = {"X-Forwarded-For": forged, "X-Real-IP": forged, "Forwarded": f"for={forged}", "Client-IP": forged}
        assert world.browser("anonymous").get("/sign-in/start/", headers=headers).status_code == 429
