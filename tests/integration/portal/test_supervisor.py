"""The supervisor with real processes, small ones of the test's own."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from portal.supervisor.part import Part
from portal.supervisor.supervisor import StepFailed, Stopped, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
NOTE_AND_SLEEP = (
    "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)


def notes(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _signal_handlers_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_part_that_dies_is_started_again_and_leaving_stops_it(tmp_path: Path):
    seen = tmp_path / "seen"
    with Supervisor() as supervisor:
        supervisor.start("part", [sys.executable, "-c", NOTE_AND_SLEEP, str(seen)], os.environ)
        supervisor.wait_until(lambda: len(notes(seen)) == 1)
        os.kill(notes(seen)[0], signal.SIGKILL)
        supervisor.wait_until(lambda: len(notes(seen)) == 2)
    assert not any(is_alive(process) for process in notes(seen))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_waiting_and_stops_every_part(tmp_path: Path, number: int):
    seen = tmp_path / "seen"
    with Supervisor() as supervisor:
        supervisor.start("part", [sys.executable, "-c", NOTE_AND_SLEEP, str(seen)], os.environ)
        supervisor.wait_until(lambda: len(notes(seen)) == 1)
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
        with pytest.raises(Stopped):
            supervisor.wait_until(lambda: False)
    assert not is_alive(notes(seen)[0])


def test_children_that_a_part_left_behind_end_with_it(tmp_path: Path):
    seen = tmp_path / "seen"
    forks = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {NOTE_AND_SLEEP!r}, {str(seen)!r}])"
    part = Part("part", [sys.executable, "-c", forks + "; time.sleep(60)"], os.environ)
    part.start()
    wait_for(lambda: len(notes(seen)) == 1)
    part.kill()
    wait_for(lambda: not is_alive(notes(seen)[0]))


def test_a_part_that_cannot_live_is_tried_again_at_least_every_five_seconds():
    part = Part("part", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
    pauses = []
    part.start()
    for _ in range(8):
        wait_for(lambda: part.exit_code() is not None)
        news = part.watch()
        pauses.append(float(news.split()[-2]))
        part._start_at = 0.0
        part.watch()
    part.kill()
    assert news.startswith("part ended with 3")
    assert pauses == sorted(pauses)
    assert max(pauses) == 5.0


def test_a_part_stays_in_the_session_and_leads_a_group_of_its_own():
    part = Part("part", SLEEP, os.environ)
    part.start()
    assert part._process is not None
    process = part._process.pid
    assert os.getsid(process) == os.getsid(0)
    assert os.getpgid(process) == process
    part.kill()


def test_a_step_that_fails_is_named():
    with pytest.raises(StepFailed, match="migrate"), Supervisor() as supervisor:
        supervisor.carry_out("migrate", [sys.executable, "-c", "raise SystemExit(1)"], os.environ)
