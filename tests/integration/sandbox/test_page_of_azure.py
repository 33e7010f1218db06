"""The page on which Azure is made slow, failing or odd by hand."""

from typing import Any

import pytest

from tests.integration.sandbox.estates import control, traced_path
from tests.integration.sandbox.page import AZURE, HOME, Browser
from tests.integration.sandbox.test_page import HOSTILE
from tests.sandbox_process import SandboxProcess

TROUBLES: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("slow", {"seconds": "0.5", "times": "2"}, {"fault": "delay", "seconds": 0.5, "times": 2}),
    ("slow", {"which": "tables"}, {"path_pattern": "/(arpTables|routeTables|routeTablesSummary)/", "method": None}),
    ("throttled", {"retry_after": "7"}, {"fault": "status", "status": 429, "retry_after": 7, "method": "GET"}),
    ("throttled", {"retry_after": ""}, {"fault": "status", "status": 429, "retry_after": None}),
    ("unavailable", {"which": "sign-in"}, {"status": 503, "path_pattern": "/(token|keys|openid-configuration)$"}),
    ("failing", {"code": "Odd"}, {"fault": "operation-failure", "code": "Odd", "method": "PUT", "times": 1}),
    ("stalled", {}, {"fault": "operation-stall", "method": "PUT", "times": 1}),
    (
        "any",
        {"fault": "truncate", "method": "DELETE", "path_pattern": "peerings", "times": "3", "when": "after"},
        {"fault": "truncate", "method": "DELETE", "path_pattern": "peerings", "times": 3, "when": "after"},
    ),
]


@pytest.mark.parametrize(("name", "typed", "told"), TROUBLES)
def test_a_trouble_becomes_the_fault_that_it_says(
    sandbox: SandboxProcess, browser: Browser, name: str, typed: dict[str, str], told: dict[str, Any]
) -> None:
    seen = browser.press(AZURE, f"fault {name}", **typed)
    assert seen.status == 200
    [fault] = sandbox.faults()
    assert {one: fault[one] for one in told} == told
    assert fault["fault"] in seen.text


def test_throttled_reads_are_answered_so(sandbox: SandboxProcess, browser: Browser) -> None:
    browser.press(AZURE, "fault throttled", retry_after="7", times="1")
    answers = [sandbox.get(traced_path(sandbox)) for _ in range(2)]
    assert [one.status_code for one in answers] == [429, 200]
    assert answers[0].headers["Retry-After"] == "7"


def test_faults_wait_until_nobody_wants_them(sandbox: SandboxProcess, browser: Browser) -> None:
    assert "clear" not in browser.open(AZURE).forms
    browser.press(AZURE, "fault unavailable")
    assert "No more faults are waiting." in browser.press(AZURE, "clear").text
    assert sandbox.faults() == []


@pytest.mark.parametrize(
    ("name", "typed", "word"),
    [
        ("slow", {"seconds": "ages"}, "seconds takes a number"),
        ("slow", {"times": "0"}, "times takes a whole number"),
        ("throttled", {"retry_after": "soon"}, "retry_after takes a whole number"),
        ("failing", {"code": "Ünlesbar"}, "code takes printable ASCII"),
        ("any", {"fault": "flood"}, "fault 'flood' is not known"),
        ("any", {"path_pattern": "("}, "no regular expression"),
        ("any", {"status": "200"}, "status takes a whole number"),
        ("any", {"fault": "truncate", "when": "before"}, "when cannot be before"),
        ("any", {"method": "FETCH"}, "no HTTP method"),
    ],
)
def test_a_fault_that_cannot_be_keeps_what_was_typed(
    sandbox: SandboxProcess, browser: Browser, name: str, typed: dict[str, str], word: str
) -> None:
    seen = browser.press(AZURE, f"fault {name}", **typed)
    assert (seen.status, word in seen.text) == (400, True)
    form = seen.forms[f"fault {name}"]
    lines = {one: value for one, value in typed.items() if one not in form.choices}
    assert {one: form.fields[one] for one in lines} == lines
    assert sandbox.faults() == []


def test_every_switch_has_a_form_with_its_meaning(sandbox: SandboxProcess, browser: Browser) -> None:
    seen = browser.open(AZURE)
    for one in control(sandbox, "GET", "behaviour").json()["behaviour"]:
        assert f"switch {one['name']}" in seen.forms
        assert " ".join(one["meaning"].split()) in seen.text


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("unregistered", "true", True),
        ("quota", "12", 12),
        ("clock_skew_seconds", "-60", -60),
        ("parallel_writes", "allowed", "allowed"),
        ("operation_word", "Busy", "Busy"),
        ("table_oddities", "no_microsoft_row, weights", ["no_microsoft_row", "weights"]),
        ("missing_permission", "Microsoft.Network/*", "Microsoft.Network/*"),
        ("prefix_validation", "ValidationNeeded", "ValidationNeeded"),
    ],
)
def test_a_switch_is_turned_and_back(
    sandbox: SandboxProcess, browser: Browser, name: str, typed: str, value: object
) -> None:
    default = browser.open(AZURE).forms[f"switch {name}"].fields["value"]
    seen = browser.press(AZURE, f"switch {name}", value=typed)
    assert sandbox.behaviour()[name] == value
    assert seen.forms[f"switch {name}"].fields["value"] == typed
    assert "On a healthy day" in seen.text
    assert "Every switch is as on a healthy day." in browser.press(AZURE, f"switch {name}", value=default).text


@pytest.mark.parametrize(
    ("name", "typed", "word"),
    [
        ("unregistered", "perhaps", "true or false"),
        ("quota", "many", "quota takes a whole number"),
        ("quota", "1.5", "quota takes a whole number"),
        ("parallel_writes", "now and then", "refused_429"),
        ("table_oddities", f"weights, {HOSTILE}", "table_oddities takes"),
        ("operation_word", "Failed", "operation_word takes"),
    ],
)
def test_a_switch_that_cannot_be_turned_so_says_why(
    sandbox: SandboxProcess, browser: Browser, name: str, typed: str, word: str
) -> None:
    before = sandbox.behaviour()
    seen = browser.press(AZURE, f"switch {name}", value=typed)
    assert (seen.status, word in seen.text) == (400, True)
    if "value" not in seen.forms[f"switch {name}"].choices:
        assert seen.forms[f"switch {name}"].fields["value"] == typed
    assert "script" not in seen.tags
    assert sandbox.behaviour() == before


@pytest.mark.parametrize("name", ["gravity", "reset", HOSTILE])
def test_a_switch_that_is_none_is_refused(browser: Browser, name: str) -> None:
    answer = browser.post(AZURE, f"switch {name}", {"value": "true"})
    assert (answer.status_code, "There is no switch" in answer.text) == (400, True)
    assert "<script" not in answer.text


def test_a_reset_takes_everything_back(sandbox: SandboxProcess, browser: Browser) -> None:
    key = sandbox.order()
    sandbox.fault("delay")
    sandbox.behave(quota=5)
    seen = browser.press(AZURE, "reset")
    assert "as the seed made it" in seen.text
    assert (sandbox.faults(), sandbox.behaviour()["quota"]) == ([], 3750)
    assert key not in browser.open(HOME).text
