"""Azure's own words about one cross connection, for those who want to see the JSON."""

import contextlib
import json

from crossconnections.models import CrossConnection


def show_document(row: CrossConnection) -> str:
    """The last GET's JSON, indented; "" when there is none yet. Shared keys never came as far as the database."""
    kept = getattr(row, "document", None)
    if kept is None:
        return ""
    with contextlib.suppress(ValueError, RecursionError):
        return _sendable(json.dumps(json.loads(kept.body), indent=2, ensure_ascii=False))
    return str(kept.body)


def _sendable(text: str) -> str:
    # JSON can spell lone surrogates; UTF-8 cannot.
    return text.encode(errors="replace").decode()
