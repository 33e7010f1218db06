"""The cross connections app."""

from django.apps import AppConfig


class CrossConnectionsConfig(AppConfig):
    """The domain: mirror, syncs and pages."""

    name = "crossconnections"

    def ready(self) -> None:
        """Tell the portal how fresh the mirror is and where roles can hold, and the clock what to start."""
        from crossconnections import places, queries, queue
        from portal.celery import app
        from portal.health import checks

        checks.register("sync", queries.sync_level)
        places.register()
        app.conf.beat_schedule = queue.SCHEDULE
