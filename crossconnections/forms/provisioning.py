"""The provider's side of a cross connection: its state, and the note that the customer reads."""

from django import forms

from crossconnections.enums import ProviderProvisioningState
from crossconnections.forms.changes import ChangeForm
from crossconnections.forms.notes import clean_note
from crossconnections.policies import reason_not_to_set

_OFFERED = (
    ProviderProvisioningState.NOT_PROVISIONED,
    ProviderProvisioningState.PROVISIONING,
    ProviderProvisioningState.PROVISIONED,
    ProviderProvisioningState.DEPROVISIONING,
)


class ProvisioningForm(ChangeForm):
    """``read_tables`` wishes for the tables before and after, as a proof of what the change did."""

    names = ("provider_provisioning_state", "provider_notes")

    provider_provisioning_state = forms.CharField(label="State", required=False)
    provider_notes = forms.CharField(
        label="Note to customer", required=False, widget=forms.Textarea({"class": "inp", "rows": 3})
    )
    read_tables = forms.BooleanField(label="Read the tables before and after", required=False)

    @property
    def chosen(self) -> str:
        """The state that was typed last, or else where it stands."""
        return str(self["provider_provisioning_state"].value() or self.now["provider_provisioning_state"])

    @property
    def offered(self) -> list[str]:
        """The states that the form shows; one that is none of these is where it stands now."""
        now = str(self.now["provider_provisioning_state"])
        return [*_OFFERED] if now in _OFFERED else [now, *_OFFERED]

    def clean_provider_provisioning_state(self) -> str:
        """Where it stands, or what can follow (EXPRESSROUTE.md 1.2)."""
        now: str = self.now["provider_provisioning_state"]
        wanted: str = self.cleaned_data["provider_provisioning_state"] or now
        if wanted != now and (reason := reason_not_to_set(now, wanted)):
            raise forms.ValidationError(reason)
        return wanted

    def clean_provider_notes(self) -> str:
        """A note that was longer already may stay as it is."""
        return clean_note(self.cleaned_data["provider_notes"], held=self.seen["provider_notes"])
