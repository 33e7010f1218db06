"""docs/operating.md as what it is for: commands to be run and files to be written, taken from the page itself.

A block is named by the mark above it: ``<!-- run: name -->``, ``<!-- file: path -->``, and so with json and yaml.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.documents import DOCS, REPOSITORY

PAGE = DOCS / "operating.md"
_BLOCKS = re.compile(r"<!-- (run|file|json|yaml): ([^\n]+) -->\n```\w*\n(.*?)```\n", re.DOTALL)


def blocks(kind: str) -> dict[str, str]:
    """Texts by name."""
    return {name: text for found, name, text in _BLOCKS.findall(PAGE.read_text()) if found == kind}


class Host:
    """A folder that stands for a machine: the guide's paths lie in it, its users are whoever runs the test.

    ``others`` are more words of the guide with what they are here; commands run in the folder, or in ``works_in``.
    """

    def __init__(self, folder: Path, others: Mapping[str, str], *, works_in: Path | None = None) -> None:
        self.folder = folder
        self._works_in = works_in or folder
        self._words = {
            "/opt/crossconnect/.venv/bin/pip install": "true",  # what the test runs in is installed
            "/opt/crossconnect": str(REPOSITORY),
            **{path: f"{folder}{path}" for path in ("/etc/", "/var/", "/usr/local/")},
            "runuser -u crossconnect -- ": "",
            "--owner crossconnect ": "",
            "--group crossconnect ": "",
        } | dict(others)
        for path in ("etc/crossconnect", "var/lib/crossconnect", "var/backups/crossconnect", "usr/local/bin"):
            (folder / path).mkdir(parents=True)
        self.said = ""

    def path(self, named: str) -> Path:
        """Where a path of the guide is here."""
        return self.folder / named.lstrip("/")

    def write(self, named: str) -> Path:
        """A file, as the guide has it."""
        file = self.path(named)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.here(blocks("file")[named]))
        return file

    def run(self, name: str, **environment: str) -> str:
        """Commands of the guide, to the end; what they said."""
        bin_folder = self.path("/usr/local/bin")
        around = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(self.folder)} | environment
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.here(blocks("run")[name])],
            env=around, cwd=self._works_in, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
        self.said += f"--- {name}\n{done.stdout}{done.stderr}"
        return done.stdout

    def here(self, text: str) -> str:
        """The guide's words as they are on this machine."""
        for word, meant in self._words.items():
            text = text.replace(word, meant)
        return text
