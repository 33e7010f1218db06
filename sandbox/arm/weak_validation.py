"""How little Azure looks at a peering that is written, beyond names and types: what public reports have of it."""

from typing import Any

from sandbox.arm.errors import ArmError, operation_failed
from sandbox.arm.question import Question
from sandbox.arm.write_errors import no_microsoft_config, vlan_in_use
from sandbox.estate.clashes import has_links_of_another, same_vlan
from sandbox.estate.documents import Document

_CONFIG = "microsoftPeeringConfig"


def check_config(document: Document, name: str, sent: dict[str, Any]) -> None:
    """Raise Azure's refusal of a Microsoft peering that has its configuration neither for IPv4 nor for IPv6."""
    has_config = _CONFIG in sent or _CONFIG in sent.get("ipv6PeeringConfig", {})
    if name == "MicrosoftPeering" and not has_config:
        raise no_microsoft_config(document, name)


def is_vlan_free(question: Question, document: Document, name: str, sent: dict[str, Any]) -> bool:
    """Whether the write takes effect, although another peering of the circuit may have its VLAN ID.

    By a switch it does not and still succeeds, as reported in Azure/azure-cli#1574 in 2016; or it does; or it is
    refused. Not documented: which of them Azure does today.
    """
    other, how = same_vlan(document, name, sent), question.world.behaviour.duplicate_vlan
    if other is not None and how == "refused":
        raise vlan_in_use(document, sent["vlanId"], other)
    return other is None or how == "applied"


def trouble_with_links(document: Document, name: str, sent: dict[str, Any]) -> ArmError | None:
    """What the operation fails with where another peering has the links: words that tell nothing.

    Azure/azure-xplat-cli#2711. Not documented: whether the request or its operation is refused so.
    """
    return operation_failed("InternalServerError", 500) if has_links_of_another(document, name, sent) else None
