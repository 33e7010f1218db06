"""What the forms of changes have in common: what the person saw, and which fields they touched."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing

from crossconnections.models import CrossConnection
from crossconnections.proposals import values_now

_SALT = "crossconnections.forms.opened"
NOTHING = "Nothing is different from what Azure has, so there is nothing to send."


class ChangeForm(forms.Form):
    """A form over a cross connection, filled with what is true now.

    ``opened`` carries what it was filled with, signed, so that what somebody else changed meanwhile is not taken for
    what this person wants; without it, what is true now counts. A field that was not sent at all is left untouched.
    ``typed`` is what the person had asked for before they came back from the review.
    """

    names: tuple[str, ...]
    subject = ""

    # No text that anybody types: whatever is wrong with it is no error of the form, and has no place beside a field.
    opened = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        row: CrossConnection,
        data: Any = None,  # noqa: ANN401 - a QueryDict or None
        *,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.row = row
        self.now = values_now(row, self.names, self.subject)
        shown = self.shown({**self.now, **(typed or {})})
        super().__init__(data, initial={**shown, "opened": signing.dumps(self.now, salt=_SALT)})

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the fields show of the mirror's values."""
        return values

    def clean(self) -> dict[str, Any]:
        """The cleaned values; an error of the form where nothing is touched."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.asked(cleaned):
            raise forms.ValidationError(NOTHING)
        return cleaned

    @property
    def seen(self) -> dict[str, Any]:
        """What the person saw."""
        try:
            told = signing.loads(self.data.get("opened", ""), salt=_SALT)
        except signing.BadSignature:
            return self.now
        return {**self.now, **{name: value for name, value in told.items() if name in self.names}}

    def asked(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The fields that are to be different from what the person saw, and are not so already."""
        seen = self.seen
        return {
            name: cleaned[name]
            for name in self.names
            if name in self.data and cleaned.get(name) not in (seen[name], self.now[name])
        }
