"""Tags: the partner's own words on the resource, which Azure keeps and does not read."""

import re
from typing import Any

from django import forms

from crossconnections.forms.changes import ChangeForm

# Azure Resource Manager, "Use tags to organize your Azure resources": how many, how long, and which characters not.
MOST_TAGS, LONGEST_NAME, LONGEST_VALUE = 50, 512, 256
_NOT_IN_A_NAME = re.compile(r"[<>%&\\?/]")
# What would end a line, or cannot be seen in one; the tag itself stays as it is for as long as nobody edits its line.
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_STANDS_FOR_IT = "\N{SYMBOL FOR NEWLINE}"


class TagsForm(ChangeForm):
    """One tag a line: ``name = value``. A line that nobody touched is the tag that it was shown for, blanks and all."""

    names = ("tags",)

    tags = forms.CharField(
        label="Tags",
        required=False,
        help_text="One a line: name = value. At most 50; names up to 512 characters, values up to 256.",
        widget=forms.Textarea({"class": "inp mono", "rows": 8, "spellcheck": "false"}),
        strip=False,
    )

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """The tags as lines, in the order of their names."""
        return {"tags": "\n".join(_line(name, value) for name, value in sorted(values["tags"].items()))}

    def clean_tags(self) -> dict[str, str]:
        """By name; the first line that cannot be one is told."""
        untouched: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.seen["tags"].items():
            untouched.setdefault(_line(name, value), []).append((name, value))
        tags: dict[str, str] = {}
        lines = self.cleaned_data["tags"].replace("\r\n", "\n").split("\n")
        count = sum(bool(line.strip()) for line in lines)
        if count > MOST_TAGS:
            raise forms.ValidationError(f"Azure takes at most {MOST_TAGS} tags; these are {count:,}.")
        for number, line in enumerate(lines, start=1):
            if known := untouched.get(line):
                _add(tags, *known.pop(), number)
            elif line.strip():
                _add(tags, *_read(line, number), number)
        return tags


def _line(name: str, value: str) -> str:
    return _NOT_IN_A_LINE.sub(_STANDS_FOR_IT, f"{name} = {value}")


def _add(tags: dict[str, str], name: str, value: str, number: int) -> None:
    if name.casefold() in {known.casefold() for known in tags}:
        raise forms.ValidationError(f"Line {number}: there is {name} already, and Azure minds no case.")
    tags[name] = value


def _read(line: str, number: int) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not name:
        raise forms.ValidationError(f"Line {number} is no tag: it takes a name, an equals sign and a value.")
    if _NOT_IN_A_LINE.search(line):
        raise forms.ValidationError(f"Line {number} has a control character in it, which no tag takes.")
    if _NOT_IN_A_NAME.search(name):
        raise forms.ValidationError(f"Line {number}: a tag's name takes none of < > % & \\ ? /.")
    if len(name) > LONGEST_NAME or len(value) > LONGEST_VALUE:
        raise forms.ValidationError(
            f"Line {number}: a name has at most {LONGEST_NAME} characters, and a value {LONGEST_VALUE}."
        )
    return name, value
