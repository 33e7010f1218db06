"""Typed readers of environment variables.

A missing or bad variable stops the process with one line that names it and says what it takes. Every variable
may come from a file instead, as ``NAME_FILE`` (secrets of a container engine).

Each reader notes what it was asked for: ``DECLARED`` is what docs/settings.md is made of.
"""

import ipaddress
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack
from urllib.parse import unquote, urlsplit

import environ

from portal.weak_secrets import is_of_an_example, weakness

_SHORTEST_KEY = 32
_VALUES: Mapping[str, str] = environ.FileAwareEnv.ENVIRON


class BadSetting(SystemExit):
    """A variable is missing or bad. Python prints its sentence and exits with 1, without a traceback."""

    def __init__(self, name: str, problem: str, takes: str) -> None:
        super().__init__(f"crossconnect: {name} {problem}: it takes {takes}.")


@dataclass(frozen=True, slots=True)
class Declared:
    """A variable as the page tells of it. ``is_ours`` is False where only a library or an engine reads it."""

    name: str
    takes: str
    default: str
    about: str
    is_ours: bool = True


class Told(TypedDict, total=False):
    """What the page alone needs: what a variable is for, and its default where that is worked out."""

    about: str
    shown: str


DECLARED: dict[str, Declared] = {}


def elsewhere(name: str, *, takes: str, default: str = "none", about: str) -> None:
    """A variable that somebody else reads."""
    DECLARED[name] = Declared(name, takes, default, about, is_ours=False)


def text(name: str, *, takes: str, default: str | None = None, about: str = "", shown: str = "") -> str:
    """The variable's text without surrounding white space; empty counts as missing."""
    DECLARED[name] = Declared(name, takes, shown or _default_in_words(default), about)
    value = _read(name, takes).strip()
    if value:
        return value
    if default is None:
        raise BadSetting(name, "is missing", takes)
    return default


def one_of(name: str, *, choices: Mapping[str, Any], default: str, **told: Unpack[Told]) -> str:
    """One of the keys of ``choices``."""
    takes = "one of " + ", ".join(choices)
    value = text(name, takes=takes, default=default, **told)
    if value not in choices:
        raise BadSetting(name, f"is {value!r}", takes)
    return value


def integer(name: str, *, takes: str, default: int, least: int = 1, **told: Unpack[Told]) -> int:
    """A whole number, at least ``least``."""
    whole = f"{takes}, at least {least}"
    value = text(name, takes=whole, default=str(default), **told)
    if not (value.isascii() and value.isdecimal()) or int(value) < least:
        raise BadSetting(name, f"is {value!r}", whole)
    return int(value)


def origin(name: str, *, takes: str, default: str | None = None, **told: Unpack[Told]) -> str:
    """``scheme://host[:port]`` without path, user or trailing slash."""
    value = text(name, takes=takes, default=default, **told).rstrip("/")
    parts = _split(value)
    if parts is None or parts != (parts[0], parts[1], "", "", "") or "@" in parts[1]:
        raise BadSetting(name, f"is {value!r}", takes)
    return value


def guid(name: str, *, takes: str, default: str | None = None, **told: Unpack[Told]) -> str:
    """A GUID, in the lower case in which Entra ID writes it, or the default as it is."""
    value = text(name, takes=takes, default=default, **told)
    if value == default:
        return value
    try:
        return str(_no_nil(uuid.UUID(value)))
    except ValueError:
        raise BadSetting(name, f"is {value!r}", takes) from None


def client_id(name: str, *, takes: str, default: str | None = None, **told: Unpack[Told]) -> str:
    """Of an application, as it stands there; not the zeros of an example."""
    value = text(name, takes=takes, default=default, **told)
    if not value.strip("0-") and value != default:
        raise BadSetting(name, f"is {value!r}", takes)
    return value


def secret(name: str, *, takes: str, default: str | None = None, **told: Unpack[Told]) -> str:
    """A secret that others made; not the words of an example. It is never told in an error."""
    value = text(name, takes=takes, default=default, **told)
    if is_of_an_example(value):
        raise BadSetting(name, "is that of an example", takes)
    return value


def texts(name: str, *, takes: str = "comma-separated values", **told: Unpack[Told]) -> tuple[str, ...]:
    """Comma-separated texts; none by default."""
    value = text(name, takes=takes, default=",", **told)
    return tuple(part.strip() for part in value.split(",") if part.strip())


