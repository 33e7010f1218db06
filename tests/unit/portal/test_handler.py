"""A request can be made whatever stands in its head: see portal.handler."""

import io
from typing import Any

import pytest

from portal.handler import Request


def request(**head: str) -> Request:
    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(b"a=1"), **head}
    return Request(environ | {"CONTENT_TYPE": "application/x-www-form-urlencoded"} | head)


@pytest.mark.parametrize("length", ["http://[", "-1", "+3", " 3", "3.0", "\u0663", "9" * 5_000, ""])
def test_a_length_that_is_none_is_a_body_of_nothing(length: str):
    assert request(CONTENT_LENGTH=length).body == b""


def test_a_length_is_read_as_it_is():
    assert request(CONTENT_LENGTH="3").POST.dict() == {"a": "1"}


@pytest.mark.parametrize("charset", ["hex", "utf-16", "\0", "none"])
def test_another_charset_is_no_form(charset: str):
    found = request(CONTENT_LENGTH="3", CONTENT_TYPE=f"application/x-www-form-urlencoded; charset={charset}")
    assert (found.is_utf8, found.POST.dict()) == (False, {})
