from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from crossconnections import arm
from crossconnections.arm import OperationProgress
from tests.unit.arm.looks import (
    ELSEWHERE,
    MOVED,
    RESULT,
    STATUS,
    accepted,
    at_result,
    at_status,
    goes_on_at_result,
    in_progress,
    with_code,
)

# What a 202 tells of what began.


def test_with_a_location_alone_it_is_the_one_place_to_look_at() -> None:
    progress = accepted(Location=RESULT, Retry_After="10", x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert progress == OperationProgress(RESULT, "", "", 10.0, "r-1", "c-1")


def test_with_both_the_status_is_looked_at_and_the_result_is_remembered() -> None:
    progress = accepted(Location=RESULT, Azure_AsyncOperation=STATUS)
    assert progress == OperationProgress(STATUS, RESULT, "", None, "", "")


@pytest.mark.parametrize("headers", [{}, {"Location": ""}, {"Azure_AsyncOperation": STATUS}])
def test_without_a_place_for_the_result_it_is_not_understood(headers: dict[str, str]) -> None:
    with pytest.raises(arm.NotFollowed, match="did not say where") as raised:
        accepted(**headers, x_ms_request_id="r-1")
    assert raised.value.request_id == "r-1"


@pytest.mark.parametrize("url", ELSEWHERE)
def test_no_header_names_a_place_outside_of_the_cloud(url: str) -> None:
    for headers in (
        {"Location": url},
        {"Location": url, "Azure_AsyncOperation": STATUS},
        {"Location": RESULT, "Azure_AsyncOperation": url},
    ):
        with pytest.raises(arm.NotFollowed):
            accepted(**headers)
    with pytest.raises(arm.HostNotAllowed):
        at_result(202, Location=url)


def test_a_regional_host_of_the_cloud_is_followed() -> None:
    regional = RESULT.replace("management", "brazilus.management")
    assert accepted(Location=regional).poll_url == regional
    assert goes_on_at_result(Location=regional).poll_url == regional


def test_an_address_of_four_thousand_characters_is_kept_whole() -> None:
    url = f"{RESULT}&t={'a' * 4000}"
    assert accepted(Location=url, Azure_AsyncOperation=url).result_url == url


# How long Azure asks to wait.


@pytest.mark.parametrize("progress", [in_progress, goes_on_at_result, lambda **told: accepted(Location=RESULT, **told)])
@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({}, None),
        ({"Retry_After": "10"}, 10.0),
        ({"Retry_After": "0"}, 0.0),
        ({"Retry_After": "Tue, 01 May 2018 19:26:01 GMT"}, 30.0),
        ({"Retry_After": "Tue, 01 May 2018 19:00:00 GMT"}, 0.0),
        ({"Retry_After": ""}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "10.5"}, None),
        ({"Retry_After": "9" * 400}, None),
        ({"Retry_After": f"Tue, 01 May {'9' * 30} 19:26:01 GMT"}, None),
        ({"Retry_After": f"Tue, 01 May 2018 19:26:01 +{'9' * 17}"}, None),
    ],
)
@time_machine.travel(datetime(2018, 5, 1, 19, 25, 31, tzinfo=UTC), tick=False)
def test_the_wait_is_as_azure_says_or_unknown(
    progress: Callable[..., OperationProgress], told: dict[str, str], seconds: float | None
) -> None:
    assert progress(**told).retry_after == seconds


@given(st.text(alphabet="0123456789 :,+-.TueMayGMT\u0663", max_size=40))
def test_no_wait_brings_the_reader_down(told: str) -> None:
    seconds = in_progress(Retry_After=told).retry_after
    assert seconds is None or seconds >= 0


# The status in words.


@pytest.mark.parametrize("word", ["Succeeded", "succeeded", "SUCCEEDED"])
def test_after_success_the_result_is_the_next_place_and_at_once(word: str) -> None:
    progress = at_status(200, {"status": word}, Retry_After="10", x_ms_request_id="r-1")
    assert progress == OperationProgress(RESULT, "", "Succeeded", 0.0, "r-1", "")


@pytest.mark.parametrize(
    "word", ["InProgress", "Running", "Accepted", "Updating", "Succeeded.", "Cancelled", "Failed "]
)
def test_each_other_word_means_that_it_goes_on(word: str) -> None:
    progress = at_status(200, {"status": word}, Retry_After="10")
    assert progress == OperationProgress(STATUS, RESULT, word, 10.0, "", "")


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_whatever_word_azure_thinks_of_next_goes_on(word: str) -> None:
    if word.casefold() not in {"succeeded", "failed", "canceled"}:
        assert at_status(200, {"status": word}) == OperationProgress(STATUS, RESULT, word, None, "", "")


