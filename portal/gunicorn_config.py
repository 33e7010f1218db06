"""How gunicorn serves the portal: threads, since a page waits for the database and never for Azure."""

import gc

from gunicorn.workers.base import Worker

from portal.log_config import LINES
from portal.settings import PORTAL_TRUSTED_PROXIES

worker_class = "gthread"
workers = 1
threads = 8
# Settings are read in the main process, so that a bad one stops it instead of restarting workers for ever.
preload_app = True
graceful_timeout = 5
keepalive = 5
# Only these may say that the browser came by https (X-Forwarded-Proto); nobody by default.
forwarded_allow_ips = ",".join(PORTAL_TRUSTED_PROXIES)
control_socket_disable = True
# Its own lines are objects as all others are: what it quotes of a bad request must not break one (OWASP ASVS 16.4.1).
logconfig_dict = LINES | {"loggers": LINES["loggers"] | {"gunicorn.error": {"propagate": True}}}


def post_worker_init(_worker: Worker) -> None:
    """What was loaded stays as long as the process: to look through it again and again cost a long list a fifth."""
    gc.collect()
    gc.freeze()
