"""The body of a write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.arm.question import Question
from sandbox.arm.write_errors import invalid_tags, not_readable
from sandbox.estate.tags import TagsError
from sandbox.json_bodies import parse_json
from sandbox.refused import RefusedError


def read_object(question: Question) -> dict[str, Any]:
    """The JSON object in the body; raises InvalidRequestFormat."""
    try:
        body = parse_json(question.body)
    except ValueError as error:
        raise not_readable(f"{error}") from None
    if not isinstance(body, dict):
        raise not_readable("The body is no JSON object.")
    return body


@contextmanager
def reading() -> Iterator[None]:
    """Where a body is checked: names and types that are wrong are told as InvalidRequestFormat, tags as InvalidTags."""
    try:
        yield
    except TagsError as error:
        raise invalid_tags(f"{error}") from None
    except RefusedError as error:
        raise not_readable(f"{error}") from None
