"""The activity app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """The trail of who did what."""

    name = "portal.activity"
    label = "activity"
