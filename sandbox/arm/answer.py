"""An answer that says more than its content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, content or None for none, and headers beside those of every answer, which they replace."""

    status: int
    body: dict[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def plain_answer(body: dict[str, Any] | None) -> Answer:
    """200 with content, 204 without."""
    return Answer(204 if body is None else 200, body)
