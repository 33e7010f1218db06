"""What a partner asks of peerings: their writable facts, of the right names and types. Read-only ones are not taken."""

from typing import Any

from sandbox.estate.edits import PEERING_TYPES
from sandbox.estate.fact_checks import filled, json_object, object_of, text
from sandbox.estate.peering_facts import READ_ONLY, check_writable
from sandbox.refused import RefusedError


def read_peerings(entries: list[Any]) -> dict[str, dict[str, Any]]:
    """What is to be written, by the names of peerings; raises RefusedError."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        properties = entry.get("properties") if isinstance(entry, dict) else None
        if not isinstance(properties, dict):
            raise RefusedError("Each of peerings is a JSON object with properties.")
        name = read_name(entry.get("name") or properties.get("peeringType"))
        if name in found:
            raise RefusedError(f"peerings has {name} twice.")
        found[name] = read_peering(name, properties)
    return found


def read_body(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """What a PUT of one peering writes into the one of that name, a null being left out; raises RefusedError.

    Inferred: that a body which names another peering than the path is refused.
    """
    told = filled(body)
    shape = object_of({**dict.fromkeys(("name", "id", "etag", "type"), text), "properties": json_object})
    shape("The body", told)
    if told.get("name", name).casefold() != name.casefold():
        raise RefusedError(f"The name of {name} is {name}.")
    if "properties" not in told:
        raise RefusedError("properties is missing.")
    return read_peering(name, filled(told["properties"]))


def read_peering(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    """What is to be written into the peering of that name; raises RefusedError."""
    facts = {fact: value for fact, value in properties.items() if fact not in READ_ONLY}
    if str(facts.get("peeringType")).casefold() == name.casefold():
        facts["peeringType"] = name
    check_writable(name, facts)
    return facts


def read_name(word: object) -> str:
    """The name of a peering, in the case that Azure writes it; raises RefusedError where Azure has none of that."""
    for name in PEERING_TYPES:
        if isinstance(word, str) and word.casefold() == name.casefold():
            return name
    raise RefusedError(f"A peering is one of {', '.join(PEERING_TYPES)}.")
