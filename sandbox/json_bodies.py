"""The JSON in a request's body."""

import json


def parse_json(body: bytes) -> object:
    """What the body holds; raises ValueError where it is not JSON, or nothing that an answer or a file could hold."""
    try:
        value: object = json.loads(body, parse_constant=_refuse)
        # Half a surrogate pair is JSON to Python.
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None
    return value


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON.")
