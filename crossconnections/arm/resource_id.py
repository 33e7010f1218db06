"""The id of a resource of Azure Resource Manager, taken apart."""

import re
from dataclasses import dataclass
from typing import Self

# Neither \ ? # nor % may occur: they would change meaning on the way into a URL.
_PART = r"(?!\.{1,2}(?:/|\Z))[^/\\?#%\s]+"
_RESOURCE_ID = re.compile(
    rf"/subscriptions/({_PART})/resourceGroups/({_PART})/providers/{_PART}/{_PART}/({_PART})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class ResourceId:
    """``/subscriptions/…/resourceGroups/…/providers/<namespace>/<type>/<name>``, as Azure spelled it.

    Azure hands out one id in several spellings (resourceGroups, resourcegroups), so two are equal, and hash
    equally, when they differ in case only. Source: Azure Resource Manager RPC, Common API Details.
    """

    text: str
    subscription_id: str
    resource_group: str
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take an id apart; ValueError with a sentence when it is not that of a top-level resource."""
        match = _RESOURCE_ID.fullmatch(text)
        if match is None or not text.isprintable():
            raise ValueError(
                f"{text[:200]!r} is not a resource id: expected "
                "/subscriptions/…/resourceGroups/…/providers/<namespace>/<type>/<name>."
            )
        subscription_id, resource_group, name = match.groups()
        return cls(text=text, subscription_id=subscription_id, resource_group=resource_group, name=name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ResourceId):
            return NotImplemented
        return self.text.casefold() == other.text.casefold()

    def __hash__(self) -> int:
        return hash(self.text.casefold())

    def __str__(self) -> str:
        return self.text
