"""``make bench``: on SQLite, then on PostgreSQL where there is one, each in a process and a database of its own."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.report import judge, table

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "var" / "bench"
POSTGRESQL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASE = "crossconnect_bench"
# The environment comes first, then Django, then all that needs its settings.
_CHILD = (
    "import sys, tests.plugins, django; django.setup(); "
    "from tests.benchmarks.measure import main; main(int(sys.argv[1]))"
)


def main() -> int:
    """0 when every ratio is within its limit."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, default=50_000, help="cross connections (50000)")
    size = parser.parse_args().size
    beyond = [f"{name}: {line}" for name, measured in _measured(size) for line in _told(name, size, measured)]
    print("\n".join(beyond) or "make bench: every ratio is within its limit")  # noqa: T201
    return 1 if beyond else 0


def _measured(size: int) -> list[tuple[str, list[dict[str, Any]]]]:
    with tempfile.TemporaryDirectory() as folder:
        found = [("SQLite", _run(f"sqlite:///{folder}/bench.sqlite3", size))]
    if (url := _fresh_postgresql()) is None:
        print(f"SKIPPED PostgreSQL: none answers at {POSTGRESQL}")  # noqa: T201
        return found
    return [*found, ("PostgreSQL", _run(url, size))]


def _run(url: str, size: int) -> list[dict[str, Any]]:
    environment = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(size)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    measured: list[dict[str, Any]] = json.loads(done.stdout)
    return measured


def _fresh_postgresql() -> str | None:
    try:
        with psycopg.connect(POSTGRESQL.replace("postgres://", "postgresql://", 1), autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return None
    return f"{POSTGRESQL.rpartition('/')[0]}/{DATABASE}"


def _told(name: str, size: int, measured: list[dict[str, Any]]) -> list[str]:
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name.lower()}.json").write_text(json.dumps({"size": size, "measured": measured}, indent=1))
    print(f"\n{name}, {size:,} cross connections\n{table(measured)}\n")  # noqa: T201
    return judge(measured)


if __name__ == "__main__":
    sys.exit(main())
