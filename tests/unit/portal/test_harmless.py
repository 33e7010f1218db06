"""Texts of others on a page, in a ticket and in a line of the log: told, and not obeyed."""

import io
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from portal import log_config
from portal.harmless import harmless_page, harmless_text

TURNED = "er\u202egnp.exe\u2069"
SHOWN = "er\ufffdgnp.exe\ufffd"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f"<p>Tags of {TURNED}, now</p>", f"<p>Tags of {SHOWN}, now</p>"),
        (f"<p>a\x1b[31mb\x85</p>{TURNED}", f"<p>a\ufffd[31mb\ufffd</p>{SHOWN}"),
        (f'<button data-copy="{TURNED}">Copy {TURNED}</button>', f'<button data-copy="{TURNED}">Copy {SHOWN}</button>'),
        (f"<textarea>\n{TURNED}</textarea>{TURNED}", f"<textarea>\n{TURNED}</textarea>{SHOWN}"),
        (f"<option>{TURNED}</option>", f"<option>{TURNED}</option>"),
        (f'<option value="1">{TURNED}</option>', f'<option value="1">{SHOWN}</option>'),
        ("<p>שלום \u200f(1)\u200e e\u0301 👩\u200d💻\tx\n</p>", "<p>שלום \u200f(1)\u200e e\u0301 👩\u200d💻\tx\n</p>"),
    ],
    ids=ascii,
)
def test_a_page_shows_what_turns_the_direction_and_keeps_what_is_sent_back(page: str, shown: str):
    assert harmless_page(page) == shown


@given(st.text())
def test_no_line_of_a_ticket_is_somebody_elses(text: str):
    told = harmless_text(["Findings", f"  Next: {text}"])
    assert len(told.split("\n")) == 2
    assert told.splitlines()[1].startswith("  Next:")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What somebody at a terminal reads of a logger of their own."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *log_config.FOR_A_TERMINAL]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=processors))
    logger = logging.getLogger("tests.terminal")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_a_terminal_obeys_nothing_that_somebody_asked_for(terminal: io.StringIO):
    structlog.get_logger("tests.terminal").warning(
        "refused", request="GET /\x1b]0;title\x07\r\nforged: yes", user="\x1b[2J"
    )
    told = terminal.getvalue()
    assert "]0;title" in told
    assert "\x1b]" not in told
    assert "\x1b[2J" not in told
    assert len(told.splitlines()) == 1
