"""The limits app."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Rate limits."""

    name = "portal.limits"
    label = "limits"
