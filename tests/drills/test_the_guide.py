"""docs/operating.md alone: a portal is installed by its marked blocks, backed up while changes are open, and restored.

Not run are its other blocks: packages, users and the database's making, systemd, Docker; nor is ``pip``, for what the
tests run in is installed. ``systemctl enable`` and the files of systemd and nginx are tried in
tests/unit/portal/test_operating_page.py.
"""

import os
import secrets
import shlex
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.components import lacking
from tests.drills.engine.azure import Azure
from tests.drills.engine.brokers import Redis
from tests.drills.engine.patience import wait_for
from tests.drills.engine.person import OPERATORS, Person
from tests.drills.installed import Installed
from tests.guide import Host, blocks

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
PLACE = SERVER.rpartition("@")[2].partition("/")[0]
ON_SQLITE = {
    "DATABASE_URL": "sqlite:////var/lib/crossconnect/crossconnect.sqlite3",
    "CELERY_BROKER_URL": "filesystem:///var/lib/crossconnect/broker",
    "TMPDIR": "/var/lib/crossconnect",
}
WISHED = {"provider_provisioning_state": "Provisioned", "provider_notes": "Cage 14"}
WRITES = {"PUT", "PATCH", "DELETE"}


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[Azure]:
    with Azure(tmp_path / "sandbox", size=20, arguments=["--operation-seconds", "3"]) as running:
        yield running


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def portal(tmp_path: Path, azure: Azure, database: str) -> Iterator[Installed]:
    with ExitStack() as stack:
        settings, words = (ON_SQLITE, {}) if database == "SQLite" else on_postgresql(stack, tmp_path)
        ids = {name: azure.manifest[name.lower()] for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET")}
        settings |= {f"{prefix}_{name}": value for prefix in ("AZURE", "ENTRA") for name, value in ids.items()}
        words |= {"00000000-0000-4000-8000-000000000000": azure.subscription("production")["id"]}
        yield stack.enter_context(installed(tmp_path / "host", azure, settings, words))


def on_postgresql(stack: ExitStack, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """A database and a role of its own, as the guide makes them, and whose words mean these here."""
    name, password = a_database(stack, "")
    (folder / "broker").mkdir()
    settings = {
        "DATABASE_URL": f"postgres://{name}:{password}@{PLACE}/{name}",
        "CELERY_BROKER_URL": stack.enter_context(Redis(folder / "broker")).url,
    }
    words = {
        before + "crossconnect": before + name
        for before in ("DATABASE ", "RENAME TO ", "OWNER ", "--format=custom ", "--role=", "--dbname=")
    }
    return settings, words | {"runuser -u postgres -- ": f"env {in_the_environment(SERVER)} "}


def a_database(stack: ExitStack, may: str) -> tuple[str, str]:
    """Its name, which is its owner's as well, and the password; gone at the end, with what was put aside."""
    name, password = f"guide_{secrets.token_hex(4)}", secrets.token_hex(12)
    try:
        server = stack.enter_context(closing(psycopg.connect(as_libpq(SERVER), autocommit=True)))
    except psycopg.OperationalError:
        lacking("PostgreSQL", install="apt-get install postgresql, or set TEST_POSTGRES_URL")
    server.execute(f"CREATE ROLE {name} LOGIN {may} PASSWORD '{password}'".encode())
    stack.callback(server.execute, f"DROP ROLE {name}".encode())
    stack.callback(drop_databases, server, name)
    server.execute(f"CREATE DATABASE {name} OWNER {name}".encode())
    return name, password


def in_the_environment(url: str) -> str:
    """``NAME=value…`` for PostgreSQL's own programs, as the guide has it for a server on another machine."""
    found = conninfo_to_dict(as_libpq(url))
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    return " ".join(f"{names[key]}={shlex.quote(str(value))}" for key, value in found.items())


def as_libpq(url: str) -> str:
    return url.replace("postgres:", "postgresql:")


def drop_databases(server: "psycopg.Connection[Any]", name: str) -> None:
    """That of the role, and those which a restore has put aside."""
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]).fetchall()
    for (one,) in found:
        server.execute(f"DROP DATABASE {one} WITH (FORCE)".encode())


@contextmanager
def installed(folder: Path, azure: Azure, settings: dict[str, str], words: dict[str, str]) -> Iterator[Installed]:
    """Prepared by the guide's own address, and so for a real cloud; started beside the sandbox."""
    folder.mkdir()
    portal = Installed(folder, settings, words)
    portal.host.run("prepare")
    beside_the_sandbox = {
        "PORTAL_BASE_URL": portal.origin,
        "PORTAL_CLOUD": "Sandbox",
        "PORTAL_ARM_ENDPOINT": azure.manifest["arm"],
        "AZURE_AUTHORITY_HOST": azure.manifest["authority"],
        "PORTAL_CA_BUNDLE": azure.manifest["ca"],
    }
    portal.fill_in(beside_the_sandbox)
    try:
        portal.start()
        yield portal
    finally:
        portal.end()


