"""What shall go wrong: faults that are waiting for the requests they are meant for."""

from dataclasses import dataclass
from http import HTTPMethod
from typing import Any

from sandbox.path_patterns import PathPattern
from sandbox.reading import read_fields, read_number, read_text, read_whole, read_word
from sandbox.refused import RefusedError

REQUEST_FAULTS = frozenset({"status", "delay", "reset", "truncate", "garbage"})
OPERATION_FAULTS = frozenset({"operation-failure", "operation-stall"})
_FIELDS = ("method", "path_pattern", "fault", "status", "code", "retry_after", "seconds", "times", "when")
# When a fault strikes, seen from the request's effect; and those that strike after it where nothing is said.
BEFORE, AFTER = "before", "after"
_STRIKES_AFTER = frozenset({"delay", "truncate"})


@dataclass(slots=True)
class Fault:
    """A fault, and how many more requests will suffer it."""

    kind: str
    method: str | None
    path_pattern: PathPattern | None
    status: int
    code: str | None
    retry_after: int | None
    seconds: float
    times: int
    # Of those that strike a request: "before" it takes effect, or "after".
    when: str | None

    def strikes(self, method: str, path: str) -> bool:
        """Whether a request is one that it is meant for."""
        if self.method is not None and self.method != method:
            return False
        return self.path_pattern is None or self.path_pattern.is_in(path)

    def as_json(self) -> dict[str, Any]:
        """How it is listed."""
        listed = {name: getattr(self, name) for name in _FIELDS if name != "fault"}
        pattern = self.path_pattern.text if self.path_pattern else None
        return {"fault": self.kind, **listed, "path_pattern": pattern}


class Faults:
    """The faults that are left, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """One more, behind the others."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """No more faults."""
        self._waiting.clear()

    def listed(self) -> list[dict[str, Any]]:
        """What is left."""
        return [fault.as_json() for fault in self._waiting]

    def take(self, method: str, path: str, kinds: frozenset[str]) -> Fault | None:
        """The oldest fault of some kinds that strikes this request; it is one time nearer to its end."""
        for fault in self._waiting:
            if fault.kind in kinds and fault.strikes(method, path):
                fault.times -= 1
                self._waiting = [one for one in self._waiting if one.times]
                return fault
        return None


def read_fault(body: object) -> Fault:
    """The fault in a request's JSON; raises RefusedError with what is wrong with it."""
    fields = read_fields(body, "A fault", _FIELDS)
    kind = _read_kind(fields)
    return Fault(
        kind=kind,
        method=_read_method(fields),
        path_pattern=_read_pattern(fields),
        status=read_whole(fields, "status", least=400, most=599) or 500,
        code=read_text(fields, "code"),
        retry_after=read_whole(fields, "retry_after", least=0, most=86_400),
        seconds=read_number(fields, "seconds", most=3600, default=1),
        times=read_whole(fields, "times", least=1, most=1_000_000) or 1,
        when=_read_when(fields, kind),
    )


def _read_kind(fields: dict[str, Any]) -> str:
    kind = read_text(fields, "fault")
    if kind not in REQUEST_FAULTS | OPERATION_FAULTS:
        known = ", ".join([*sorted(REQUEST_FAULTS), *sorted(OPERATION_FAULTS)])
        raise RefusedError(f"fault {kind!a} is not known: it is one of {known}.")
    return kind


def _read_when(fields: dict[str, Any], kind: str) -> str | None:
    when = read_word(fields, "when", (BEFORE, AFTER))
    if when and (kind in OPERATION_FAULTS or (kind == "truncate" and when == BEFORE)):
        raise RefusedError(f"when cannot be {when} for {kind}.")
    if kind in OPERATION_FAULTS:
        return None
    return when or (AFTER if kind in _STRIKES_AFTER else BEFORE)


def _read_method(fields: dict[str, Any]) -> str | None:
    method = read_text(fields, "method")
    if method is not None and method.upper() not in HTTPMethod.__members__:
        raise RefusedError(f"method {method!a} is no HTTP method: it is one of {', '.join(HTTPMethod)}.")
    return method.upper() if method else None


def _read_pattern(fields: dict[str, Any]) -> PathPattern | None:
    pattern = read_text(fields, "path_pattern")
    return None if pattern is None else PathPattern(pattern)
