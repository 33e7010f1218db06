"""Azure's answer to one request, before anybody read its meaning."""

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypedDict

_READS_HEADERS = (
    "x-ms-ratelimit-remaining-subscription-reads",
    "x-ms-ratelimit-remaining-subscription-global-reads",
)
_WRITES_HEADERS = ("x-ms-ratelimit-remaining-subscription-writes",)


class Ids(TypedDict):
    """The two ids by which Microsoft's support finds a request."""

    request_id: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers. Source of the header names: Azure Resource Manager RPC, Common API Details."""

    status: int
    headers: Mapping[str, str] = field(repr=False)

    @property
    def request_id(self) -> str:
        """Azure's id of this request, "" where the answer names none."""
        return self.headers.get("x-ms-request-id", "")

    @property
    def correlation_id(self) -> str:
        """Azure's id of all the requests that belong to this one, "" where the answer names none."""
        return self.headers.get("x-ms-correlation-request-id", "")

    @property
    def ids(self) -> Ids:
        """Both ids, as errors take them."""
        return Ids(request_id=self.request_id, correlation_id=self.correlation_id)

    @property
    def remaining_reads(self) -> int | None:
        """How many reads the subscription's quota still holds; None where the answer does not say."""
        return self._remaining(_READS_HEADERS)

    @property
    def remaining_writes(self) -> int | None:
        """How many writes the subscription's quota still holds; None where the answer does not say."""
        return self._remaining(_WRITES_HEADERS)

    @property
    def date(self) -> datetime | None:
        """When Azure says that it answered, aware UTC, to the second (RFC 9110, Date); None where it does not."""
        return _moment(self.headers.get("Date", ""))

    @property
    def challenge(self) -> str:
        """What a 401 says about the token that is wanted; "" where there is none."""
        return self.headers.get("WWW-Authenticate", "")

    @property
    def is_framed(self) -> bool:
        """Whether HTTP itself tells where the body ends, otherwise than by hanging up."""
        return "Content-Length" in self.headers or "Transfer-Encoding" in self.headers

    @property
    def retry_after_seconds(self) -> float | None:
        """How long Azure asks to wait, as seconds or as a date (RFC 9110, Retry-After); None where it does not."""
        told = self.headers.get("Retry-After", "").strip()
        return float(told) if re.fullmatch(r"[0-9]{1,9}", told) else _seconds_until(told)

    def _remaining(self, names: tuple[str, ...]) -> int | None:
        told = next((self.headers[name] for name in names if name in self.headers), "")
        return int(told) if re.fullmatch(r"[0-9]{1,9}", told) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; its body may hold a shared key, so no repr shows it."""

    head: Head
    body: bytes = field(repr=False)

    @property
    def breaks_off(self) -> bool:
        """Whether the body begins as a JSON object and ends too soon, with no other sign of it."""
        return not self.head.is_framed and self.body.lstrip().startswith(b"{") and not _is_json(self.body)


def _is_json(body: bytes) -> bool:
    with contextlib.suppress(ValueError, RecursionError):
        json.loads(body)
        return True
    return False


def _seconds_until(date: str) -> float | None:
    moment = _moment(date)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):  # the latter for a year or a zone beyond all numbers
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
