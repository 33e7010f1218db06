"""JSON as Azure sends it: compact, UTF-8, and saying so."""

from starlette.responses import JSONResponse


class JsonAnswer(JSONResponse):
    """JSON with the charset in its content type."""

    media_type = "application/json; charset=utf-8"
