"""How requests come in from the server."""

import codecs
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """One that can be made whatever stands in its head.

    Django hands names of charsets in it on to Python, and Python raises for some (``charset=hex``), at a moment when no
    handler of errors is there yet. Every page of ours is UTF-8, and so is what a browser sends from one: what says
    otherwise is no form, and ``is_utf8`` is False, which portal.middleware refuses.
    """

    is_utf8 = True

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
            self.is_utf8 = codecs.lookup(self.content_params.get("charset", "utf-8")).name == "utf-8"
        except (LookupError, ValueError):
            self.is_utf8 = False
        if not self.is_utf8:
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    """Django's own, with such requests."""

    request_class = Request
