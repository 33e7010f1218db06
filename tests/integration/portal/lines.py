"""What the log writes, as it is written: by the settings' own handler and formatter."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from structlog.stdlib import ProcessorFormatter


@contextmanager
def written() -> Iterator[StringIO]:
    """All lines meanwhile. pytest's own capture of file descriptors sees none of them: the handler is older than it."""
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, ProcessorFormatter))
    assert isinstance(handler, logging.StreamHandler)
    text = StringIO()
    before = handler.setStream(text)
    try:
        yield text
    finally:
        handler.setStream(before)
