"""A subscription that is to be enlisted, and what an enlisted one is called."""

import uuid
from typing import Any

from django import forms

from crossconnections.models import Subscription
from crossconnections.services.subscriptions.enlisting import LONGEST_LABEL, NotEnlisted, check_label, refuse_enlisted
from portal.harmless import harmless

_NAMELESS = "Say what your teams call it."
_NOT_AN_ID = "A subscription id is a GUID, as the Azure portal shows it: 8-4-4-4-12 digits."


class NameForm(forms.Form):
    """Label and kind; ``key`` is the subscription's, None while it is being typed."""

    label = forms.CharField(
        label="Label",
        max_length=LONGEST_LABEL,
        help_text="What your teams call it. It stands on every page.",
        widget=forms.TextInput({"class": "inp", "autocomplete": "off"}),
        error_messages={
            "required": _NAMELESS,
            "max_length": f"A label has at most {LONGEST_LABEL} characters.",
        },
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[(Subscription.Kind.PRODUCTION, "Production"), (Subscription.Kind.TEST, "Test")],
        widget=forms.Select({"class": "inp"}),
        error_messages={"invalid_choice": "Choose Production or Test: a customer's subscription is never enlisted."},
    )

    def __init__(self, *args: Any, key: uuid.UUID | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.key = key

    def clean_label(self) -> str:
        """In one line, of characters that can be seen."""
        label: str = self.cleaned_data["label"]
        if not any(one.isprintable() and not one.isspace() for one in label):
            raise forms.ValidationError(_NAMELESS)
        return harmless(label, longest=LONGEST_LABEL).strip()

    def clean(self) -> dict[str, Any]:
        """No two are called the same."""
        super().clean()
        if "label" in self.cleaned_data and self.key is not None:
            try:
                check_label(self.cleaned_data["label"], self.key)
            except NotEnlisted as error:
                self.add_error("label", str(error))
        return self.cleaned_data


class ProposalForm(NameForm):
    """With the id."""

    subscription_id = forms.CharField(
        label="Subscription id",
        max_length=80,
        help_text="Of your production or your test subscription, never of a customer's.",
        widget=forms.TextInput({"class": "inp mono", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type the id of the subscription."},
    )
    field_order = ("subscription_id", "label", "kind")

    def clean_subscription_id(self) -> uuid.UUID:
        """The GUID of one that is not enlisted."""
        try:
            self.key = uuid.UUID(self.cleaned_data["subscription_id"].strip())
        except ValueError:
            raise forms.ValidationError(_NOT_AN_ID) from None
        try:
            refuse_enlisted(self.key)
        except NotEnlisted as error:
            raise forms.ValidationError(str(error)) from None
        return self.key
