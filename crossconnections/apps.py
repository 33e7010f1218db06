"""The cross connections app."""

from django.apps import AppConfig


class CrossConnectionsConfig(AppConfig):
    """The domain: mirror, syncs and pages."""

    name = "crossconnections"

    def ready(self) -> None:
        """Tell the portal what it has to know of the domain, and the clock what to start."""
        from crossconnections import places, queries, queue
        from crossconnections.queries.figures import figures
        from portal.celery import app
        from portal.health import checks
        from portal.health.figures import register

        checks.register("sync", queries.sync_level)
        register(figures)
        places.register()
        app.conf.beat_schedule = queue.SCHEDULE
        app.conf.task_routes = queue.ROUTES
