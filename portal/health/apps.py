"""The health app."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Life signs and readiness checks."""

    name = "portal.health"
    label = "health"

    def ready(self) -> None:
        """Register the portal's own checks and make workers give signs of life."""
        from portal.celery import app
        from portal.health import checks, worker

        checks.register("broker", checks.broker)
        checks.register("worker", checks.worker)
        app.steps["worker"].add(worker.SignsOfLife)
