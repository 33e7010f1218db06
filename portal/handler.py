"""How requests come in from the server."""

import codecs
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

# Of the largest number of bytes that any disk holds; Python reads no number of some thousand digits.
_MOST_DIGITS = 18


class Request(WSGIRequest):
    """One that can be made whatever stands in its head.

    Django hands names of charsets in it on to Python, and Python raises for some (``charset=hex``), at a moment when no
    handler of errors is there yet. Every page of ours is UTF-8, and so is what a browser sends from one: what says
    otherwise is no form, and ``is_utf8`` is False, which portal.middleware refuses.
    """

    is_utf8 = True

    def __init__(self, head: dict[str, Any]) -> None:
        # gunicorn refuses a length that is no number. Where another server passes it on, Django raises over it.
        if not _is_length(head.get("CONTENT_LENGTH") or "0"):
            head["CONTENT_LENGTH"] = "0"
        super().__init__(head)

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
            self.is_utf8 = codecs.lookup(self.content_params.get("charset", "utf-8")).name == "utf-8"
        except (LookupError, ValueError):
            self.is_utf8 = False
        if not self.is_utf8:
            self.content_type, self.content_params = "", {}


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


class Handler(WSGIHandler):
    """Django's own, with such requests."""

    request_class = Request
