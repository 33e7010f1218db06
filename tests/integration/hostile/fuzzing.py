"""Sending what a strategy makes to one address, and judging each answer."""

import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.integration.hostile.counting import Tally
from tests.integration.hostile.undoing import undone
from tests.integration.hostile.wire import Answer, Asked, ask, in_words

# How many inputs each form gets, and addresses, queries and heads as many fewer as in a short round; 0 for that one.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
OF_A_FORM = 24
# 204: nothing new for a page that polls. 286: htmx' word for "poll no more", with a banner. 301: a slash is missing.
# 410: a review that is over.
ANSWERS = frozenset({200, 204, 286, 301, 302, 303, 400, 403, 404, 405, 409, 410, 413, 422, 429})
MOST_SECONDS = 8.0
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")

Judge = Callable[[Asked, Answer], None]


def fuzz(
    strategy: SearchStrategy[Asked], tally: Tally, *, session: str, examples: int, judge: Judge | None = None
) -> None:
    """Each request is undone. A short round is the same each time, a longer one another each time."""
    how = settings(
        max_examples=max(EXAMPLES * examples // OF_A_FORM, 1) if EXAMPLES else examples,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[*HealthCheck],
    )

    @how
    @given(strategy)
    def send(asked: Asked) -> None:
        with undone():
            answer = _counted(asked, tally, session)
            _judge(asked, answer)
            if judge:
                judge(asked, answer)

    with logged_lines() as log:
        send()
    for line in log.getvalue().split("\n")[:-1]:
        assert not _CONTROL.search(line), line
        assert isinstance(json.loads(line), dict), line


def _counted(asked: Asked, tally: Tally, session: str) -> Answer:
    tally.inputs += 1
    begun = time.thread_time()
    try:
        answer = ask(asked, session=session)
    except Exception:
        tally.server_errors += 1
        raise
    tally.server_errors += answer.status >= 500
    spent = time.thread_time() - begun
    assert spent < MOST_SECONDS, f"{asked} took {spent:.1f} s"
    return answer


def _judge(asked: Asked, answer: Answer) -> None:
    assert answer.status in ANSWERS, f"{asked} got {in_words(answer.status)}"
    assert b"Traceback" not in answer.body, asked
    answer.text  # noqa: B018 - every answer is UTF-8


@contextmanager
def logged_lines() -> Iterator[StringIO]:
    """All that goes to the log meanwhile, in the form that the settings have for a collector."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.getLogger().handlers[0].formatter)
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)
