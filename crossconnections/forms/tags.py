"""Tags: the partner's own words on the resource, which Azure keeps and does not read."""

import re
from typing import Any

from django import forms

from crossconnections.forms.changes import ChangeForm

# Azure Resource Manager, "Use tags to organize your Azure resources": how many, how long, and which characters not.
MOST_TAGS, LONGEST_NAME, LONGEST_VALUE = 50, 512, 256
_NOT_IN_A_NAME = re.compile(r"[<>%&\\?/]")


class TagsForm(ChangeForm):
    """One tag a line: ``name = value``."""

    names = ("tags",)

    tags = forms.CharField(
        label="Tags",
        required=False,
        help_text="One a line: name = value. At most 50; names up to 512 characters, values up to 256.",
        widget=forms.Textarea({"class": "inp mono", "rows": 8, "spellcheck": "false"}),
    )

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """The tags as lines, in the order of their names."""
        return {"tags": "\n".join(f"{name} = {value}" for name, value in sorted(values["tags"].items()))}

    def clean_tags(self) -> dict[str, str]:
        """By name; the first line that cannot be one is told."""
        tags: dict[str, str] = {}
        lines = [line.strip() for line in self.as_typed("tags").splitlines()]
        for number, line in enumerate(lines, start=1):
            if line:
                name, value = _read(line, number)
                if name.casefold() in {known.casefold() for known in tags}:
                    raise forms.ValidationError(f"Line {number}: there is {name} already, and Azure minds no case.")
                tags[name] = value
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(f"Azure takes at most {MOST_TAGS} tags; these are {len(tags)}.")
        return tags


def _read(line: str, number: int) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not name:
        raise forms.ValidationError(f"Line {number} is no tag: it takes a name, an equals sign and a value.")
    if _NOT_IN_A_NAME.search(name):
        raise forms.ValidationError(f"Line {number}: a tag's name takes none of < > % & \\ ? /.")
    if len(name) > LONGEST_NAME or len(value) > LONGEST_VALUE:
        raise forms.ValidationError(
            f"Line {number}: a name has at most {LONGEST_NAME} characters, and a value {LONGEST_VALUE}."
        )
    return name, value
