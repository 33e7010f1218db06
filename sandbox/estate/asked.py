"""What a partner asks of a cross connection: the writable part of a PUT's body, of the right names and types."""

from dataclasses import dataclass
from typing import Any

from sandbox.estate.asked_peerings import read_peerings
from sandbox.estate.fact_checks import Check, filled, json_object, list_of, object_of, one_of, text, whole
from sandbox.estate.tags import check_tags
from sandbox.refused import RefusedError

_STATES = ("NotProvisioned", "Provisioning", "Provisioned", "Deprovisioning")
_STATE = "serviceProviderProvisioningState"
_TEXTS = ("primaryAzurePort", "secondaryAzurePort", "peeringLocation", "serviceProviderNotes", "provisioningState")


@dataclass(frozen=True, slots=True)
class Asked:
    """A provider's state, and what may be left out: ports are both or blank, ``peerings`` facts by name.

    ``peerings`` is None where the key itself is left out.
    """

    state: str
    notes: str | None
    tags: dict[str, str] | None
    ports: tuple[str, str]
    peerings: dict[str, dict[str, Any]] | None


def read_asked(body: dict[str, Any], *, may_be_deprovisioned: bool) -> Asked:
    """The body's writable part, a null being left out; raises RefusedError with what is of no right name or type.

    Read-only facts, of the cross connection and of its peerings, are not taken: who sends back what a GET showed has
    them all. Inferred: that a name which the specification does not have is refused, and a body without a state.
    """
    _check(body, may_be_deprovisioned=may_be_deprovisioned)
    facts = _properties_of(body)
    peerings = facts.get("peerings")
    return Asked(
        state=facts[_STATE],
        notes=facts.get("serviceProviderNotes") or None,
        tags=body.get("tags") or None,
        ports=(facts.get("primaryAzurePort", ""), facts.get("secondaryAzurePort", "")),
        peerings=None if peerings is None else read_peerings(peerings),
    )


def _check(body: dict[str, Any], *, may_be_deprovisioned: bool) -> None:
    states = (*_STATES, "DeProvisioned") if may_be_deprovisioned else _STATES
    names = ("name", "id", "etag", "type", "location")
    shape = object_of({**dict.fromkeys(names, text), "tags": check_tags, "properties": json_object})
    shape("The body", filled(body))
    facts = _properties_of(body)
    _properties(states)("properties", facts)
    if _STATE not in facts:
        raise RefusedError(f"{_STATE} is missing.")


def _properties(states: tuple[str, ...]) -> Check:
    return object_of(
        {
            **dict.fromkeys(_TEXTS, text),
            "sTag": whole(0, 2**31 - 1),
            "bandwidthInMbps": whole(0, 2**31 - 1),
            "expressRouteCircuit": _circuit,
            _STATE: one_of(*states),
            "peerings": list_of(_anything),
        }
    )


def _anything(name: str, value: object) -> None:
    pass


def _circuit(name: str, value: object) -> None:
    # One without an id counts as another circuit's, and is refused as such.
    object_of({"id": text})(name, filled(value) if isinstance(value, dict) else value)


def _properties_of(body: dict[str, Any]) -> dict[str, Any]:
    return filled(body.get("properties") or {})
