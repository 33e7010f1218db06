"""What somebody pastes to have its service keys looked up."""

from django import forms

from crossconnections.service_keys import Pasted, find_service_keys

MOST_KEYS = 200


class LookUpForm(forms.Form):
    """A service key, several, or the e-mail that has them in it; ``pasted`` is what a valid one names."""

    text = forms.CharField(
        label="Service keys, or the customer's e-mail",
        widget=forms.Textarea(
            {"class": "inp mono", "rows": 4, "maxlength": 200_000, "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={"required": "Paste a service key, or the e-mail that has it in it."},
    )
    pasted = Pasted((), ())

    def clean_text(self) -> str:
        """At least something that was meant as a key, and not too many."""
        text: str = self.cleaned_data["text"]
        self.pasted = _without_prose(find_service_keys(text))
        named = [*self.pasted.service_keys, *self.pasted.others]
        if not named:
            raise forms.ValidationError("There is no service key in it. One looks like a GUID: 8-4-4-4-12 digits.")
        if len(named) > MOST_KEYS:
            raise forms.ValidationError(f"At most {MOST_KEYS} at once; these are {len(named):,}.")
        return text


def _without_prose(pasted: Pasted) -> Pasted:
    """A word without any digit that stands alone on its line of an e-mail is a greeting or a name, and no cut key."""
    meant = tuple(word for word in pasted.others if any(one.isdecimal() for one in word))
    return pasted._replace(others=meant) if meant or pasted.service_keys else pasted
