"""A portal that was installed by docs/operating.md alone: its settings, its command, its four services."""

import os
import re
import shlex
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.guide import Host, blocks
from tests.product import free_ports

COMMAND = "/usr/local/bin/crossconnect"
SETTINGS = "/etc/crossconnect/environment"
_UNIT = re.compile(r"/etc/systemd/system/crossconnect-(\w+)\.service")
_CALLED = "https://crossconnect.example.net"


class Installed:
    """``filled_in`` are the settings that the guide leaves to whoever installs; the later of two lines counts."""

    def __init__(self, folder: Path, filled_in: Mapping[str, str], words: Mapping[str, str]) -> None:
        self.port = free_ports(1)
        self.origin = f"http://localhost:{self.port}"
        ports = {
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            f"{_CALLED}/": f"{self.origin}/",
            "python3 -m venv": "true",
        }
        self.host = Host(folder, ports | dict(words))
        self.host.run("install")
        self.host.run("settings")
        self.fill_in(filled_in)
        self.host.write(COMMAND).chmod(0o755)
        self._folder = folder
        self.parts: dict[str, Part] = {}

    def fill_in(self, settings: Mapping[str, str]) -> None:
        """Into the file of settings."""
        with self.host.path(SETTINGS).open("a") as file:
            file.writelines(f"{name}={self.host.here(value)}\n" for name, value in settings.items())

    def start(self) -> None:
        """``systemctl start crossconnect.target``: what the units start, in the environment that they name."""
        self.parts = {one[1]: self._part(one[1], name) for name in blocks("file") if (one := _UNIT.fullmatch(name))}
        assert self.parts.keys() == {"web", "worker", "syncs", "clock"}
        for part in self.parts.values():
            part.start()
        wait_for(self._is_up, "the portal answers", seconds=60, meanwhile=self.watch)

    def stop(self) -> None:
        """``systemctl stop crossconnect.target``."""
        for part in self.parts.values():
            part.ask_to_stop()
        wait_for(lambda: all(part.has_stopped() for part in self.parts.values()), "it has stopped", seconds=60)
        self.end()

    def end(self) -> None:
        """Whatever still lives."""
        for part in self.parts.values():
            part.die()

    def watch(self) -> None:
        """``Restart=always``."""
        for part in self.parts.values():
            part.watch()

    def _part(self, name: str, unit: str) -> Part:
        [command] = re.findall(r"^ExecStart=(.+)$", self.host.here(blocks("file")[unit]), re.MULTILINE)
        program, *words = shlex.split(command)
        # The interpreter of the test: the guide's lies where the guide made it.
        program = str(Path(sys.executable).with_name(Path(program).name))
        return Part(name, [program, *words], self._environment(), self._folder)

    def _environment(self) -> dict[str, str]:
        lines = self.host.path(SETTINGS).read_text().splitlines()
        return {"PATH": os.environ["PATH"]} | {
            name: value for name, _, value in (line.partition("=") for line in lines)
        }

    def _is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=5) as answer:
                return b'"worker": "ok"' in answer.read()
        except (urllib.error.URLError, OSError):
            return False
