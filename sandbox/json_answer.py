"""JSON as Azure sends it: compact, UTF-8, and saying so."""

import json
from typing import Any

from starlette.responses import JSONResponse


class JsonAnswer(JSONResponse):
    """JSON with the charset in its content type."""

    media_type = "application/json; charset=utf-8"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - Starlette's interface
        """Halves of characters, which UTF-8 has not, are spelled out."""
        try:
            return super().render(content)
        except UnicodeEncodeError:
            return json.dumps(content, separators=(",", ":")).encode()
