"""A comment on a reading."""

from django import forms

MOST_CHARACTERS = 2_000
_TOO_LONG = f"A comment takes at most {MOST_CHARACTERS:,} characters; this one has %(show_value)s."


class CommentForm(forms.Form):
    """What a person has to say of a reading; nothing, to take back what was said."""

    comment = forms.CharField(
        label="Comment",
        required=False,
        help_text=f"For whoever opens this reading later, and for the ticket. At most {MOST_CHARACTERS:,} characters.",
        widget=forms.Textarea({"class": "inp", "rows": 3}),
    )

    def clean_comment(self) -> str:
        """A browser sends each line break as two characters, and counts it as one."""
        comment: str = self.cleaned_data["comment"].replace("\r\n", "\n")
        if len(comment) > MOST_CHARACTERS:
            raise forms.ValidationError(_TOO_LONG, params={"show_value": f"{len(comment):,}"})
        return comment
