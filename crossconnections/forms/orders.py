"""What the customer ordered, as they said it."""

from typing import Any

from django import forms
from django.core import signing

from crossconnections.addressing.vlans import FIRST_VLAN, LAST_VLAN
from crossconnections.models import Workflow
from crossconnections.services.workflows.ordering import FIELDS
from crossconnections.workflows.steps import StepName

# What Azure sells to the customers of a provider (EXPRESSROUTE.md 5).
BANDWIDTHS = {
    50: "50 Mbps", 100: "100 Mbps", 200: "200 Mbps", 500: "500 Mbps",
    1_000: "1 Gbps", 2_000: "2 Gbps", 5_000: "5 Gbps", 10_000: "10 Gbps",
}  # fmt: skip
_SALT = "crossconnections.forms.orders"
_LINE = {"class": "inp", "autocomplete": "off"}
_VLAN = {"class": "inp", "inputmode": "numeric", "autocomplete": "off"}


def _vlan(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_VLAN,
        max_value=LAST_VLAN,
        widget=forms.TextInput(_VLAN),
        error_messages={
            "invalid": "A VLAN ID is a number.",
            "min_value": f"A VLAN ID is a number from {FIRST_VLAN} to {LAST_VLAN}.",
            "max_value": f"A VLAN ID is a number from {FIRST_VLAN} to {LAST_VLAN}.",
        },
    )


class OrderForm(forms.Form):
    """Filled with what was kept before; ``reason`` says why it is right where Azure has something else.

    ``kept`` carries, signed, what it was filled with: what somebody else keeps meanwhile is not overwritten unseen.
    """

    kept = forms.Field(required=False, widget=forms.HiddenInput)

    ordered_location = forms.CharField(
        label="Peering location",
        max_length=80,
        widget=forms.TextInput({**_LINE, "list": "locations"}),
        error_messages={"required": "Type the peering location that the customer ordered."},
    )
    ordered_bandwidth_mbps = forms.TypedChoiceField(
        label="Bandwidth",
        coerce=int,
        choices=[("", "Choose"), *BANDWIDTHS.items()],
        widget=forms.Select({"class": "inp"}),
        error_messages={"required": "Choose the bandwidth that the customer ordered."},
    )
    wants_private = forms.BooleanField(label="Private peering", required=False)
    private_vlan_id = _vlan("VLAN ID, private")
    wants_microsoft = forms.BooleanField(label="Microsoft peering", required=False)
    microsoft_vlan_id = _vlan("VLAN ID, Microsoft")
    primary_a_end = forms.CharField(
        label="Your port, primary", max_length=120, required=False, widget=forms.TextInput(_LINE)
    )
    secondary_a_end = forms.CharField(
        label="Your port, secondary", max_length=120, required=False, widget=forms.TextInput(_LINE)
    )
    reason = forms.CharField(
        label="Why it is right all the same", max_length=500, required=False, widget=forms.TextInput(_LINE)
    )

    def __init__(self, workflow: Workflow, data: Any = None) -> None:  # noqa: ANN401 - a QueryDict or None
        kept = next((step.note for step in workflow.steps.all() if step.name == StepName.ORDER), "")
        self._now = {name: getattr(workflow, name) for name in FIELDS}
        signed = signing.dumps(self._now, salt=_SALT)
        super().__init__(data, initial={**self._now, "reason": kept, "kept": signed})

    @property
    def seen(self) -> dict[str, Any]:
        """The order as the person saw it; as it is now where the form does not tell."""
        try:
            told: dict[str, Any] = signing.loads(self.data.get("kept", ""), salt=_SALT)
        except signing.BadSignature:
            return self._now
        return told

    def clean(self) -> dict[str, Any]:
        """A VLAN ID is one of a peering that is wanted, and each has its own (V8)."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("private", "microsoft"):
            if cleaned.get(f"{name}_vlan_id") is not None:
                cleaned[f"wants_{name}"] = True
        private, microsoft = cleaned.get("private_vlan_id"), cleaned.get("microsoft_vlan_id")
        if private is not None and private == microsoft:
            self.add_error("microsoft_vlan_id", "Each peering of a circuit takes a VLAN ID of its own.")
        return cleaned

    def order(self) -> dict[str, Any]:
        """All fields of the order, of a valid form."""
        return {name: self.cleaned_data[name] for name in FIELDS}
