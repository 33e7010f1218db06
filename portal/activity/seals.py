"""Seals: HMACs that only somebody with the portal's keys can make, so that a change in the database shows."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

ENTRY, HEAD, CHECKPOINT = "entry", "head", "checkpoint"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret; its ``id`` tells keys apart and says nothing of them."""

    secret: bytes

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits."""
        return hmac.new(self.secret, b"key id", hashlib.sha256).hexdigest()[:12]

    def seal(self, kind: str, values: Mapping[str, Any]) -> str:
        """The HMAC-SHA256 of a row's values, in hexadecimal. ``kind`` keeps one kind of row from passing as another."""
        return hmac.new(self.secret, canonical([kind, values]).encode(), hashlib.sha256).hexdigest()


def list_keys() -> list[Key]:
    """The newest first: those that are set, then those that follow from the secret key and its former ones."""
    derived = (
        salted_hmac("portal.activity", "", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return [Key(secret) for secret in (*map(str.encode, settings.PORTAL_ACTIVITY_KEYS), *derived)]


def canonical(value: object) -> str:
    """JSON in the one way of several: sorted names, no blanks, ASCII. What is no JSON is told by its looks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=repr)


def moment(at: datetime | str) -> str:
    """A time as it is sealed, in UTC and microseconds; a database's text that is no time stays as it is."""
    try:
        return read_time(at).isoformat(timespec="microseconds")
    except ValueError:
        return str(at)


def read_time(at: datetime | str) -> datetime:
    """A time, or a database's text of one, in UTC.

    Raises:
        ValueError: it is none, or none that UTC has.
    """
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(at)) from error


class Seals:
    """The keys as they are now, to judge many rows by."""

    def __init__(self) -> None:
        self._keys = {key.id: key for key in list_keys()}

    def judge(self, kind: str, values: Mapping[str, Any], *, key_id: str, seal: str) -> bool | None:
        """Whether the portal wrote these values; None where it cannot be told, for the key is not configured."""
        key = self._keys.get(key_id)
        found = str(seal).encode(errors="surrogatepass")  # of a text that is none it has halves of characters
        return None if key is None else hmac.compare_digest(key.seal(kind, values).encode(), found)
