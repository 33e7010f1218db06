"""What a review asks for: nothing, or for what takes a circuit out of service or off its ports the end of its key."""

from typing import Any

from django import forms

from crossconnections.services.changes.guards import ENDING, ends_as


class ReviewForm(forms.Form):
    """``confirm_ending``: the last four characters, typed by hand, so that nobody ends another service by a slip."""

    confirm_ending = forms.CharField(
        label=f"Last {ENDING} characters of the service key",
        max_length=80,
        required=False,
        widget=forms.TextInput({
            "class": "inp mono", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "size": ENDING,
        }),
    )  # fmt: skip

    def __init__(
        self,
        service_key: str,
        data: Any = None,  # noqa: ANN401 - a QueryDict or None
        *,
        is_move: bool = False,
    ) -> None:
        self._service_key, self._what = service_key, "moves" if is_move else "ends here"
        super().__init__(data)
        if data is not None and self.errors:
            self.fields["confirm_ending"].widget.attrs["autofocus"] = True

    def clean_confirm_ending(self) -> str:
        """In any case."""
        typed: str = self.cleaned_data["confirm_ending"].strip()
        if not typed:
            raise forms.ValidationError(f"Type the last {ENDING} characters of the service key that {self._what}.")
        if not ends_as(self._service_key, typed):
            raise forms.ValidationError(f"The service key does not end in {typed}. Is it the right circuit?")
        return typed
