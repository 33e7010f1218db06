"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles and permissions."""

    name = "portal.access"
    label = "access"
