"""What the kinds of peering are called: in a title, in a column, inside of a sentence. An unknown one as it came."""

from crossconnections.enums import PeeringType, known_spelling

_NAMES: dict[str, tuple[str, str, str]] = {
    PeeringType.AZURE_PRIVATE_PEERING: ("Azure private peering", "Private", "private peering"),
    PeeringType.MICROSOFT_PEERING: ("Microsoft peering", "Microsoft", "Microsoft peering"),
    PeeringType.AZURE_PUBLIC_PEERING: ("Azure public peering, retired", "Public", "public peering"),
}


def peering_name(peering_type: str) -> str:
    """For a title: ``Azure private peering``."""
    return _names(peering_type)[0]


def short_peering_name(peering_type: str) -> str:
    """For a column: ``Private``."""
    return _names(peering_type)[1]


def peering_word(peering_type: str) -> str:
    """Inside of a sentence: ``private peering``."""
    return _names(peering_type)[2]


def _names(peering_type: str) -> tuple[str, str, str]:
    return _NAMES.get(known_spelling(PeeringType, peering_type), (peering_type,) * 3)