@pytest.fixture
def person(portal: Installed) -> Iterator[Person]:
    one = Person(portal.origin, OPERATORS[0])
    one.sign_in()
    yield one
    one.leave()


def asked_for(person: Person, service_key: str) -> int:
    """A change by the form and its review, as at a browser; its number."""
    answer = person.apply(person.review(service_key, "provisioning", **WISHED))
    return int(answer.headers["Location"].strip("/").rpartition("/")[2])


def state_of(person: Person, number: int) -> str:
    return str(person.document(f"/changes/{number}.json")["state"])


def until(portal: Installed, person: Person, number: int, state: str) -> None:
    wait_for(lambda: state_of(person, number) == state, f"change {number} is {state}", meanwhile=portal.watch)


def writes_after(azure: Azure, number: int) -> list[dict[str, Any]]:
    return [one for one in azure.requests(after=number) if one["method"] in WRITES]


def test_a_restored_backup_asks_about_what_was_open_and_sends_nothing(
    portal: Installed, azure: Azure, person: Person, database: str
):
    host = portal.host
    assert " listed on " in host.run("first subscription")
    assert host.run("look").startswith("ok\n")
    rows = person.document("/cross-connections.json?state=NotProvisioned")["results"]
    first, second = (row["service_key"] for row in rows[:2])

    # One change is with Azure and another one waits when the backup is taken; both end well after it.
    with_azure = asked_for(person, first)
    until(portal, person, with_azure, "running")
    portal.parts["worker"].freeze()
    queued = asked_for(person, second)
    host.run(f"back up {database}")
    [backup] = host.path("/var/backups/crossconnect").iterdir()
    portal.parts["worker"].thaw()
    for number in (with_azure, queued):
        until(portal, person, number, "succeeded")
    assert " 0 fail, " in host.run("readiness")
    ended_at = azure.requests()[-1]["number"]

    portal.stop()
    host.run(f"restore {database}", BACKUP=str(backup))
    said = host.run("after a restore")
    assert "Changes that wait for a person's word: 1." in said
    assert "Changes that are looked up in Azure first: 1." in said
    assert " intact, " in said
    portal.start()

    assert person.is_signed_out()
    person.sign_in()
    until(portal, person, with_azure, "succeeded")
    told = person.document(f"/changes/{queued}.json")
    assert (told["state"], bool(told["held_at"]), told["sent_at"]) == ("queued", True, None)
    assert "so it waits for a person" in person.page(f"/changes/{queued}/")
    assert writes_after(azure, ended_at) == []

    # Whoever gives the word: Azure has had it all along, and is sent nothing.
    person.say(f"/changes/{queued}/", "go-ahead")
    until(portal, person, queued, "succeeded")
    assert person.document(f"/changes/{queued}.json")["known_by"] == "nothing-to-do"
    assert writes_after(azure, ended_at) == []

    # An upgrade to the same version, and back again, leaves everything as it is.
    listed = person.document("/cross-connections.json")["results"]
    portal.stop()
    host.run("upgrade")
    host.run("back again")
    portal.start()
    assert person.document("/cross-connections.json")["results"] == listed != []


def test_with_compose_what_was_there_is_kept_beside_what_is_restored(tmp_path: Path):
    """Docker's words aside: PostgreSQL is the machine's, and its role may what the image's may, and less."""
    with ExitStack() as stack:
        name, password = a_database(stack, "CREATEDB")
        url = f"postgres://{name}:{password}@{PLACE}/"
        words = {
            "docker compose -f docker/compose.yaml exec -T db ": f"env {in_the_environment(url)} ",
            "docker compose -f docker/compose.yaml ": "echo ",
            "--username crossconnect crossconnect": f"--username {name} {name}",
            "--username crossconnect": f"--username {name}",
            "--dbname crossconnect": f"--dbname {name}",
            "DATABASE crossconnect RENAME TO crossconnect": f"DATABASE {name} RENAME TO {name}",
        }
        host = Host(tmp_path / "host", words)
        say(url + name, "CREATE TABLE told AS SELECT 'before the backup' AS what")
        host.run("back up Compose")
        say(url + name, "UPDATE told SET what = 'after the backup'")
        done = host.run("restore Compose").splitlines()
        [aside] = say(url + name, "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", f"{name}_before_")
        assert say(url + name, "SELECT what FROM told") == ["before the backup"]
        assert say(url + aside, "SELECT what FROM told") == ["after the backup"]
    assert done == [
        "stop web worker syncs beat",
        "up --detach --wait db",
        *(f"run --rm migrate python manage.py {deed}" for deed in deeds(blocks("run")["after a restore"])),
        "up --detach",
    ]


def deeds(commands: str) -> list[str]:
    return [line.removeprefix("crossconnect ") for line in commands.splitlines()]


def say(url: str, sql: str, *values: str) -> list[str]:
    """The first column of what comes of it."""
    with closing(psycopg.connect(as_libpq(url), autocommit=True)) as server:
        done = server.execute(sql.encode(), values or None)
        return [row[0] for row in done] if done.description else []
