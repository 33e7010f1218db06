"""The customer's record: what somebody saw of it, what they typed, and whose words stay where two have written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from crossconnections.models import CustomerRecord
from crossconnections.record_values import EMPTY, MOST_MACS, NAMES, READERS, Unreadable, as_text, values_of

_SALT = "crossconnections.forms.record"
_SERVICES = [("", "Not said"), *CustomerRecord.Service.choices]
_TIERS = [("", "Not said"), *CustomerRecord.Tier.choices]
_LINE = {"class": "inp", "autocomplete": "off"}


class _Text(forms.CharField):
    """Read by the same rules as a cell of a spreadsheet."""

    def __init__(self, read: Callable[[str], Any], **values: Any) -> None:  # noqa: ANN401 - a CharField's
        self._read = read
        super().__init__(required=False, strip=False, **values)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - what a widget gives, and what the record keeps
        try:
            return self._read(str(value or ""))
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from None


class RecordForm(forms.Form):
    """Filled with what is on record. ``opened`` carries that, signed: what somebody else writes meanwhile is theirs.

    ``take`` are the names of fields where the other one's words are to stay.
    """

    opened = forms.Field(required=False, widget=forms.HiddenInput)
    customer = _Text(READERS["customer"], label="Customer", widget=forms.TextInput(_LINE))
    reference = _Text(
        READERS["reference"],
        label="Reference",
        help_text="Your contract or order number, as people quote it.",
        widget=forms.TextInput(_LINE),
    )
    contacts = _Text(
        READERS["contacts"],
        label="Contacts",
        help_text="One a line: whom to call, with phone and e-mail.",
        widget=forms.Textarea({"class": "inp", "rows": 3}),
    )
    service = _Text(READERS["service"], label="Service", widget=forms.Select({"class": "inp"}, choices=_SERVICES))
    sku_tier = _Text(READERS["sku_tier"], label="Tier", widget=forms.Select({"class": "inp"}, choices=_TIERS))
    planned_on = _Text(
        READERS["planned_on"],
        label="Planned date",
        widget=forms.TextInput({"class": "inp", "type": "date"}),
    )
    known_macs = _Text(
        READERS["known_macs"],
        label="Known MAC addresses",
        help_text=f"Of the edge routers, one a line, in any usual spelling. At most {MOST_MACS}.",
        widget=forms.Textarea({"class": "inp mono", "rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )
    internal_notes = _Text(
        READERS["internal_notes"],
        label="Internal notes",
        help_text="For your own people. The customer never sees them.",
        widget=forms.Textarea({"class": "inp", "rows": 4}),
    )

    def __init__(
        self,
        record: CustomerRecord | None,
        data: Any = None,  # noqa: ANN401 - a QueryDict or None
        *,
        typed: dict[str, Any] | None = None,
    ) -> None:
        """``typed`` is what to show in place of what is on record."""
        self.record = record
        self.now = {name: as_text(name, value) for name, value in values_of(record).items()}
        opened = {**self.now, "version": record.version if record else 0}
        shown = {**self.now, **{name: as_text(name, value) for name, value in (typed or {}).items()}}
        super().__init__(data, initial={**shown, "opened": signing.dumps(opened, salt=_SALT, compress=True)})

    @property
    def seen(self) -> dict[str, Any]:
        """What the person saw, as texts, and its ``version``; of a form that brings nothing of it, what is so now."""
        try:
            told: dict[str, Any] = signing.loads(self.data.get("opened", ""), salt=_SALT)
        except signing.BadSignature:
            return {**self.now, "version": self.record.version if self.record else 0}
        return told

    @property
    def asked(self) -> dict[str, Any]:
        """The fields that the person has touched, as the record keeps them; a field that was not sent is untouched."""
        seen = self.seen
        theirs = self.data.getlist("take") if isinstance(self.data, QueryDict) else ()
        sent = [name for name in NAMES if name in self.data and name not in theirs]
        return {name: self.cleaned_data[name] for name in sent if self.cleaned_data[name] != _read(name, seen)}


def _read(name: str, seen: dict[str, Any]) -> Any:  # noqa: ANN401 - a field's
    """What they saw, as the record keeps it."""
    try:
        return READERS[name](seen.get(name, ""))
    except Unreadable:
        return EMPTY[name]
