"""The peerings of a circuit as its customer edits them."""

from collections.abc import Mapping
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.edits import PEERING_TYPES
from sandbox.estate.peerings import prefix_info
from sandbox.estate.prefix_states import CONFIG, INFO, PREFIXES, STATE
from sandbox.page.forms import Form, Refusal, number, ungrouped
from sandbox.page.layout import card, code, facts
from sandbox.page.markup import Html, join, tag
from sandbox.page.words import PEERINGS
from sandbox.refused import RefusedError

Facts = dict[str, Any]
# The name of a field and Azure's of its fact; numbers among them.
_FIELDS = {
    "vlan_id": "vlanId",
    "peer_asn": "peerASN",
    "primary_prefix": "primaryPeerAddressPrefix",
    "secondary_prefix": "secondaryPeerAddressPrefix",
    "peering_state": "state",
}
_NUMBERS = frozenset({"vlan_id", "peer_asn"})
_PREFIXES_STATES = ("Configured", "Configuring", "ValidationNeeded", "NotConfigured")
# What a form for a new peering has: it can be sent as it is.
_EXAMPLES: dict[str, Facts] = {
    "AzurePrivatePeering": {
        "vlanId": 200,
        "peerASN": 65010,
        "primaryPeerAddressPrefix": "10.20.0.0/30",
        "secondaryPeerAddressPrefix": "10.20.0.4/30",
    },
    "MicrosoftPeering": {
        "vlanId": 300,
        "peerASN": 30200,
        "primaryPeerAddressPrefix": "123.45.67.0/30",
        "secondaryPeerAddressPrefix": "123.45.67.4/30",
        CONFIG: {PREFIXES: ["124.50.0.0/24"], STATE: "Configured"},
    },
}


def peering_cards(document: Document, address: str, refusal: Refusal) -> Html:
    """A card for each peering that a customer may have, and for what else there is."""
    known = {one["name"]: one["properties"] for one in document["properties"]["peerings"]}
    names = [*PEERING_TYPES, *(name for name in known if name not in PEERING_TYPES)]
    return join([_card(document, name, known.get(name), address, refusal) for name in names])


def read_peering_form(document: Document, name: str, typed: Mapping[str, str]) -> Facts:
    """What is different from what Azure has, in Azure's words; raises RefusedError where nothing is.

    What is blank and was not there stays out; what is blank and was there is sent blank.
    """
    known: Facts = next((one["properties"] for one in document["properties"]["peerings"] if one["name"] == name), {})
    told: Facts = {}
    for field, fact in _FIELDS.items():
        text = typed.get(field, "").strip()
        if text != str(known.get(fact, "")):
            told[fact] = number(text) if field in _NUMBERS else text
    if typed.get("shared_key") or typed.get("remove_key"):
        told["sharedKey"] = typed.get("shared_key", "")
    told |= _config(document["name"], known, told.get("peerASN", known.get("peerASN", 0)), typed)
    if known and not told:
        raise RefusedError("Nothing here is different from what Azure has.")
    return told


def _config(service_key: str, known: Facts, asn: object, typed: Mapping[str, str]) -> Facts:
    """The configuration of Microsoft's side, where it is another one: what stays of it, and what was typed."""
    if "advertised_prefixes" not in typed:
        return {}
    before, state = known.get(CONFIG, {}), typed.get("prefixes_state", "")
    prefixes = [line.strip() for line in typed["advertised_prefixes"].splitlines() if line.strip()]
    if (prefixes, state) == (before.get(PREFIXES, []), before.get(STATE, state)):
        return {}
    kept = {one.get("prefix"): one for one in before.get(INFO, [])} if before.get(STATE) == state else {}
    infos = [kept.get(one) or prefix_info(service_key, str(asn), one, state) for one in prefixes]
    return {CONFIG: {**before, PREFIXES: prefixes, STATE: state, INFO: infos}}


