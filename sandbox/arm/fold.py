"""Ids in the odd case that some of Azure's answers have them in."""

import re
from typing import Any

_GROUP = re.compile(r"(/subscriptions/[^/]+)/resourceGroups/([^/]+)", re.IGNORECASE)


def fold_ids(body: dict[str, Any]) -> dict[str, Any]:
    """The same answer with `resourcegroups` and the group in lower case in every id, and nothing else changed."""
    return {name: _fold(value) if name == "id" else _fold_inside(value) for name, value in body.items()}


def _fold_inside(value: object) -> object:
    if isinstance(value, list):
        return [_fold_inside(one) for one in value]
    return fold_ids(value) if isinstance(value, dict) else value


def _fold(resource_id: str) -> str:
    return _GROUP.sub(lambda match: f"{match[1]}/resourcegroups/{match[2].lower()}", resource_id)
