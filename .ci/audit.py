#!/usr/bin/env python
"""``audit.py FILE…``: known vulnerabilities in locked requirements, or why nobody knows.

pip-audit says "No known vulnerabilities found" and exits with 0 where it could look nothing up. Here a package that was
not looked up is no package without vulnerabilities: 0 means that every one of them was, 1 that something was found, and
2 that this was no audit.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOUND, NO_AUDIT = 1, 2
OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


@dataclass
class Outcome:
    """Of one file: how many packages were looked up, what is known of them, and why the rest was not."""

    audited: int = 0
    vulnerable: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def main(tool: str, files: list[Path]) -> int:
    """The exit code; what was found is printed."""
    outcomes = {file: audit(tool, file) for file in files}
    for file, outcome in outcomes.items():
        tell(file, outcome)
    if any(outcome.skipped for outcome in outcomes.values()):
        print("This was no audit: not every package could be looked up. Run it on a machine that reaches the service.")
        return NO_AUDIT
    return FOUND if any(outcome.vulnerable for outcome in outcomes.values()) else 0


def audit(tool: str, file: Path) -> Outcome:
    """What the tool says of one file, held against what stands in it."""
    done = subprocess.run([tool, "-r", str(file), *OPTIONS], capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = done.stderr.strip().rpartition("\n")[2] or f"exit code {done.returncode}, and no word"
        return Outcome(skipped=[f"all: {last}"])
    return judge(locked_in(file), told)


def judge(wanted: set[str], told: list[dict[str, object]]) -> Outcome:
    """A package counts as looked up only where the tool says so."""
    outcome, seen = Outcome(), set()
    for one in told:
        name = canonicalize_name(str(one["name"]))
        seen.add(name)
        if not isinstance(one.get("vulns"), list):
            outcome.skipped.append(f"{name}: {one.get('skip_reason', 'no answer')}")
            continue
        outcome.audited += 1
        outcome.vulnerable += [f"{name} {one['version']}: {in_words(flaw)}" for flaw in one["vulns"]]  # type: ignore[attr-defined]
    outcome.skipped += [f"{name}: not looked at" for name in sorted(wanted - seen)]
    return outcome


def in_words(flaw: dict[str, list[str] | str]) -> str:
    """Its names, and the versions without it."""
    names = ", ".join([str(flaw["id"]), *flaw.get("aliases", [])])
    return f"{names}; mended in {', '.join(flaw.get('fix_versions', [])) or 'no version yet'}"


def locked_in(file: Path) -> set[str]:
    """The packages that this file installs here; those for other systems are not looked at by the tool either."""
    lines = [line.rstrip("\\ ") for line in file.read_text().splitlines() if line and line[0] not in " #"]
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name) for one in found if one.marker is None or one.marker.evaluate()}


def tell(file: Path, outcome: Outcome) -> None:
    """A line for each file, and one for each package that is not well."""
    counts = f"{outcome.audited} looked up, {len(outcome.vulnerable)} known vulnerabilities"
    print(f"{file.name}: {counts}, {len(outcome.skipped)} not looked up")
    for line in (*outcome.vulnerable, *outcome.skipped):
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.executable).with_name("pip-audit")), [Path(name) for name in sys.argv[1:]]))
