"""The port pair that a circuit is on: both ports are chosen at once, for one without the other is no pair."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from crossconnections.forms.changes import ChangeForm
from crossconnections.models import CrossConnection
from crossconnections.policies import reason_not_to_place
from crossconnections.port_pairs import PORTS, PortPair


class PlacementForm(ChangeForm):
    """``pair`` is the name of one of ``pairs``, those of its location; without it the circuit stays where it is."""

    names = PORTS

    pair = forms.CharField(label="Port pair", required=False)
    read_tables = forms.BooleanField(label="Read the tables before and after", required=False)

    def __init__(
        self,
        row: CrossConnection,
        pairs: Sequence[PortPair],
        data: Any = None,  # noqa: ANN401 - a QueryDict or None
        *,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.pairs = pairs
        super().__init__(row, data, typed=typed)

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """The pair that has these ports, "" for one that is not listed; or the one that was picked before."""
        on = next((one.name for one in self.pairs if one.ports == {name: values[name] for name in PORTS}), "")
        return {"pair": values.get("pair") or on, "read_tables": values.get("read_tables", False)}

    @property
    def chosen(self) -> str:
        """The pair that was picked last, or where the circuit is."""
        return str(self["pair"].value() or "")

    def clean_pair(self) -> PortPair | None:
        """None where it stays; a pair of the location with room for the circuit otherwise."""
        name = self.cleaned_data["pair"]
        pair = next((one for one in self.pairs if one.name == name), None)
        if pair is None:
            if name:
                raise forms.ValidationError(f"{name} is no port pair in {self.row.peering_location} that Azure lists.")
            return None
        if pair.ports != self.now and (reason := reason_not_to_place(self.row, pair)):
            raise forms.ValidationError(f"{pair.name} is too full. {reason}")
        return pair

    def asked(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Both ports, or nothing where they are those that the person saw, or that it is on already."""
        pair: PortPair | None = cleaned.get("pair")
        return {} if pair is None or pair.ports in (self.seen, self.now) else pair.ports
