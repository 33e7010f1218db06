"""Tags of a resource, within Azure's limits ("Use tags to organize your Azure resources")."""

from sandbox.refused import RefusedError

_MOST, _LONGEST_NAME, _LONGEST_VALUE = 50, 512, 256
_NOT_IN_A_NAME = frozenset("<>%&\\?/")


class TagsError(RefusedError):
    """Tags that Azure does not take, although they are texts by name."""


def check_tags(name: str, tags: object) -> None:
    """Raise RefusedError unless these are texts by name, and TagsError where there are too many or too long ones."""
    if not isinstance(tags, dict) or not all(isinstance(value, str) for value in tags.values()):
        raise RefusedError(f"{name} takes a JSON object of texts.")
    if len(tags) > _MOST:
        raise TagsError(f"A resource has at most {_MOST} of them.")
    for tag, value in tags.items():
        if not 1 <= len(tag) <= _LONGEST_NAME or len(value) > _LONGEST_VALUE:
            raise TagsError(f"A name has 1 to {_LONGEST_NAME} characters, a value at most {_LONGEST_VALUE}.")
        if _NOT_IN_A_NAME & set(tag):
            raise TagsError(f"A name has none of {' '.join(sorted(_NOT_IN_A_NAME))}.")
