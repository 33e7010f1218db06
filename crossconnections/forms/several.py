"""The same for several cross connections."""

from typing import Any

from django import forms

from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.forms.notes import clean_note
from crossconnections.service_keys import Pasted, find_service_keys
from crossconnections.services.changes.sets import MOST_IN_A_SET


class SeveralForm(forms.Form):
    """What is to be set for several cross connections; ``pasted`` is what a valid one names."""

    service_keys = forms.CharField(
        label="Service keys",
        help_text="One a line, or any text that has them in it, such as an e-mail or the cells of a spreadsheet. "
        f"At most {MOST_IN_A_SET}.",
        widget=forms.Textarea(
            {"class": "inp mono", "rows": 8, "maxlength": 200_000, "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={"required": "Paste at least one service key."},
    )
    provider_provisioning_state = forms.ChoiceField(
        label="Provider provisioning state",
        choices=[("", "Choose"), *((state, state) for state in (Provider.PROVISIONING, Provider.PROVISIONED))],
        help_text="The states that take a circuit out of service are set one at a time, on the circuit's own page, "
        "where its tables tell what would go down.",
        widget=forms.Select({"class": "inp"}),
        error_messages={"required": "Choose the state that all of them are to have."},
    )
    provider_notes = forms.CharField(
        label="Note to customer",
        required=False,
        help_text="Each customer sees it at their circuit. It replaces the note that is there; left empty, every note "
        "stays as it is.",
        widget=forms.Textarea({"class": "inp", "rows": 3}),
    )
    pasted = Pasted((), ())

    def clean_service_keys(self) -> str:
        """At least one, and not too many."""
        text: str = self.cleaned_data["service_keys"]
        self.pasted = find_service_keys(text)
        count = len(self.pasted.service_keys)
        if not count:
            raise forms.ValidationError("There is no service key in it. One looks like a GUID: 8-4-4-4-12 digits.")
        if count > MOST_IN_A_SET:
            raise forms.ValidationError(f"At most {MOST_IN_A_SET} at once; these are {count:,}.")
        if len(self.pasted.others) > MOST_IN_A_SET:
            raise forms.ValidationError(f"Of these lines, {len(self.pasted.others):,} are no service keys.")
        return text

    def clean_provider_notes(self) -> str:
        """The same rule as for one."""
        return clean_note(self.cleaned_data["provider_notes"])

    def asked(self) -> dict[str, Any]:
        """The fields that are to be different, of a valid form."""
        typed = {name: self.cleaned_data[name] for name in ("provider_provisioning_state", "provider_notes")}
        return {name: value for name, value in typed.items() if value}