def key(name: str, *, shortest: int = _SHORTEST_KEY, default: str | None = None, **told: Unpack[Told]) -> str:
    """A random text of our own making; without a default it has to be there."""
    takes = f"at least {shortest} random characters"
    value = text(name, takes=takes, default=default, **told)
    if value != default and (why := weakness(value, shortest=shortest)):
        raise BadSetting(name, f"is weak ({why})", takes)
    return value


def keys(name: str, *, shortest: int = _SHORTEST_KEY, **told: Unpack[Told]) -> tuple[str, ...]:
    """Comma-separated keys, each as long as what is made with it; none by default."""
    takes = f"at least {shortest} random characters each, separated by commas, the newest first"
    value = texts(name, takes=takes, **told)
    for why in filter(None, (weakness(one, shortest=shortest) for one in value)):
        raise BadSetting(name, f"has a weak key ({why})", takes)
    return value


def database(name: str, *, default: str, **told: Unpack[Told]) -> dict[str, Any]:
    """A database URL as Django's settings want it."""
    takes = "a database URL, for example postgres://user:password@host/name or sqlite:////path/to/file"
    value = text(name, takes=takes, default=default, **told)
    if value.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise BadSetting(name, "is no database URL", takes)
    _refuse_password_of_an_example(name, value, takes)
    try:
        config: dict[str, Any] = environ.Env.db_url_config(value)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise BadSetting(name, "is no database URL", takes) from error
    return config


def broker(name: str, *, default: str, **told: Unpack[Told]) -> str:
    """A broker's URL."""
    takes = "a broker URL, for example redis://host/0 or amqp://user:password@host//"
    value = text(name, takes=takes, default=default, **told)
    if "://" not in value:
        raise BadSetting(name, "is no broker URL", takes)
    _refuse_password_of_an_example(name, value, takes)
    return value


def file_path(name: str, *, takes: str, **told: Unpack[Told]) -> Path | None:
    """The path of a file that can be read, or None when the variable is not set."""
    value = text(name, takes=takes, default="", **told)
    if not value:
        return None
    path = Path(value)
    if not path.is_file():
        raise BadSetting(name, f"is {value!r}, where no file is", takes)
    try:
        path.open("rb").close()
    except OSError:
        raise BadSetting(name, f"is {value!r}, which cannot be read", takes) from None
    return path


def certificates(name: str, *, takes: str, **told: Unpack[Told]) -> Path | None:
    """The path of a PEM file that holds certificates, or None when the variable is not set."""
    path = file_path(name, takes=takes, **told)
    if path is None:
        return None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
        path.read_text("utf-8")
    except (OSError, ValueError):
        raise BadSetting(name, f"is '{path}', which holds no certificates", takes) from None
    return path


def networks(name: str, **told: Unpack[Told]) -> tuple[str, ...]:
    """Comma-separated addresses or networks, each as a network (gunicorn refuses 10.0.0.2/8); none by default."""
    takes = "comma-separated addresses or networks of proxies, not everybody's"
    return tuple(_network(name, one, takes) for one in texts(name, takes=takes, **told))


def _read(name: str, takes: str) -> str:
    try:
        return _VALUES.get(name, "")
    except (OSError, UnicodeError) as error:
        raise BadSetting(f"{name}_FILE", "names a file that cannot be read", f"a file with {takes}") from error


def _split(value: str) -> tuple[str, str, str, str, str] | None:
    try:
        parts = urlsplit(value)
        has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return (parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment) if has_host else None


def _no_nil(value: uuid.UUID) -> uuid.UUID:
    if value.int == 0:
        raise ValueError
    return value


def _network(name: str, value: str, takes: str) -> str:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise BadSetting(name, f"has {value!r}", takes) from None
    if network.prefixlen == 0:
        raise BadSetting(name, f"has {value!r}", takes)
    return str(network)


def _refuse_password_of_an_example(name: str, url: str, takes: str) -> None:
    _, _, password = url.rpartition("@")[0].partition("://")[2].partition(":")
    if is_of_an_example(unquote(password)):
        raise BadSetting(name, "has the password of an example", takes)


def _default_in_words(default: str | None) -> str:
    if default is None:
        return "required"
    return f"`{default}`" if default.strip(",") else "none"
