"""How Azure refuses a write: codes and words as recorded, or by analogy with what was."""

from sandbox.arm.errors import ArmError
from sandbox.estate.documents import Document


def not_readable(reason: str) -> ArmError:
    """A body that is not JSON, or not of the right names and types (GlobalNOC/OESS, Azure.pm)."""
    return ArmError(400, "InvalidRequestFormat", {"reason": reason}, is_gateways=False, detail_code="InvalidJson")


def location_required() -> ArmError:
    """No region in the body (Azure/azure-rest-api-specs-examples#5765): without details, so the gateway's."""
    return ArmError(400, "LocationRequired")


def other_location(document: Document, location: str) -> ArmError:
    """Another region than the resource's. Remembered of other resources of Azure: the status, code and words."""
    group = document["id"].split("/")[4]
    words = {"name": document["name"], "group": group, "from": document["location"], "to": location}
    return ArmError(409, "InvalidResourceLocation", words)


def cannot_be_modified(what: str, document: Document, before: object, after: object) -> ArmError:
    """A fact that no partner may change, and that has to be sent all the same: left out, it counts as a change.

    Recorded are the code for the circuit's reference with its words in German (Azure/azure-rest-api-specs#27436), and
    the words for the peering location (Azure/azure-sdk-for-python#35073). Inferred: the status, and the other codes.
    """
    words = {"id": document["id"], "from": before, "to": after}
    return ArmError(400, f"ExpressRoute{what}InCrossConnectionCannotBeModified", words, is_gateways=False)


def invalid_tags(reason: str) -> ArmError:
    """Too many tags, or too long ones. Not documented: the code and words."""
    return ArmError(400, "InvalidTags", {"reason": reason})


def no_port_pair(primary: str, secondary: str, location: str) -> ArmError:
    """Ports that are not a pair at the circuit's peering location. Not documented: the code and words."""
    words = {"primary": primary, "secondary": secondary, "location": location}
    return ArmError(400, "InvalidAzurePorts", words, is_gateways=False)


def port_pair_is_full(primary: str, secondary: str, left: int, mbps: int) -> ArmError:
    """A pair with less left than the circuit's bandwidth. Inferred: that Azure refuses it, and the code and words."""
    words = {"primary": primary, "secondary": secondary, "left": left, "mbps": mbps}
    return ArmError(400, "InsufficientPortPairBandwidth", words, is_gateways=False)


def no_microsoft_config(document: Document, name: str) -> ArmError:
    """A Microsoft peering without its configuration (Azure/azure-cli#1175). Not documented: the status and code."""
    words = {"id": f"{document['id']}/peerings/{name}"}
    return ArmError(400, "MicrosoftPeeringConfigNotSpecified", words, is_gateways=False)


def vlan_in_use(document: Document, vlan: int, other: str) -> ArmError:
    """A VLAN ID that another peering of the circuit has. Not documented: the code and words, nor that it is refused."""
    words = {"vlan": vlan, "other": f"{document['id']}/peerings/{other}"}
    return ArmError(400, "VlanIdInUse", words, is_gateways=False)


def public_peering_retired(document: Document) -> ArmError:
    """Azure public peering: not deployable since 2018, retired on 2024-03-31 (MicrosoftDocs/azure-docs#124106).

    Inferred: that it is refused like this. Not documented: the code and words.
    """
    words = {"id": f"{document['id']}/peerings/AzurePublicPeering"}
    return ArmError(400, "AzurePublicPeeringRetired", words, is_gateways=False)


def precondition_failed(condition: str) -> ArmError:
    """If-Match has another etag than the resource. Remembered: the status and code."""
    return ArmError(412, "PreconditionFailed", {"condition": condition}, is_gateways=False)
