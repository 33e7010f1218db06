"""The Celery application: background work of the portal, started by ``celery -A portal worker`` and ``beat``.

Rows in the database are the outbox and the history; a message only hurries the worker along. So results, events
and remote control are off, and a lost message is a delay, never a loss.

There are two queues, so that what a person waits for never stands behind a sync of thousands. Workers take one each
(``celery -A portal worker -Q people``); one that is started without ``-Q`` takes both.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


PEOPLE, BACKGROUND = "people", "background"
_SECONDS_TO_CONNECT = 4


def broker_settings(url: str) -> dict[str, Any]:
    """Celery's broker settings for a URL; ``filesystem:///folder`` is the embedded broker, files in that folder."""
    if not url.startswith("filesystem://"):
        return _broker_urls(url) | {"broker_transport_options": _time_outs(url)}
    folder = Path(url.removeprefix("filesystem://"))
    for part in ("messages", "control"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return {
        **_broker_urls("filesystem://localhost"),
        "broker_transport": "portal.embedded_broker:Transport",
        "broker_transport_options": {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.1,
        },
    }


def _time_outs(url: str) -> dict[str, Any]:
    """A broker that does not answer must hold nobody up: the row is there, and the clock sends the message again."""
    if not url.startswith(("redis://", "rediss://")):
        return {}  # the other transports heed broker_connection_timeout
    return {"socket_connect_timeout": _SECONDS_TO_CONNECT, "socket_timeout": _SECONDS_TO_CONNECT}


def _broker_urls(url: str) -> dict[str, str]:
    # Celery reads CELERY_BROKER_URL by itself and lets it win over broker_url, but not over these two.
    return {"broker_url": url, "broker_read_url": url, "broker_write_url": url}


app = Celery("portal")
app.conf.update(
    broker_settings(settings.CELERY_BROKER_URL),
    broker_connection_timeout=_SECONDS_TO_CONNECT,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_queues=[Queue(name, Exchange(name), routing_key=name) for name in (PEOPLE, BACKGROUND)],
    task_default_queue=BACKGROUND,
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # Celery gives the count back from the threads of the tasks, on the connection that its main thread reads from: with
    # RabbitMQ both then wait for one answer, and the worker takes no message any more. One too many harms nothing.
    worker_enable_prefetch_count_reduction=False,
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    beat_scheduler="celery.beat:Scheduler",
    timezone="UTC",
)
app.autodiscover_tasks()
