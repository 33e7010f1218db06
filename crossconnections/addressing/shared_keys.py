"""The shared key of a peering's BGP sessions. What is said of one holds no part of it."""

import string

from crossconnections.addressing.breaches import Breach

LONGEST_KEY = 25
_ALPHABET = frozenset(string.ascii_letters + string.digits)


def judge_shared_key(text: str) -> Breach | None:
    """V16: optional, at most 25 letters and digits; None for a key that Azure takes, and for none at all.

    Source: "Configure peering" of Microsoft's ExpressRoute pages; the length also Terraform's azurerm. A blank at
    its end is refused like any other: the key would be stored with it. Inferred: "alphanumeric" is ASCII's.
    """
    stranger = next((character for character in text if character not in _ALPHABET), None)
    if stranger is not None:
        return Breach("V16", "key_characters", "shared_key", {"character": _kind_of(stranger)})
    if len(text) > LONGEST_KEY:
        return Breach("V16", "key_length", "shared_key", {"length": len(text)})
    return None


def _kind_of(character: str) -> str:
    if character.isspace():
        return "a blank or a line break"
    if character.isalpha():
        return "a letter other than A to Z"
    if character.isnumeric():
        return "a digit other than 0 to 9"
    return "a sign that is neither letter nor digit"
