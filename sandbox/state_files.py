"""Files of the state directory: written whole or not at all, and for their owner's eyes only."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write_private(path: Path, content: bytes) -> None:
    """Replace the file in one step; a reader sees the old content or the new, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files with mode 0600.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON, privately."""
    write_private(path, json.dumps(value, ensure_ascii=False, indent=1).encode())


def read_json(path: Path) -> dict[str, Any] | None:
    """The file's object, or None where there is no file."""
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_bytes())
    return content
