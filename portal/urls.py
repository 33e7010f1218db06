"""All addresses of the portal."""

from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from portal.accounts.decorators import open_to_everyone
from portal.health.views import metrics, readyz

urlpatterns = [
    path("", open_to_everyone(require_safe(RedirectView.as_view(pattern_name="cross-connections"))), name="home"),
    path("", include("portal.accounts.urls")),
    path("", include("portal.access.urls")),
    path("", include("portal.activity.urls")),
    path("", include("crossconnections.urls")),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
