"""``make drills``: every drill of the engine with every broker, and the table of what came of them.

``DRILLS=3`` carries each out three times, at other moments. ``WRITE_DRILLS=1`` writes the table into docs/drills.md.
"""

import os
import subprocess
import sys

PYTEST = [sys.executable, "-W", "error", "-m", "pytest", "-n", "3", "--dist", "loadgroup", "-q"]


def main() -> int:
    """Pytest's exit code."""
    environment = {"DRILLS": "1"} | os.environ
    return subprocess.run([*PYTEST, "tests/drills/engine", *sys.argv[1:]], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