@given(st.sampled_from(["Succeeded", "Failed", "Canceled"]), st.text(min_size=1, max_size=3), st.booleans())
def test_a_word_is_the_whole_word(word: str, more: str, before: bool) -> None:
    longer = more + word if before else word + more
    try:
        assert at_status(200, {"status": longer}).poll_url == STATUS
    except arm.AnswerNotUnderstood as error:
        assert "status is not a text" in str(error)  # noqa: PT017 - a text that no database takes


@given(st.sampled_from(["Failed", "Canceled"]), st.lists(st.booleans(), min_size=8, max_size=8))
def test_the_end_is_known_in_any_case(word: str, upper: list[bool]) -> None:
    spelled = "".join(
        letter.upper() if up else letter.lower() for letter, up in zip(word, upper[: len(word)], strict=True)
    )
    with pytest.raises(arm.OperationFailed) as raised:
        at_status(200, {"status": spelled})
    assert raised.value.code == word


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_an_empty_202_at_the_status_address_goes_on(body: bytes) -> None:
    assert at_status(202, body, Retry_After="7") == OperationProgress(STATUS, RESULT, "", 7.0, "", "")


def test_a_202_with_a_word_is_read_as_a_200_is() -> None:
    assert at_status(202, {"status": "InProgress"}).word == "InProgress"
    assert at_status(202, {"status": "Succeeded"}).poll_url == RESULT
    with pytest.raises(arm.OperationFailed):
        at_status(202, {"status": "Failed"})


def test_a_status_that_is_an_empty_text_is_no_word_and_goes_on() -> None:
    assert at_status(200, {"status": ""}) == OperationProgress(STATUS, RESULT, "", None, "", "")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (b"<html>hello</html>", "the document is not a JSON object"),
        (b'["Succeeded"]', "the document is not a JSON object"),
        (b'"Succeeded"', "the document is not a JSON object"),
        ({}, "status is missing"),
        ({"status": None}, "status is missing"),
        ({"Status": "Succeeded"}, "status is missing"),
        ({"properties": {"status": "Succeeded"}}, "status is missing"),
        (with_code("InternalServerError"), "status is missing"),
        ({"status": 7}, "status is not a text"),
        ({"status": True}, "status is not a text"),
        ({"status": ["Succeeded"]}, "status is not a text"),
        ({"status": {"code": "Succeeded"}}, "status is not a text"),
        ({"status": "Succeeded\x00"}, "status is not a text"),
    ],
)
@pytest.mark.parametrize("status", [200, 202])
def test_a_status_that_cannot_be_read_tells_of_the_look_alone(status: int, body: object, wrong: str) -> None:
    with pytest.raises(arm.AnswerNotUnderstood, match=wrong) as raised:
        at_status(status, body, Content_Length="1", x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert (raised.value.request_id, raised.value.correlation_id) == ("r-1", "c-1")
    assert (type(raised.value), raised.value.__context__) == (arm.AnswerNotUnderstood, None)


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_an_empty_200_at_the_status_address_is_no_status(body: bytes) -> None:
    with pytest.raises(arm.AnswerNotUnderstood, match="the document is not a JSON object"):
        at_status(200, body)


def test_a_status_that_breaks_off_is_known_as_such() -> None:
    with pytest.raises(arm.AnswerCut):
        at_status(200, b'{"status": "Succ')
    with pytest.raises(arm.AnswerNotUnderstood) as raised:
        at_status(200, b'{"status": "Succ', Content_Length="16")
    assert type(raised.value) is arm.AnswerNotUnderstood


@pytest.mark.parametrize("status", [201, 203, 204, 301, 302, 304, 307])
def test_a_success_that_comes_with_a_strange_status_is_none(status: int) -> None:
    with pytest.raises(arm.AnswerNotUnderstood, match=f"Azure answered {status}"):
        at_status(status, {"status": "Succeeded"}, Location=MOVED)


def test_no_header_of_a_status_leads_elsewhere() -> None:
    headers = {"Location": "https://evil.example/x", "Azure_AsyncOperation": "https://evil.example/x"}
    assert at_status(200, {"status": "InProgress"}, **headers).poll_url == STATUS
    assert at_status(200, {"status": "Succeeded"}, **headers).poll_url == RESULT
