"""Kombu's broker of files, mended in one place: a message appears whole or not at all.

Kombu opens a file and then writes it; a worker that takes it in between finds nothing in it and stops for good.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Its names are kombu's, which sorts messages by them."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - as kombu's own
        whole = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        unfinished = whole.with_name(f"{whole.name}.unfinished")
        try:
            unfinished.write_text(dumps(payload))
            unfinished.rename(whole)
        except OSError as error:
            raise ChannelError(f"Cannot add file {whole.name} to {whole.parent}") from error


class Transport(filesystem.Transport):
    """For ``broker_transport``."""

    Channel = Channel
