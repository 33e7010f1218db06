"""A request's frames lie in one chunk of the interpreter's stack: see portal.middleware.in_one_chunk."""

import resource
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.middleware import in_one_chunk

DEPTHS, CALLS = 150, 200


def test_calls_at_no_depth_ask_the_system_for_memory_anew() -> None:
    answer = in_one_chunk(_calls_at_every_depth)
    answer(HttpRequest())

    assert _page_faults(answer) < DEPTHS


def test_it_stands_below_all_others() -> None:
    assert settings.MIDDLEWARE[0] == "portal.middleware.in_one_chunk"


def _calls_at_every_depth(_request: HttpRequest) -> HttpResponse:
    """As a template's tags do: to and fro at the end of a chunk, wherever that is."""
    for depth in range(DEPTHS):
        _at(depth)
    return HttpResponse()


def _at(depth: int) -> None:
    if depth:
        _at(depth - 1)
    else:
        for _ in range(CALLS):
            _leaf()


def _leaf() -> None:
    pass


def _page_faults(answer: Callable[[HttpRequest], HttpResponse]) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    answer(HttpRequest())
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
