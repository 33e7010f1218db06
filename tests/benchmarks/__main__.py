"""``make bench``: on SQLite, then on PostgreSQL where there is one, each in a process and a database of its own.

Then a press until Azure is asked, where there is a Redis.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.report import judge, table

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "var" / "bench"
POSTGRESQL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASE = "crossconnect_bench"
# The environment comes first, then Django, then all that needs its settings.
_START = "import sys, tests.plugins, django; django.setup(); "
_PAGES = f"{_START} from tests.benchmarks.measure import main; main(int(sys.argv[1]))"
_PRESSES = f"{_START} from tests.benchmarks.presses import main; main()"


def main() -> int:
    """0 when every ratio is within its limit."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, default=50_000, help="cross connections (50000)")
    size = parser.parse_args().size
    beyond = [f"{name}: {line}" for name, measured in _measured(size) for line in _told(name, size, measured)]
    print("\n".join(beyond) or "make bench: every ratio is within its limit")  # noqa: T201
    return 1 if beyond else 0


def _measured(size: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", _run(_PAGES, f"sqlite:///{folder}/bench.sqlite3", size)
    if url := _fresh_postgresql():
        yield "PostgreSQL", _run(_PAGES, url, size)
    else:
        print(f"SKIPPED PostgreSQL: none answers at {POSTGRESQL}")  # noqa: T201
    if shutil.which("redis-server"):
        yield "Redis", _run(_PRESSES, "sqlite://:memory:", size)
    else:
        print("SKIPPED Redis: install redis-server")  # noqa: T201


def _run(child: str, url: str, size: int) -> list[dict[str, Any]]:
    environment = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", child, str(size)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
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