def _card(document: Document, name: str, known: Facts | None, address: str, refusal: Refusal) -> Html:
    title = PEERINGS.get(name, name)
    if name not in PEERING_TYPES:
        return card(title, facts(_told(known or {})), lead="Retired: nobody can edit it any more.")
    form, remover = Form(f"edit {name}", address, refusal), Form(f"remove {name}", address, refusal)
    editing = _form(form, name, known)
    if known is None:
        setting_up = tag("details", tag("summary", "Set it up as the customer …"), editing, open=form.is_refused)
        return card(title, setting_up, lead=_lead(document))
    edit = tag("details", tag("summary", "Edit it as the customer …"), editing, open=form.is_refused)
    remove = tag(
        *("details", tag("summary", "Remove it …"), remover.whole(button="Remove the peering", kind="danger")),
        open=remover.is_refused,
    )
    return card(title, facts(_told(known)), edit, remove)


def _lead(document: Document) -> str:
    if document["properties"]["serviceProviderProvisioningState"] == "Provisioned":
        return "Not there yet. On a layer 2 service the customer sets it up."
    return "Not there yet. Azure wants the circuit to be Provisioned first; here it is taken all the same."


def _told(known: Facts) -> dict[str, object]:
    config, by = known.get(CONFIG, {}), known.get("lastModifiedBy", "")
    return {
        "State": known.get("state"),
        "VLAN ID": code(known["vlanId"]) if "vlanId" in known else "",
        "Peer ASN": code(known["peerASN"]) if "peerASN" in known else "",
        "Primary prefix": code(known.get("primaryPeerAddressPrefix", "")),
        "Secondary prefix": code(known.get("secondaryPeerAddressPrefix", "")),
        "IPv6": "as well; it stays as it is" if "ipv6PeeringConfig" in known else "",
        "Advertised prefixes": [tag("span", code(one)) for one in config.get(PREFIXES, [])] or "",
        "Azure says of them": config.get(STATE),
        "Azure's own state": known.get("provisioningState"),
        "Last modified by": by or "the provider",
    }


def _form(form: Form, name: str, known: Facts | None) -> Html:
    filled = known if known is not None else _EXAMPLES[name]
    return form.whole(
        form.text("vlan_id", "VLAN ID", filled.get("vlanId", ""), inputmode="numeric"),
        form.text("peer_asn", "Peer ASN", filled.get("peerASN", ""), inputmode="numeric"),
        form.text("primary_prefix", "Primary prefix", filled.get("primaryPeerAddressPrefix", "")),
        form.text("secondary_prefix", "Secondary prefix", filled.get("secondaryPeerAddressPrefix", "")),
        _prefixes(form, filled.get(CONFIG, {})) if name == "MicrosoftPeering" else None,
        form.choice("peering_state", "State", ungrouped((one, one) for one in ("Enabled", "Disabled")), _state(filled)),
        _key(form, is_new=known is None),
        button="Set it up" if known is None else "Save",
    )


def _state(filled: Facts) -> str:
    state: str = filled.get("state", "Enabled")
    return state


def _prefixes(form: Form, config: Facts) -> Html:
    lines = form.lines("advertised_prefixes", "Advertised prefixes", "\n".join(config.get(PREFIXES, [])))
    states = ungrouped((one, one) for one in _PREFIXES_STATES)
    hint = "BGP comes up only when they are Configured."
    said = form.choice("prefixes_state", "What Azure says of them", states, config.get(STATE, "Configured"), hint=hint)
    return join(lines, said)


def _key(form: Form, *, is_new: bool) -> Html:
    # Never filled, also not where the form is refused: nobody gets to see a key again.
    box = tag("input", type="password", name="shared_key", autocomplete="off")
    hint = "Optional." if is_new else "Left blank, it stays as it is. Nobody is shown it."
    asked = tag("label", tag("span", "Shared key"), box, tag("small", hint))
    return join(asked, None if is_new else form.tick("remove_key", "Take the shared key away"))
