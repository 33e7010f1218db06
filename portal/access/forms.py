"""The forms of the access page."""

import uuid
from typing import Any

from django import forms

from portal.access import objects, people
from portal.access.assignments import Principal
from portal.access.models import RoleAssignment
from portal.access.objects import Located
from portal.access.roles import Role
from portal.access.scopes import Scope, list_kinds
from portal.accounts.models import User
from portal.harmless import harmless

_NAME_A_GROUP = "Say what you call the group: the portal knows no group's name."
_NAME_A_PERSON = "Nobody of that id has signed in: say what to call them."
_CHOOSE = "Choose where the role is to hold."
_NOT_AN_ID = "An object id is a GUID, as Entra ID shows it on the page of the group or the person."


class AssignmentForm(forms.Form):
    """A group or a person, a role, and where it holds."""

    principal_kind = forms.ChoiceField(label="Who", choices=RoleAssignment.Principal.choices)
    principal_id = forms.CharField(
        label="Object id",
        max_length=80,
        help_text="Of the group or the person, from Entra ID. Those who have signed in are offered, and their groups.",
        widget=forms.TextInput({"class": "inp mono", "list": "people", "autocomplete": "off", "spellcheck": "false"}),
    )
    principal_name = forms.CharField(
        label="Name",
        max_length=256,
        required=False,
        help_text="For a group, and for somebody who has not signed in yet; whoever has keeps their own.",
        widget=forms.TextInput({"class": "inp", "autocomplete": "off"}),
    )
    role = forms.TypedChoiceField(label="Role", coerce=lambda value: Role(int(value)))
    scope = forms.ChoiceField(
        label="Where",
        help_text="Subscriptions and peering locations that the portal knows.",
        error_messages={"required": _CHOOSE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's interface
        super().__init__(*args, **kwargs)
        groups = [(one.words, [(f"{one.kind}:{key}", name) for key, name in one.choices()]) for one in list_kinds()]
        self._names = {value: name for _, choices in groups for value, name in choices}
        roles = [(role.value, role.word) for role in Role]
        for name, choices in {"role": roles, "scope": [("", "Choose where"), *groups]}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # both are choice fields
        for name in ("principal_kind", "role", "scope"):
            self.fields[name].widget.attrs["class"] = "inp"

    def clean_principal_id(self) -> uuid.UUID:
        """The GUID."""
        try:
            return uuid.UUID(self.cleaned_data["principal_id"].strip())
        except ValueError:
            raise forms.ValidationError(_NOT_AN_ID) from None

    def clean_principal_name(self) -> str:
        """In one line, of characters that can be seen; "" for none."""
        name = self.cleaned_data["principal_name"]
        is_seen = any(one.isprintable() and not one.isspace() for one in name)
        return harmless(name, longest=256) if is_seen else ""

    def clean(self) -> dict[str, Any]:
        """Whoever is known has their own name, and is what they are."""
        super().clean()
        if {"principal_kind", "principal_id", "principal_name"} <= self.cleaned_data.keys():
            self._clean_principal(self.cleaned_data["principal_id"])
        return self.cleaned_data

    def _clean_principal(self, object_id: uuid.UUID) -> None:
        is_group = self.cleaned_data["principal_kind"] == RoleAssignment.Principal.GROUP
        person = User.objects.filter(object_id=object_id).first()
        if is_group and person:
            self.add_error("principal_kind", f"That is the object id of {person.name}: choose Person.")
        elif not is_group and people.is_group(object_id):
            self.add_error("principal_kind", "That is the object id of a group: choose Group.")
        elif person:
            self.cleaned_data["principal_name"] = person.name
        elif not self.cleaned_data["principal_name"]:
            self.add_error("principal_name", _NAME_A_GROUP if is_group else _NAME_A_PERSON)

    def asked(self) -> dict[str, Any]:
        """The arguments of ``add_assignment`` that a valid form names."""
        data = self.cleaned_data
        kind, _, scope_id = data["scope"].partition(":")
        return {
            "principal": Principal(data["principal_kind"], data["principal_id"], data["principal_name"]),
            "role": data["role"],
            "scope": Scope(kind, scope_id),
            "scope_name": self._names[data["scope"]],
        }


class QuestionForm(forms.Form):
    """What may this person do with that object."""

    person = forms.CharField(
        label="Person, by name or account",
        max_length=256,
        required=False,
        widget=forms.TextInput({"class": "inp", "list": "names", "autocomplete": "off"}),
    )
    object = forms.CharField(
        max_length=256, required=False, widget=forms.TextInput({"class": "inp mono", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's interface
        super().__init__(*args, **kwargs)
        self.fields["object"].label = objects.finder.label

    def clean_person(self) -> User | None:
        """The only one of that account or name."""
        text = self.cleaned_data["person"].strip()
        found = people.find_by_name(text)[:2] if text else []
        if len(found) > 1:
            raise forms.ValidationError("Several people have that name: write the account.")
        if text and not found:
            raise forms.ValidationError("Nobody of that name or account has signed in yet.")
        return found[0] if found else None

    def clean_object(self) -> Located | None:
        """The one of that id."""
        text = self.cleaned_data["object"].strip()
        found = objects.finder.find(text) if text else None
        if text and not found:
            raise forms.ValidationError("There is none by that name.")
        return found
