"""The health app."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Life signs and readiness checks."""

    name = "portal.health"
    label = "health"

    def ready(self) -> None:
        """Register the portal's own checks and make workers give signs of life."""
        from portal.celery import app
        from portal.health import checks, figures, one_machine, own_figures, worker

        checks.register("broker", checks.broker)
        checks.register("worker", checks.worker)
        figures.register(own_figures.figures)
        one_machine.register_warnings()
        app.steps["worker"].add(worker.SignsOfLife)
