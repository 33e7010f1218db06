"""`python -m sandbox serve`: the command line."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sandbox.server import open_listeners, serve
from sandbox.settings import Settings


def main() -> None:
    """Read the options and serve."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    options = vars(_parser().parse_args())
    options.pop("command")
    settings = Settings(**options)
    try:
        listeners = open_listeners(settings)
    except OSError as error:
        ports = f"ports {settings.port} and {settings.port + 1} of {settings.bind}"
        sys.exit(f"sandbox: cannot listen on {ports}: {os.strerror(error.errno or 0)}.")
    serve(settings, listeners)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Azure.")
    serving = parser.add_subparsers(dest="command", required=True).add_parser(
        "serve", help="answer until stopped", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    serving.add_argument("--port", type=_port, default=8443, help="HTTPS; people sign in over HTTP on the next one")
    serving.add_argument("--size", type=_at_least(2), default=300, help="cross connections")
    serving.add_argument("--seed", type=int, default=1, help="another seed is another estate")
    serving.add_argument("--bind", default="127.0.0.1", help="address to listen on")
    serving.add_argument("--public-host", default="localhost", help="name that clients use")
    serving.add_argument("--latency-ms", type=_at_least(0), default=0, help="delay of Azure's answers")
    serving.add_argument("--operation-seconds", type=_duration, default=3.0, help="how long an operation takes")
    serving.add_argument("--state-dir", type=Path, default=Path("var/sandbox"), help="what survives a restart")
    return parser


def _port(text: str) -> int:
    port = int(text)
    # The one above is for people.
    if not 1 <= port < 65535:
        raise argparse.ArgumentTypeError(f"{port} is not between 1 and 65534")
    return port


def _at_least(least: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return int(text)

    return whole_number


def _duration(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no duration")
    return seconds


if __name__ == "__main__":
    main()
