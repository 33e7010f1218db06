"""Typed readers of environment variables.

A missing or bad variable stops the process with one line that names it and says what it takes. Every variable
may come from a file instead, as ``NAME_FILE`` (secrets of a container engine).
"""

import ipaddress
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

_SHORTEST_KEY, _FEWEST_CHARACTERS = 32, 5
_VALUES: Mapping[str, str] = environ.FileAwareEnv.ENVIRON


class BadSetting(SystemExit):
    """A variable is missing or bad. Python prints its sentence and exits with 1, without a traceback."""

    def __init__(self, name: str, problem: str, takes: str) -> None:
        super().__init__(f"crossconnect: {name} {problem}: it takes {takes}.")


def text(name: str, *, takes: str, default: str | None = None) -> str:
    """The variable's text without surrounding white space; empty counts as missing."""
    value = _read(name, takes).strip()
    if value:
        return value
    if default is None:
        raise BadSetting(name, "is missing", takes)
    return default


def one_of(name: str, *, choices: Mapping[str, Any], default: str) -> str:
    """One of the keys of ``choices``."""
    takes = "one of " + ", ".join(choices)
    value = text(name, takes=takes, default=default)
    if value not in choices:
        raise BadSetting(name, f"is {value!r}", takes)
    return value


def integer(name: str, *, takes: str, default: int, least: int = 1) -> int:
    """A whole number, at least ``least``."""
    value = text(name, takes=takes, default=str(default))
    if not (value.isascii() and value.isdecimal()) or int(value) < least:
        raise BadSetting(name, f"is {value!r}", f"{takes}, at least {least}")
    return int(value)


def origin(name: str, *, takes: str, default: str | None = None) -> str:
    """``scheme://host[:port]`` without path, user or trailing slash."""
    value = text(name, takes=takes, default=default).rstrip("/")
    parts = _split(value)
    if parts is None or parts != (parts[0], parts[1], "", "", "") or "@" in parts[1]:
        raise BadSetting(name, f"is {value!r}", takes)
    return value


def guid(name: str, *, takes: str, default: str | None = None) -> str:
    """A GUID, in the lower case in which Entra ID writes it, or the default as it is."""
    value = text(name, takes=takes, default=default)
    try:
        return value if value == default else str(uuid.UUID(value))
    except ValueError:
        raise BadSetting(name, f"is {value!r}", takes) from None


def texts(name: str) -> tuple[str, ...]:
    """Comma-separated texts; none by default."""
    value = text(name, takes="comma-separated values", default=",")
    return tuple(part.strip() for part in value.split(",") if part.strip())


def keys(name: str) -> tuple[str, ...]:
    """Comma-separated keys, each as long as what is made with it; none by default."""
    value = texts(name)
    if any(len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_CHARACTERS for key in value):
        raise BadSetting(name, "has a weak key", f"at least {_SHORTEST_KEY} random characters each, the newest first")
    return value


def database(name: str, *, default: str) -> dict[str, Any]:
    """A database URL as Django's settings want it."""
    takes = "a database URL, for example postgres://user:password@host/name or sqlite:////path/to/file"
    value = text(name, takes=takes, default=default)
    if value.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise BadSetting(name, "is no database URL", takes)
    try:
        config: dict[str, Any] = environ.Env.db_url_config(value)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise BadSetting(name, "is no database URL", takes) from error
    return config


def _read(name: str, takes: str) -> str:
    try:
        return _VALUES.get(name, "")
    except OSError as error:
        raise BadSetting(f"{name}_FILE", "names a file that cannot be read", f"a file with {takes}") from error


def _split(value: str) -> tuple[str, str, str, str, str] | None:
    try:
        parts = urlsplit(value)
        has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return (parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment) if has_host else None


def existing_file(name: str, *, takes: str) -> Path | None:
    """The path of a file that is there, or None when the variable is not set."""
    value = text(name, takes=takes, default="-")
    if value == "-":
        return None
    if not Path(value).is_file():
        raise BadSetting(name, f"is {value!r}, where no file is", takes)
    return Path(value)


def networks(name: str) -> tuple[str, ...]:
    """Comma-separated addresses or networks, each as a network (gunicorn refuses 10.0.0.2/8); none by default."""
    return tuple(_network(name, one) for one in texts(name))


def _network(name: str, value: str) -> str:
    try:
        return str(ipaddress.ip_network(value, strict=False))
    except ValueError:
        raise BadSetting(name, f"has {value!r}", "comma-separated addresses or networks of proxies") from None
