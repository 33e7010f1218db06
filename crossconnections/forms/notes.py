"""The note to the customer, wherever it is typed."""

from django import forms

# Not documented: how long a note may be at Azure. Nobody reads a longer one.
MOST_CHARACTERS = 1_000


def clean_note(typed: str, *, held: str = "") -> str:
    """As Azure is sent it; ``held`` may be longer than a new one. ValidationError where it is too long.

    A browser sends each line break as two characters.
    """
    note = typed.replace("\r\n", "\n").strip()
    if len(note) > MOST_CHARACTERS and note != held:
        raise forms.ValidationError(f"A note takes at most {MOST_CHARACTERS:,} characters, not {len(note):,}.")
    return note
