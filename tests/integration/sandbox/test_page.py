"""The page: where it is, who may post to it, the circuits on it, and what was asked of Azure."""

import re

import pytest

from tests.integration.sandbox.estates import control, keys_of, traced_path
from tests.integration.sandbox.page import AZURE, CIRCUITS, HOME, REQUESTS, Browser, Seen
from tests.integration.sandbox.writing import put_peering
from tests.sandbox_process import SandboxProcess

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HOSTILE = '<script>alert("&")</script>'
PROVISIONED = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"


def test_both_addresses_have_the_page_for_browsers(sandbox: SandboxProcess, browser: Browser) -> None:
    for origin in (browser.origin, sandbox.manifest["arm"]):
        answer = sandbox.session.get(f"{origin}{HOME}", headers={"Accept": "text/html"}, timeout=30)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "you are Azure's customer, and the network" in Seen(answer).text


def test_who_leaves_the_slash_out_gets_there_as_well(browser: Browser) -> None:
    assert browser.open("/_sandbox").answer.headers["Location"] == HOME


def test_to_a_program_the_address_is_what_it_was(sandbox: SandboxProcess) -> None:
    for method in ("GET", "POST"):
        answer = control(sandbox, method, "")
        assert (answer.status_code, answer.json()) == (404, {"error": "There is no control ''."})


def test_the_controls_are_not_on_the_listener_for_people(sandbox: SandboxProcess, browser: Browser) -> None:
    for path in ("circuits", "faults", "behaviour", "reset", "requests"):
        answer = sandbox.session.get(f"{browser.origin}/_sandbox/{path}", timeout=30)
        assert answer.status_code == 404


@pytest.mark.parametrize("path", [HOME, CIRCUITS, f"{CIRCUITS}/{PROVISIONED}", AZURE, REQUESTS])
def test_nothing_of_a_page_is_script_or_foreign(browser: Browser, path: str) -> None:
    seen = browser.open(path)
    assert seen.status == 200
    assert not {"script", "style", "iframe", "img"} & set(seen.tags)
    assert "style=" not in seen.answer.text
    policy = seen.answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_its_look_is_served(sandbox: SandboxProcess, browser: Browser) -> None:
    answer = sandbox.session.get(f"{browser.origin}/_sandbox/page/style.css", timeout=30)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "light-dark(" in answer.text


@pytest.mark.parametrize("path", ["/_sandbox/page/nothing", f"{CIRCUITS}/nothing", f"{CIRCUITS}/{HOSTILE}"])
def test_an_address_that_is_none_leads_back(browser: Browser, path: str) -> None:
    seen = browser.open(path)
    assert seen.status == 404
    assert f'href="{HOME}"' in seen.answer.text
    assert "script" not in seen.tags


FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(("path", "do"), [(AZURE, "reset"), (CIRCUITS, "order"), (f"{CIRCUITS}/{PROVISIONED}", "heal")])
def test_a_form_of_another_site_does_nothing(
    sandbox: SandboxProcess, browser: Browser, path: str, do: str, headers: dict[str, str]
) -> None:
    sandbox.fault("delay", seconds=0)
    before = keys_of(sandbox, "production")
    answer = browser.post(path, do, {"peering_location": "London", "bandwidth_mbps": "50"}, **headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert keys_of(sandbox, "production") == before


@pytest.mark.parametrize("headers", [one for one in FOREIGN if "Origin" in one])
def test_neither_does_a_call_of_the_controls_from_there(sandbox: SandboxProcess, headers: dict[str, str]) -> None:
    sandbox.behave(list_page_size=7)
    answer = control(sandbox, "POST", "reset", headers=headers)
    assert (answer.status_code, "error" in answer.json()) == (403, True)
    assert sandbox.behaviour()["list_page_size"] == 7


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "[", ""])
def test_under_a_name_that_is_not_ours_nothing_is_shown_or_done(browser: Browser, host: str) -> None:
    assert browser.open(HOME, Host=host).status in {400, 403}
    origin = f"http://{host}"
    assert browser.post(AZURE, "reset", {}, Host=host, Origin=origin).status_code in {400, 403}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8444", "127.0.0.1", "[::1]:8444"])
def test_every_name_of_this_machine_is_ours(browser: Browser, host: str) -> None:
    assert browser.open(HOME, Host=host).status == 200
    assert browser.post(AZURE, "clear", {}, Host=host, Origin=f"http://{host}").status_code == 303


def test_a_script_without_an_origin_may_post(sandbox: SandboxProcess, browser: Browser) -> None:
    answer = sandbox.session.post(f"{browser.origin}{AZURE}", data={"do": "clear"}, timeout=30, allow_redirects=False)
    assert answer.status_code == 303


