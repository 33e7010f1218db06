"""What the sentences of findings name in braces: their evidence in words."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from crossconnections.diagnosis.case import Service
from crossconnections.diagnosis.findings import Evidence, Finding, Value
from crossconnections.enums import PeeringType, Table
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.history import field_name
from crossconnections.presenters.states import Mark, provider_state, provisioning_state, validation_state
from crossconnections.presenters.tables.read_words import seconds_in_words

_MOST_NAMED = 3
_STATE = "State"
_OTHER_SKU = ", if the circuit is Standard (Premium takes 10,000)"
_PLACES = {"peering_location": "peering location", "s_tag": "S-tag", "primary_azure_port": "primary port",
           "secondary_azure_port": "secondary port"}  # fmt: skip
_TABLES = {Table.ARP: "ARP table", Table.ROUTES_SUMMARY: "BGP summary", Table.ROUTES: "route table"}
# Whoever speaks BGP with Microsoft: the customer, we, or nobody has said which.
_SPEAKERS: dict[str | None, tuple[str, str]] = {
    Service.LAYER_2: ("Ask the customer to check", ""),
    Service.LAYER_3: ("Check", ""),
    None: ("Check", " If the router is the customer's, ask them to."),
}


def facts_of(finding: Finding) -> Mapping[str, str]:
    """By the names in the sentences; what is not known is ``not told``."""
    service = finding.evidence.get("service")
    check, theirs = _SPEAKERS[Service(str(service)) if service else None]
    words = {name: _in_words(value) for name, value in finding.evidence.items()}
    own = _OF_RULES.get(finding.rule, _nothing)(finding.evidence)
    return _Facts(words | {"check": check, "theirs": theirs} | own)


def list_in_words(values: tuple[str, ...]) -> str:
    """``a, b and 3 more``; at most three are named, unless there are four."""
    if len(values) > _MOST_NAMED + 1:
        return f"{', '.join(values[:_MOST_NAMED])} and {len(values) - _MOST_NAMED:,} more"
    return " and ".join(filter(None, [", ".join(values[:-1]), *values[-1:]]))


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "not told"


def _in_words(value: Value) -> str:
    if isinstance(value, tuple):
        return list_in_words(value)
    if isinstance(value, timedelta):
        return seconds_in_words(value)
    return "not told" if value is None or value == "" else str(value)


def _nothing(_: Evidence) -> dict[str, str]:
    return {}


def _texts(evidence: Evidence, name: str) -> tuple[str, ...]:
    value = evidence.get(name)
    return value if isinstance(value, tuple) else ()


def _count(evidence: Evidence, name: str = "count") -> str:
    value = evidence.get(name)
    return f"{value:,}" if isinstance(value, int) else "not told"


def _state(mark: Callable[[str], Mark]) -> Callable[[Evidence], dict[str, str]]:
    return lambda evidence: {"state": mark(str(evidence["state"])).word}


def _counts(*names: str) -> Callable[[Evidence], dict[str, str]]:
    return lambda evidence: {name: _count(evidence, name) for name in names}


def _prefixes(evidence: Evidence) -> dict[str, str]:
    """Of Microsoft peering; Azure may want them validated and tell none."""
    return {"prefixes": list_in_words(_texts(evidence, "prefixes")) or "the advertised prefixes"}


def _waiting(evidence: Evidence) -> dict[str, str]:
    """Of all, which have a state, or of single ones."""
    return _named(evidence) | {"state": validation_state(str(evidence.get("state") or "")).word}


def _refused(evidence: Evidence) -> dict[str, str]:
    return _named(evidence) | {"states": list_in_words(_texts(evidence, "states"))}


def _named(evidence: Evidence) -> dict[str, str]:
    return {"prefixes": list_in_words(tuple(filter(None, _texts(evidence, "prefixes")))) or "an advertised prefix"}


def _overwritten(evidence: Evidence) -> dict[str, str]:
    """The settings as the pages call them."""
    names = (_STATE if name == "state" else field_name(name) for name in _texts(evidence, "what"))
    return {"what": list_in_words(tuple(names))}


def _takes(evidence: Evidence) -> dict[str, str]:
    """How many prefixes Microsoft takes; of a circuit whose SKU nobody has told, only if."""
    if evidence.get("limit") is None:
        return {"takes": "How many prefixes Microsoft takes here is not known; it drops the session above that."}
    sku = "" if evidence.get("is_sure") else f"{_OTHER_SKU},"
    limit = _count(evidence, "limit")
    return {"takes": f"Microsoft takes {limit} prefixes here{sku} and drops the session above that."}


def _gone(evidence: Evidence) -> dict[str, str]:
    paths = _texts(evidence, "gone")
    return {"gone": "Both paths" if len(paths) > 1 else f"The {list_in_words(paths)} path"}


def _one_sided(evidence: Evidence) -> dict[str, str]:
    sides = (("primary", _texts(evidence, "primary_only")), ("secondary", _texts(evidence, "secondary_only")))
    said = [f"{list_in_words(networks)} on the {path} only" for path, networks in sides if networks]
    return {"one_sided": "; ".join(said)}


def _longer(evidence: Evidence) -> dict[str, str]:
    sides = (("primary", _texts(evidence, "longer_on_primary")), ("secondary", _texts(evidence, "longer_on_secondary")))
    said = [f"the AS path of {list_in_words(networks)} is longer on the {path}" for path, networks in sides if networks]
    text = "; ".join(said)
    return {"longer": text[:1].upper() + text[1:]}


def _budget(evidence: Evidence) -> dict[str, str]:
    saved = evidence.get("saved")
    saves = (
        f" Aggregating neighbours with the same AS path would save {saved:,}."
        if isinstance(saved, int) and saved
        else ""
    )
    is_sure = evidence.get("is_sure")
    sku = "" if is_sure else _OTHER_SKU
    return {"count": _count(evidence), "limit": _count(evidence, "limit"), "saves": saves, "sku": sku}


def _moved(evidence: Evidence) -> dict[str, str]:
    said = (text.partition(": ") for text in _texts(evidence, "what"))
    return {
        "what": ", ".join(f"{_PLACES.get(name, name)} {values.replace(' -> ', ' to ')}" for name, _, values in said)
    }


def _vnets(evidence: Evidence) -> dict[str, str]:
    count = len(_texts(evidence, "networks"))
    return {"count_of_networks": f"{count:,} {'network' if count == 1 else 'networks'}"}


_OF_RULES: dict[str, Callable[[Evidence], dict[str, str]]] = {
    "R01": _state(provider_state),
    "R03": _state(provisioning_state),
    "R06": _prefixes,
    "R07": _waiting,
    "R08": _refused,
    "R09": _overwritten,
    "R21": _counts("minutes"),
    "R22": lambda evidence: {"well": list_in_words(tuple(map(_peering, _texts(evidence, "well"))))},
    "R34": _takes,
    "R35": _budget,
    "R36": _budget,
    "R37": _budget,
    "R41": _gone,
    "R49": _vnets,
    "R51": _counts("count", "limit"),
    "R53": _one_sided,
    "R54": _longer,
    "R57": _counts("primary", "secondary"),
    "R58": _counts("now", "before"),
    "R64": lambda evidence: {"what": _TABLES.get(Table(what), what) if (what := _table(evidence)) else "state"},
    "R66": _counts("now_mbps", "before_mbps"),
    "R67": _moved,
}


def _table(evidence: Evidence) -> str:
    told = str(evidence.get("what", ""))
    return told if told in set(Table) else ""


def _peering(peering_type: str) -> str:
    return (
        f"{short_peering_name(PeeringType(peering_type))} peering" if peering_type in set(PeeringType) else peering_type
    )
