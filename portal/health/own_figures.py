"""The portal's own figures: which version it is, and when its parts were last seen alive."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from portal.activity.checking import find_check
from portal.health.figures import Figure
from portal.health.models import LifeSign


def figures() -> Iterator[Figure]:
    """Two queries."""
    now = timezone.now()
    yield Figure("info", "Always 1; which version answers.", [((settings.VERSION,), 1)], ("version",))
    seen = LifeSign.objects.values_list("part", "seen_at")
    ages = [((part,), (now - seen_at).total_seconds()) for part, seen_at in seen]
    yield Figure("life_sign_age_seconds", "Since a part last gave a sign of life.", ages, ("part",))
    if check := find_check():
        found, age = len(check.findings), (now - check.at).total_seconds()
        yield Figure("trail_findings", "What the last look at the trail of activity found wrong.", [((), found)])
        yield Figure("trail_verified_age_seconds", "Since that look.", [((), age)])
