"""Errors in German and English: a program has to go by their codes."""

import re
from urllib.parse import quote

import pytest
from requests import Response

from sandbox.arm.sentences import ENGLISH, GERMAN
from tests.integration.sandbox.estates import refusal, traced_path
from tests.sandbox_process import SandboxProcess

MISSING = {True: "Die Ressource ", False: "The Resource "}


def ask_in(sandbox: SandboxProcess, language: str | None, name: str = "nothing", *, token: str = "") -> Response:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox, name)}?api-version=2025-09-01"
    # requests sends no header of its own for a language.
    asked = {"Accept-Language": language.encode()} if language is not None else {}
    headers = {"Authorization": f"Bearer {token or sandbox.token()}".encode()} | asked
    return sandbox.session.get(url, headers=headers, timeout=30)


@pytest.mark.parametrize(
    ("language", "is_german"),
    [
        (None, False),
        ("", False),
        ("de", True),
        ("de-AT", True),
        ("DE-de,en;q=0.8", True),
        ("en-US,de;q=0.9", False),
        ("en;q=0.5, de;q=0.7", True),
        ("de;q=0.5, en;q=0.7", False),
        ("de, en", True),
        ("en, de", False),
        ("fr, de;q=0.9", False),
        ("den", False),
        ("*", False),
        ("de;q=soon, en", False),
        (";;,=,q=", False),
    ],
)
def test_the_language_is_the_one_that_is_preferred(
    sandbox: SandboxProcess, language: str | None, *, is_german: bool
) -> None:
    answer = ask_in(sandbox, language)
    assert refusal(answer) == (404, "ResourceNotFound")
    assert answer.json()["error"]["message"].startswith(MISSING[is_german])


@pytest.mark.parametrize("language", [None, "en-US", "de"])
def test_everybody_is_told_in_german_when_the_switch_is_on(sandbox: SandboxProcess, language: str | None) -> None:
    sandbox.behave(localised_messages=True)
    assert ask_in(sandbox, language).json()["error"]["message"].startswith(MISSING[True])


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_name_is_told_whole_whatever_is_in_it(sandbox: SandboxProcess, language: str) -> None:
    answer = ask_in(sandbox, language, quote("o'er '{0}' {name} %?#"))
    assert "/o'er '{0}' {name} %?#'" in answer.json()["error"]["message"]


def test_a_refused_token_is_told_in_german_too(sandbox: SandboxProcess) -> None:
    answer = ask_in(sandbox, "de", token="nonsense")
    assert answer.json()["error"] == {
        "code": "InvalidAuthenticationToken",
        "message": "Das Zugriffstoken ist ungültig.",
    }


def test_details_speak_the_language_of_their_error(sandbox: SandboxProcess) -> None:
    sandbox.behave(unregistered=True)
    error = ask_in(sandbox, "de").json()["error"]
    assert error["details"][0]["message"] == error["message"]
    assert error["message"].startswith("Das Abonnement ist nicht für die Verwendung des Namespace 'Microsoft.Network'")


@pytest.mark.parametrize("key", ENGLISH)
def test_every_sentence_is_there_in_german_with_the_same_words_filled_in(key: str) -> None:
    assert set(re.findall(r"\{\w+\}", GERMAN[key])) == set(re.findall(r"\{\w+\}", ENGLISH[key]))
    assert GERMAN[key] != ENGLISH[key]
    assert GERMAN.keys() == ENGLISH.keys()


def test_a_token_for_a_resource_that_no_header_could_hold_is_refused(sandbox: SandboxProcess) -> None:
    fields = {"grant_type": "client_credentials", "scope": "https://é\r\n€.example/.default"}
    answer = ask_in(sandbox, "en", token=sandbox.ask_token(fields).json()["access_token"])
    assert refusal(answer) == (401, "InvalidAuthenticationTokenAudience")
    assert "https://?" in answer.headers["WWW-Authenticate"]
