"""Azure's own words about one cross connection, for those who want to see the JSON."""

import contextlib
import json

from crossconnections.models import CrossConnection

# Fifty times what Azure was seen to send; a page that holds more serves nobody.
LONGEST = 100_000


def show_document(row: CrossConnection) -> str:
    """The last GET's JSON, indented; "" when there is none yet. Shared keys never came as far as the database."""
    kept = getattr(row, "document", None)
    if kept is None:
        return ""
    text = _indented(kept.body)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… cut after {LONGEST:,} characters"


def _indented(body: str) -> str:
    with contextlib.suppress(ValueError, RecursionError):
        return _sendable(json.dumps(json.loads(body), indent=2, ensure_ascii=False))
    return body


def _sendable(text: str) -> str:
    # JSON can spell lone surrogates; UTF-8 cannot.
    return text.encode(errors="replace").decode()
