"""``make test``: the whole suite on SQLite, then on PostgreSQL, where there is one, whatever asks a database.

The drills run by themselves: three portals beside all else would slow it down, and it them.
"""

import os
import subprocess
import sys

import psycopg

POSTGRESQL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DRILLS = "tests/drills/engine"
# No database is asked there, or that of the running product, which is always SQLite: a second run would tell nothing.
WITHOUT_DATABASE = (
    *("tests/unit/addressing", "tests/unit/arm", "tests/unit/diagnosis", "tests/unit/pages", "tests/unit/supply"),
    *("tests/unit/readiness", "tests/unit/security", "tests/unit/test_asvs.py", "tests/unit/workflows"),
    *("tests/integration/arm", "tests/integration/sandbox"),
    *("tests/drills/test_a_killed_sync.py", "tests/drills/test_a_shared_key_is_found_nowhere.py"),
    "tests/drills/test_the_product_as_a_whole.py",
    # It asks both, whichever the suite's own is.
    "tests/drills/test_the_guide.py",
    # Every address by every method for everybody: what a role reaches is asked of both databases elsewhere.
    "tests/integration/access/test_matrix.py",
)
PYTEST = [sys.executable, "-W", "error", "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]


def main() -> int:
    """0 when all passed; whatever was skipped is said."""
    failed = [name for name, arguments in _runs() if not _passes(name, arguments)]
    if failed:
        print(f"make test: failed on {' and '.join(failed)}")  # noqa: T201
        return 1
    print("make test: all well")  # noqa: T201
    return 0


def _runs() -> list[tuple[str, list[str]]]:
    """The drills go with each broker once: RabbitMQ on PostgreSQL, the others on SQLite."""
    sqlite = "sqlite://:memory:"
    without_drills = [f"--ignore={DRILLS}"]
    on_a_database = [f"--ignore={folder}" for folder in WITHOUT_DATABASE]
    return [
        (sqlite, without_drills),
        (sqlite, [DRILLS, "-k", "not RabbitMQ"]),
        (POSTGRESQL, ["-m", "not browser", *without_drills, *on_a_database]),
        (POSTGRESQL, [DRILLS]),
    ]


def _passes(url: str, arguments: list[str]) -> bool:
    if url == POSTGRESQL and not _answers(url):
        print(f"SKIPPED PostgreSQL: none answers at {url}; install postgresql or set TEST_POSTGRES_URL")  # noqa: T201
        return os.environ.get("REQUIRE_ALL") != "1"
    print(f"\n=== {url.partition(':')[0]} {' '.join(arguments)}", flush=True)  # noqa: T201
    environment = os.environ | {"TEST_DATABASE_URL": url}
    return subprocess.run([*PYTEST, *arguments], env=environment, check=False).returncode == 0


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