def test_a_form_that_is_none_is_refused(browser: Browser) -> None:
    for path in (AZURE, f"{CIRCUITS}/{PROVISIONED}"):
        answer = browser.post(path, "conquer", {})
        assert answer.status_code == 400
        assert "There is no such form" in answer.text


def test_an_order_leads_to_the_circuit_and_the_e_mail_with_its_key(sandbox: SandboxProcess, browser: Browser) -> None:
    seen = browser.press(HOME, "order", peering_location="Paris", bandwidth_mbps="2000", name="er-adatum")
    found = KEY.search(seen.text)
    assert found is not None
    assert found[0] in keys_of(sandbox, "production")
    told = f"Service key: {found[0]} Peering location: Paris Bandwidth: 2 Gbps VLAN ID: 200"
    assert told in seen.text
    assert "Ordered." in seen.text


def test_an_order_goes_to_the_subscription_that_keeps_the_place(sandbox: SandboxProcess, browser: Browser) -> None:
    seen = browser.press(HOME, "order", peering_location="EUAP Test")
    found = KEY.search(seen.text)
    assert found is not None
    assert found[0] in keys_of(sandbox, "test")


def test_an_order_may_go_to_another_subscription(sandbox: SandboxProcess, browser: Browser) -> None:
    seen = browser.press(HOME, "order", peering_location="Paris", subscription="northlink-er-test")
    found = KEY.search(seen.text)
    assert found is not None
    assert found[0] in keys_of(sandbox, "test")


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("peering_location", "Atlantis", "Atlantis"),
        ("bandwidth_mbps", "123", "not offered"),
        ("bandwidth_mbps", "much", "not offered"),
        ("subscription", "contoso-network", "contoso-network"),
    ],
)
def test_an_order_that_cannot_be_keeps_what_was_typed(browser: Browser, field: str, value: str, word: str) -> None:
    seen = browser.press(HOME, "order", name="er-typed", **{field: value})
    assert seen.status == 400
    assert word in seen.text
    assert seen.forms["order"].fields["name"] == "er-typed"


def test_the_newest_order_comes_first_and_the_list_is_short(sandbox: SandboxProcess, browser: Browser) -> None:
    keys = [sandbox.order(name=f"er-number-{number}") for number in range(3)]
    text = browser.open(HOME).text
    assert next(KEY.finditer(text))[0] == keys[-1]
    assert text.index(keys[2]) < text.index(keys[1]) < text.index(keys[0])
    assert len(KEY.findall(text)) == 25
    assert "25 of 303 are shown" in text


@pytest.mark.parametrize("words", ["er-found-here", "FOUND dublin", "{key}"])
def test_circuits_are_found_by_name_place_and_key(sandbox: SandboxProcess, browser: Browser, words: str) -> None:
    key = sandbox.order(name="er-found-here", peering_location="Dublin")
    text = browser.open(f"{CIRCUITS}?q={words.format(key=key)}").text
    assert [found[0] for found in KEY.finditer(text)] == [key]


def test_a_search_that_finds_nothing_says_so_and_keeps_the_words(browser: Browser) -> None:
    seen = browser.open(f"{CIRCUITS}?q={HOSTILE}")
    assert "No circuit has all of that." in seen.text
    assert "script" not in seen.tags


def test_hostile_names_notes_and_tags_are_harmless(sandbox: SandboxProcess, browser: Browser) -> None:
    key = sandbox.order(name=HOSTILE)
    for path in (HOME, f"{CIRCUITS}/{key}"):
        seen = browser.open(path)
        assert HOSTILE in seen.text
        assert "script" not in seen.tags


def test_the_last_requests_are_shown_newest_first_with_shared_keys_hidden(
    sandbox: SandboxProcess, browser: Browser
) -> None:
    facts = {"vlanId": 200, "peerASN": 65010, "sharedKey": "verysecret1"}
    put_peering(sandbox, PROVISIONED, "AzurePrivatePeering", {"properties": facts})
    sandbox.get(traced_path(sandbox, "nothing"))
    text = browser.open(REQUESTS).text
    first, second = text.index("/nothing?"), text.index("/peerings/AzurePrivatePeering?")
    assert first < second
    assert " GET " in text[:first]
    assert " 404 " in text[first:second]
    assert "verysecret1" not in text
    assert "(hidden)" in text


def test_no_more_than_fifty_requests_are_shown(sandbox: SandboxProcess, browser: Browser) -> None:
    for number in range(55):
        sandbox.get(traced_path(sandbox, f"number-{number}-"))
    text = browser.open(REQUESTS).text
    assert ("number-54-" in text, "number-5-" in text, "number-4-" in text) == (True, True, False)
