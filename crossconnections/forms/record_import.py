"""A file of customers' records: uploaded or pasted, checked, and carried to the word that applies it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from crossconnections.record_sheet import MOST_BYTES, Line, NotASheet, decode, read_sheet
from crossconnections.record_values import READERS, as_text
from crossconnections.services.record_imports import Order, Planned

_SALT = "crossconnections.forms.record_import"
GOOD_FOR_SECONDS = 1_800
# What a form may have at most (DATA_UPLOAD_MAX_MEMORY_SIZE), with room for what else is in it.
MOST_CHARACTERS = 1_000_000


class RecordImportForm(forms.Form):
    """Either a file or its text; ``lines`` is what a valid one has in it."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"class": "inp", "accept": ".csv,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label="Or paste its text",
        required=False,
        strip=False,
        help_text="The head and the lines, with commas, semicolons or tabs, as they are copied from a spreadsheet.",
        widget=forms.Textarea({"class": "inp mono", "rows": 8, "spellcheck": "false", "autocapitalize": "none"}),
    )
    lines: Sequence[Line] = ()

    def clean(self) -> dict[str, Any]:
        """What was pasted counts where no file was chosen; not both, for nobody knows which was meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file and text.strip():
            raise forms.ValidationError({"file": "Choose a file or paste a text, not both."})
        if not file and not text.strip():
            raise forms.ValidationError({"file": "Choose a file, or paste its text below."})
        try:
            self.lines = read_sheet(_content(file) if file else _bounded(text))
        except NotASheet as reason:
            raise forms.ValidationError({"file" if file else "text": str(reason)}) from None
        return cleaned


def sign_orders(planned: Sequence[Planned], *, person: int) -> str:
    """What the lines that change something would keep, for this person and half an hour; "" for none."""
    orders = [
        [
            one.row.service_key,
            one.row.pk,
            one.version,
            {name: as_text(name, value) for name, value in one.after.items()},
        ]
        for one in planned
        if one.row and one.after
    ]
    return signing.dumps([person, orders], salt=_SALT, compress=True) if orders else ""


def read_orders(signed: str, *, person: int) -> list[Order] | None:
    """What ``sign_orders`` was given; None where it is too old, somebody else's or not ours."""
    try:
        whose, orders = signing.loads(signed, salt=_SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return None
    if whose != person:
        return None
    return [
        Order(key, row_id, version, {name: READERS[name](text) for name, text in fields.items()})
        for key, row_id, version, fields in orders
    ]


def _content(file: "UploadedFile[Any]") -> str:
    return decode(file.read())


def _bounded(text: str) -> str:
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise NotASheet(f"It is larger than {MOST_BYTES // 1_000_000} MB. Split it, or leave out columns.")
    return text
