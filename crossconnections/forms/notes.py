"""The note to the customer, wherever it is typed."""

import re

from django import forms

# Not documented: how long a note may be at Azure. Nobody reads a longer one.
MOST_CHARACTERS = 1_000


_NOT_IN_A_NOTE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def clean_note(typed: str, *, held: str = "") -> str:
    """As Azure is sent it; ``held``, which nobody touched, exactly as it is. ValidationError for what is no note.

    A browser sends each line break as two characters, and shows no blanks at the ends of what it holds.
    """
    note = _plain(typed)
    if note == _plain(held):
        return held
    if len(note) > MOST_CHARACTERS:
        raise forms.ValidationError(f"A note takes at most {MOST_CHARACTERS:,} characters, not {len(note):,}.")
    if _NOT_IN_A_NOTE.search(note):
        raise forms.ValidationError("A note takes no control characters. Type it anew where it was copied from.")
    return note


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
