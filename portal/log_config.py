"""Log lines with the request's or task's id: one JSON object each for a collector, plain text for a terminal.

No claims, no secrets, no queries of requests.
"""

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from portal.harmless import harmless_lines


def drop_noise(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what would drown the rest: a line for each request that begins, and for each look at ``/readyz``."""
    if event.get("event") == "request_started" or str(event.get("request", "")).endswith("/readyz"):
        raise structlog.DropEvent
    return event


def show_what_is_unseen(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A terminal obeys what JSON would spell out: what others wrote stands in a line as it is told, not as it works."""
    return {name: harmless_lines(value) if isinstance(value, str) else value for name, value in event.items()}


FOR_A_TERMINAL: list[Any] = [show_what_is_unseen, structlog.dev.ConsoleRenderer()]
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LINES: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [*_SHARED, structlog.processors.format_exc_info],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(FOR_A_TERMINAL if sys.stderr.isatty() else [structlog.processors.JSONRenderer()]),
            ],
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Requests' addresses and bodies may hold codes and tokens; msal logs even as an error what it could not read.
    "loggers": {
        "azure": {"level": "ERROR"},
        "msal": {"level": "CRITICAL"},
        # A line for each message would drown the rest: the sweep alone comes every five seconds.
        "django_structlog.celery": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}

structlog.configure(
    processors=[
        drop_noise,
        *_SHARED,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
