"""One check in words, its command ready to be pasted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crossconnections.presenters.readiness.proofs import Proof, words_by_proof
from crossconnections.presenters.readiness.words import REGISTER, SUBJECTS, WAITING, what_of
from crossconnections.readiness.actions import custom_role, role_name
from crossconnections.readiness.checks import Check, Level, Result
from portal.times import span_in_words

_GLYPHS = {
    Level.PASS: ("s-done", "ok", "passes"),
    Level.WARN: ("s-warn", "warn", "warning"),
    Level.FAIL: ("s-fail", "bad", "fails"),
    Level.NOT_RUN: ("s-idle", "idle", "not run"),
}
_ANY_MANAGED_IDENTITY = "<object-id-of-the-managed-identity>"
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Setup:
    """What the commands name: of the settings, but never a secret."""

    cloud: str
    endpoint: str
    authority: str
    tenant_id: str
    client_id: str
    sign_in_client_id: str
    base: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Missing:
    """An action that is not granted, and what it is for."""

    action: str
    what_for: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in words; ``key`` is unique on the page."""

    key: str
    glyph: str
    tone: str
    level: str
    title: str
    meaning: str
    missing: tuple[Missing, ...]
    mend: str
    command: str
    afterwards: str
    may_register: bool
    role: str
    role_name: str
    code: str
    correlation_id: str
    milliseconds: int | None


def show_check(result: Result, setup: Setup, *, subscription_id: str, may_repair: bool, prefix: str = "") -> CheckRow:
    """One check in words, its command ready to be pasted."""
    words = words_by_proof(result.check, result.outcome, setup.proof)
    told = _told(result, setup, subscription_id)
    glyph, tone, level = _GLYPHS[result.level]
    missing = tuple(Missing(one["action"], one["what_for"]) for one in result.values.get("missing", ()))
    return CheckRow(
        key=f"{prefix or subscription_id}-{result.check}",
        glyph=glyph,
        tone=tone,
        level=level,
        title=words.title.format_map(told),
        meaning=words.meaning.format_map(told),
        missing=missing,
        mend=words.mend.format_map(told),
        command=_each_once(words.command.format_map(told)),
        afterwards=words.afterwards.format_map(told),
        may_register=may_repair and words.click == REGISTER,
        role=custom_role(subscription_id) if missing else "",
        role_name=role_name(subscription_id) if missing else "",
        code=result.code,
        correlation_id=result.correlation_id,
        milliseconds=result.milliseconds,
    )


def _each_once(command: str) -> str:
    """One application may be for both, Azure and signing in."""
    return "\n".join(dict.fromkeys(command.split("\n")))


class _Told(dict[str, Any]):
    """What another version of the portal kept may lack a value: an ellipsis says so."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _told(result: Result, setup: Setup, subscription_id: str) -> _Told:
    values = result.values
    return _Told(
        {
            **values,
            "id": subscription_id,
            "cloud": setup.cloud,
            "endpoint": setup.endpoint,
            "authority": setup.authority,
            "tenant_id": setup.tenant_id or "<tenant-id>",
            "client_id": setup.client_id or _ANY_MANAGED_IDENTITY,
            "and_client": f"&client_id={setup.client_id}" if setup.client_id else "",
            "sign_in_client_id": setup.sign_in_client_id,
            "base": setup.base,
            "what": what_of(result.check),
            "subject": SUBJECTS[result.check],
            "direction": "behind" if values.get("is_behind") else "ahead of",
            **_in_words(values),
        }
    )


def _in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Numbers, lists and names as they are read."""
    words = {name: f"{values[name]:,}" for name in ("reads", "entries", "count") if isinstance(values.get(name), int)}
    if isinstance(writes := values.get("writes"), int):
        words["writes_too"] = f" and {writes:,} writes"
    else:
        words["writes_too"] = ""
    if isinstance(minutes := values.get("minutes"), int):
        words["looked"] = f"{span_in_words(timedelta(minutes=minutes))} ago" if minutes else "just now"
    if isinstance(seconds := values.get("seconds"), int):
        words["within"] = str(max(1, seconds))
    if "kind" in values:
        words["database"] = _DATABASES.get(str(values["kind"]), str(values["kind"]))
    if values.get("waits_for") in set(Check):
        words["waits_for"] = SUBJECTS[Check(values["waits_for"])]
    return words | _of_queues(values.get("lost") or [])


def _of_queues(lost: Sequence[str]) -> dict[str, str]:
    """Those that nobody takes, the longest silent one first, and what stands still by that."""
    if not lost:
        return {}
    return {
        "queues": f"the queue{'s' if len(lost) > 1 else ''} {' and '.join(lost)}",
        "first": f"the queue {lost[0]}",
        "names": ",".join(lost),
        "waiting": " ".join(WAITING[one] for one in lost if one in WAITING),
    }
