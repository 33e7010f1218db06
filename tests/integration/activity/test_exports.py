"""The trail as files."""

import csv
import hashlib
import hmac
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client

from portal.activity.models import Entry
from portal.activity.trail import record_alone
from portal.actors import Actor
from tests.integration.activity.entries import TURNED, turned
from tests.tampering import break_the_trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Administrator")


def whole(client: Client, address: str) -> str:
    return b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_the_csv_holds_what_the_page_holds_and_its_own_entry(administrator: Client) -> None:
    turned("left", "right")
    lines = list(csv.DictReader(io.StringIO(whole(administrator, "/activity/export.csv"))))
    assert [line["what"] for line in lines] == ["Exported activity as CSV", "Turned it to right", "Turned it to left"]
    assert (lines[1]["number"], lines[1]["mac"]) == ("2", Entry.objects.get(number=2).mac)
    only = csv.DictReader(io.StringIO(whole(administrator, "/activity/export.csv?deed=test.turned&to=2999-01-01")))
    assert [line["number"] for line in only] == ["2", "1"]


def test_a_name_that_would_be_a_formula_is_text_to_a_spreadsheet(administrator: Client) -> None:
    record_alone(TURNED, by=Actor("web", "=HYPERLINK(1)"), details={"thing": "it", "side": "x"})
    (line,) = csv.DictReader(io.StringIO(whole(administrator, "/activity/export.csv?deed=test.turned")))
    assert line["actor_name"] == "'=HYPERLINK(1)"


def test_the_chain_can_be_checked_elsewhere_from_the_json_lines(administrator: Client, settings) -> None:
    settings.PORTAL_ACTIVITY_KEYS = ("a key of at least 32 characters, noted elsewhere",)
    turned("left", "right", "left")
    lines = [json.loads(line) for line in whole(administrator, "/activity/export.jsonl").splitlines()]
    assert [line["number"] for line in lines] == [4, 3, 2, 1]

    def canonical(value: object) -> str:
        return json.dumps(value, sort_keys=True, separators=(",", ":"))

    for line, before in zip(lines, [*lines[1:], {"mac": ""}], strict=True):
        sealed = {name: value for name, value in line.items() if name != "mac"}
        sealed["details"] = canonical(line["details"])
        mac = hmac.new(settings.PORTAL_ACTIVITY_KEYS[0].encode(), canonical(["entry", sealed]).encode(), hashlib.sha256)
        assert line["mac"] == mac.hexdigest()
        assert line["previous_mac"] == before["mac"]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_is_recorded_before_its_first_byte(administrator: Client, form: str) -> None:
    answer = administrator.get(f"/activity/export.{form}?q=x&result=refused")
    entry = Entry.objects.get()
    assert (entry.deed, entry.via, entry.actor_name, entry.address) == (
        "activity.exported", "web", "Lotte de Vries", "127.0.0.1",
    )  # fmt: skip
    assert entry.named_details == {
        "format": {"csv": "CSV", "jsonl": "JSON lines"}[form],
        "filters": "q=x&result=refused",
    }
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    answer.getvalue()


def test_a_head_records_nothing(administrator: Client) -> None:
    administrator.head("/activity/export.csv")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_cannot_be_recorded_is_not_exported(administrator: Client, form: str) -> None:
    turned("left")
    break_the_trail()
    answer = administrator.get(f"/activity/export.{form}")
    assert answer.status_code == 503
    shown = answer.content.decode()
    assert "The activity cannot be recorded" in shown
    assert "The trail of activity was tampered with in the database" in shown


def test_the_page_tells_a_key_that_is_gone_from_tampering(administrator: Client, settings) -> None:
    turned("left")
    settings.PORTAL_ACTIVITY_KEYS = ("a key of at least 32 characters, noted elsewhere",)
    turned("right")
    settings.PORTAL_ACTIVITY_KEYS = ()
    answer = administrator.get("/activity/export.csv")
    assert answer.status_code == 503
    assert "the former key belongs into PORTAL_SECRET_KEY_FALLBACKS or PORTAL_ACTIVITY_KEYS" in answer.content.decode()
