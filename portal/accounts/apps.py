"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who have signed in."""

    name = "portal.accounts"
    label = "accounts"
