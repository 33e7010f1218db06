"""A peering: who speaks BGP over which link, and for Microsoft peering what the customer announces.

The rules are those of :mod:`crossconnections.addressing`; a field says the sentence, and offers the repair.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from crossconnections.addressing import Breach, Judgement, judge, judge_shared_key, sentence_of
from crossconnections.differences import is_same
from crossconnections.enums import PeeringState, PeeringType
from crossconnections.forms.changes import NOTHING, ChangeForm
from crossconnections.models import CrossConnection, Wish
from crossconnections.models.wish import PRESENCE
from crossconnections.proposals import as_typed, fields_of, neighbours_of, of_touched, with_families

SharedKey = Wish.SharedKey
_KEY_AGAIN = "Type the key again, or choose otherwise: it is never sent back to a browser."
_PLAIN = {"class": "inp mono", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def _line(label: str, **attributes: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, strip=False, widget=forms.TextInput({**_PLAIN, **attributes}))


def _lines(label: str, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, strip=False, widget=forms.Textarea({**_PLAIN, "rows": rows}))


class PeeringForm(ChangeForm):
    """Of one type, set up or edited; ``judgement`` is what the rules say of what was typed.

    ``state`` of the mirror is ``peering_state`` here. The key is typed and never shown: ``shared_key_action`` says what
    becomes of the one that is there, and a key that is typed means ``set``. ``read_tables`` wishes for a proof.
    """

    peer_asn = _line("Peer ASN", inputmode="numeric")
    vlan_id = _line("VLAN ID (C-tag)", inputmode="numeric")
    primary_prefix = _line("Primary subnet")
    secondary_prefix = _line("Secondary subnet")
    ipv6_primary_prefix = _line("Primary IPv6 subnet")
    ipv6_secondary_prefix = _line("Secondary IPv6 subnet")
    peering_state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[(PeeringState.ENABLED, "Enabled"), (PeeringState.DISABLED, "Disabled")],
        widget=forms.Select({"class": "inp sel"}),
        error_messages={"invalid_choice": "A peering is Enabled or Disabled."},
    )
    shared_key_action = forms.ChoiceField(
        label="What becomes of the key",
        required=False,
        choices=[(SharedKey.KEEP, "Leave it"), (SharedKey.SET, "Set it"), (SharedKey.REMOVE, "Remove it")],
        error_messages={"invalid_choice": "The key is left, set or removed."},
    )
    shared_key = forms.CharField(
        label="Shared key", required=False, strip=False, widget=forms.PasswordInput({**_PLAIN, "autocomplete": "off"})
    )
    read_tables = forms.BooleanField(label="Read the tables before and after", required=False)
    # As on the page, for what is said above it of those that are wrong.
    field_order = (
        "peer_asn",
        "vlan_id",
        "peering_state",
        "primary_prefix",
        "secondary_prefix",
        "ipv6_primary_prefix",
        "ipv6_secondary_prefix",
        "advertised_prefixes",
        "customer_asn",
        "routing_registry",
        "advertised_communities",
        "shared_key_action",
        "shared_key",
        "read_tables",
    )
    judgement = Judgement({}, (), ())

    def __init__(
        self,
        row: CrossConnection,
        peering_type: str,
        data: Any = None,  # noqa: ANN401 - a QueryDict or None
        *,
        typed: Mapping[str, Any] | None = None,
        key_action: str = SharedKey.KEEP,
    ) -> None:
        self.subject, self._key_action = peering_type, key_action
        self.names = (PRESENCE, "state", "ipv6_state", *fields_of(peering_type))
        super().__init__(row, data, typed=typed)
        for name in fields_of(peering_type):
            # What is known of it is said while it is typed, so it is named before there is anything.
            self.fields[name].widget.attrs["aria-describedby"] = f"live-{name} id_{name}_helptext"

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """As a person would type them; a new peering is switched on."""
        texts = as_typed({**values, "customer_asn": values.get("customer_asn") or None})
        state = values["state"] or PeeringState.ENABLED
        return {
            **texts,
            "peering_state": state,
            "shared_key_action": self._key_action,
            "read_tables": values.get("read_tables", not self.now[PRESENCE]),
        }

    @property
    def is_new(self) -> bool:
        """Whether there was no such peering when the person opened the form."""
        return not self.seen[PRESENCE]

    @property
    def key_action(self) -> str:
        """What becomes of the key, by what was chosen last; one that was typed was to be set."""
        chosen = self["shared_key_action"].value()
        return SharedKey.SET if self.data.get("shared_key") else str(chosen or SharedKey.KEEP)

    @property
    def key_again(self) -> str:
        """That the key has to be typed once more, where one was typed before; "" where none was."""
        was_typed = self.data.get("shared_key") if self.is_bound else self._key_action == SharedKey.SET
        return _KEY_AGAIN if was_typed else ""

    @property
    def key(self) -> str | None:
        """Of a valid form: the key to set, "" to take it away, None to leave it alone."""
        if key := self.cleaned_data["shared_key"]:
            return str(key)
        return "" if self.cleaned_data["shared_key_action"] == SharedKey.REMOVE else None

    def breaches_of(self, name: str) -> list[Breach]:
        """What the rules say against a field."""
        return [one for one in self.judgement.breaches if one.field == name]

    def clean(self) -> dict[str, Any]:
        """The peering as a whole, by the rules; an error of the form where nothing is different."""
        cleaned = self.cleaned_data
        self.judgement = self.judge()
        for breach in self.judgement.breaches:
            self.add_error(breach.field, sentence_of(breach))
        self._clean_key(cleaned)
        if not self.errors and not self._is_anything_asked(cleaned):
            raise forms.ValidationError(NOTHING)
        return cleaned

    def asked(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What is to be different; of a new peering all that was typed. It begins with the peering being there."""
        seen, now = self.seen, self.now
        state = cleaned["peering_state"] or (PeeringState.ENABLED if self.is_new else seen["state"])
        values = {**seen, **self.judgement.values, "state": state}
        told = {
            name: values[name]
            for name in ("state", *fields_of(self.subject))
            if not is_same(values[name], seen[name]) and (self.is_new or not is_same(values[name], now[name]))
        }
        return {PRESENCE: True, **with_families(values, told, was=seen)}

    def judge(self) -> Judgement:
        """By the texts as they were typed; a field that was not sent stays as it is."""
        names = fields_of(self.subject)
        untouched, shown = (as_typed({name: held[name] for name in names}) for held in (self.now, self.seen))
        typed = {name: self.data.get(name, text) for name, text in untouched.items()}
        found = judge(typed, peering_type=self.subject, others=neighbours_of(self.row, self.subject))
        touched = {name for name, text in typed.items() if _plain(text) != _plain(shown[name])}
        return found if self.is_new else of_touched(found, touched)

    def _clean_key(self, cleaned: dict[str, Any]) -> None:
        key = cleaned.get("shared_key", "")
        if key and (breach := judge_shared_key(key)):
            self.add_error("shared_key", sentence_of(breach))
        elif not key and cleaned.get("shared_key_action") == SharedKey.SET:
            self.add_error("shared_key", _KEY_AGAIN)

    def _is_anything_asked(self, cleaned: dict[str, Any]) -> bool:
        return self.is_new or self.key is not None or len(self.asked(cleaned)) > 1


class MicrosoftPeeringForm(PeeringForm):
    """With what only Microsoft peerings have."""

    advertised_prefixes = _lines("Prefixes", 4)
    customer_asn = _line("Customer ASN", inputmode="numeric")
    routing_registry = forms.CharField(label="Routing registry", required=False)
    advertised_communities = _lines("Communities", 2)


class RemovalForm(ChangeForm):
    """Nothing to fill in: it carries along what the peering was like when the person opened it."""

    def __init__(self, row: CrossConnection, peering_type: str, data: Any = None) -> None:  # noqa: ANN401 - a QueryDict or None
        self.subject = peering_type
        self.names = (PRESENCE, "state", *fields_of(peering_type))
        super().__init__(row, data)

    def asked(self, _cleaned: dict[str, Any]) -> dict[str, Any]:
        """That it goes."""
        return {PRESENCE: False}


def form_of(peering_type: str) -> type[PeeringForm]:
    """The form of a type of peering."""
    return MicrosoftPeeringForm if peering_type == PeeringType.MICROSOFT_PEERING else PeeringForm


def _plain(text: str) -> str:
    """A browser sends each line break as two characters."""
    return text.replace("\r\n", "\n").strip()
