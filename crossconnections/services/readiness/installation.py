"""Checks of this installation: asked of the database and the settings, so they need neither a worker nor Azure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from crossconnections.arm import (
    ClientCertificate,
    ClientSecret,
    FederatedToken,
    Identity,
    ManagedIdentity,
    expiry_of,
)
from crossconnections.azure import identity
from crossconnections.models import SyncRun
from crossconnections.queries.subscriptions import enlisted, looked_after
from crossconnections.queries.syncs import list_latest_syncs, sync_level
from crossconnections.readiness.checks import Check, Level, Result, not_run
from crossconnections.readiness.judging import DAYS_BEFORE_AN_END
from portal.access.roles import BY_APP_ROLE
from portal.access.scopes import EVERYWHERE
from portal.accounts.models import User
from portal.activity.checking import find_check
from portal.health import checks
from portal.health.models import CLOCK, LifeSign

# The clock looks each hour.
OLD_LOOK = timedelta(hours=2)
# Whoever has not signed in for so long tells nothing of today's tokens.
RECENTLY = timedelta(days=30)
_OF_THE_DATABASE = (Check.BROKER, Check.WORKERS, Check.TICKS, Check.SYNC, Check.ROLES, Check.SECRETS, Check.TRAIL)
# docs/operating.md names them.
_UNITS = {"people": "crossconnect-worker", "background": "crossconnect-syncs"}
_BROKERS = {
    "filesystem": "The embedded broker",
    "redis": "Redis",
    "rediss": "Redis",
    "amqp": "RabbitMQ",
    "amqps": "RabbitMQ",
}
_WORSE = (Level.PASS, Level.WARN, Level.FAIL)
_LEVELS: Mapping[checks.Level, Level] = {"ok": Level.PASS, "degraded": Level.WARN, "down": Level.FAIL}


def check_installation(*, of_everybody: bool = True) -> list[Result]:
    """Each check of this installation, made now.

    Without ``of_everybody`` those are left out that tell of all people, all subscriptions and the whole trail.
    """
    if checks.database() == "down":
        return [Result(Check.DATABASE, Level.FAIL, "down"), *not_run(_OF_THE_DATABASE, waits_for=Check.DATABASE)]
    parts = [_database(), _broker(), _workers(), _ticks()]
    return [*parts, _sync(), _roles(), _secrets(identity()), _trail()] if of_everybody else parts


def _database() -> Result:
    return Result(Check.DATABASE, Level.PASS, "answers", {"kind": connection.vendor})


def _broker() -> Result:
    scheme = settings.CELERY_BROKER_URL.partition(":")[0]
    answers = checks.broker() == "ok"
    values = {"kind": _BROKERS.get(scheme, scheme)}
    return Result(Check.BROKER, Level.PASS if answers else Level.WARN, "answers" if answers else "away", values)


def _workers() -> Result:
    """The queue that is worst off counts; ``lost`` names all that nobody takes, the longest silent one first."""
    signs = checks.signs_of_queues()
    lost = [queue for queue, seen_at in signs if checks.level_of(seen_at) != "ok"]
    units = " ".join(_UNITS.get(queue, queue) for queue in lost)
    return _by_sign(Check.WORKERS, signs[0][1], {"lost": lost, "units": units})


def _ticks() -> Result:
    sign = LifeSign.objects.filter(part=CLOCK).first()
    return _by_sign(Check.TICKS, sign.seen_at if sign else None, {})


def _by_sign(check: Check, seen_at: datetime | None, values: Mapping[str, object]) -> Result:
    if seen_at is None:
        return Result(check, Level.FAIL, "never", values)
    level = _LEVELS[checks.level_of(seen_at)]
    told = {**values, "seconds": max(0, int((timezone.now() - seen_at).total_seconds()))}
    return Result(check, level, "alive" if level is Level.PASS else "silent", told)


def _sync() -> Result:
    level = _LEVELS[sync_level()]
    if not looked_after().exists():
        return Result(Check.SYNC, Level.WARN, "all-paused" if enlisted().exists() else "none")
    if any(run.state == SyncRun.State.FAILED and run.subscription.is_active for run in list_latest_syncs(EVERYWHERE)):
        return Result(Check.SYNC, max(level, Level.WARN, key=_WORSE.index), "failed")
    # Which of them is late stands beside the lists of those who see it.
    return Result(Check.SYNC, level, "fresh" if level is Level.PASS else "stale")


def _roles() -> Result:
    """Whether the tokens of who signed in lately carried app roles, without which a new person sees nothing."""
    people = User.objects.filter(is_active=True, last_login__gt=timezone.now() - RECENTLY)
    told = list(people.values_list("app_roles", "has_groups_overage"))
    having = sum(not BY_APP_ROLE.keys().isdisjoint(roles) for roles, _ in told)
    values = {"people": len(told), "with_roles": having, "overages": sum(overage for _, overage in told)}
    if not told:
        return Result(Check.ROLES, Level.NOT_RUN, "nobody", values)
    if not having:
        return Result(Check.ROLES, Level.WARN, "no-roles", values)
    return Result(
        Check.ROLES,
        Level.WARN if values["overages"] else Level.PASS,
        "overages" if values["overages"] else "some",
        values,
    )


def _secrets(who: Identity) -> Result:
    """When what the portal proves itself by ends, where that can be known: Entra ID does not tell it of a secret."""
    match who:
        case ManagedIdentity():
            return Result(Check.SECRETS, Level.PASS, "managed")
        case FederatedToken():
            return Result(Check.SECRETS, Level.PASS, "federated")
        case ClientSecret():
            return Result(Check.SECRETS, Level.PASS, "secret")
    return _certificate(who)


def _certificate(who: ClientCertificate) -> Result:
    ends_at = expiry_of(who)
    if ends_at is None:
        return Result(Check.SECRETS, Level.FAIL, "unreadable")
    days = (ends_at - timezone.now()).days
    values = {"ends_at": ends_at.isoformat(), "days": days}
    if days < 0:
        return Result(Check.SECRETS, Level.FAIL, "expired", values)
    is_near = days < DAYS_BEFORE_AN_END
    return Result(
        Check.SECRETS, Level.WARN if is_near else Level.PASS, "ends-soon" if is_near else "certificate", values
    )


def _trail() -> Result:
    found = find_check()
    if found is None:
        return Result(Check.TRAIL, Level.NOT_RUN, "not-yet")
    age = timezone.now() - found.at
    values = {"entries": found.entries, "findings": len(found.findings), "minutes": int(age.total_seconds() // 60)}
    if not found.findings and age > OLD_LOOK:
        return Result(Check.TRAIL, Level.WARN, "old", values)
    return Result(
        Check.TRAIL, Level.FAIL if found.findings else Level.PASS, "broken" if found.findings else "whole", values
    )
