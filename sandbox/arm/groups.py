"""Resource groups: a wrong one is refused before anybody looks into it."""

from sandbox.arm.errors import resource_group_not_found
from sandbox.arm.question import Question
from sandbox.estate.route_filters import route_filter_groups


def check_group(question: Question) -> str:
    """The resource group of the path as it was spelt; raises Azure's 404 when the subscription has none such."""
    group = question.words["group"]
    if not question.world.estate.has_group(question.subscription_id, group):
        groups = route_filter_groups(question.subscription_id)
        if group.casefold() not in groups:
            raise resource_group_not_found(group)
    return group
