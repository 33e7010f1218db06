"""What Azure answers about BGP communities."""

from typing import Any

from sandbox.arm.question import Question
from sandbox.estate.communities import service_communities


def list_communities(question: Question) -> dict[str, Any]:
    """BgpServiceCommunities_List."""
    return {"value": [_with_id(question, one) for one in service_communities()]}


def _with_id(question: Question, entry: dict[str, Any]) -> dict[str, Any]:
    resource_id = f"{question.subscription_path}/providers/{entry['type']}/{entry['name']}"
    return {"name": entry["name"], "id": resource_id, **entry}
