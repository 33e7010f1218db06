"""Marks on views that anyone may open."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])


def open_to_everyone(view: View) -> View:
    """Neither a sign-in nor a role is needed. Without this mark a view is closed (portal.access.middleware)."""
    marked: View = login_not_required(view)
    return marked
