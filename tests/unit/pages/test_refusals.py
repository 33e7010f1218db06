"""Why a change came to nothing, in plain words."""

import pytest

from crossconnections.presenters.changes.refusals import _BODY, _UNKNOWN, explain_refusal
from tests.unit.pages.codes import OWN_CODES

# Besides those of the engine; it has none for a write that nobody knows of, which is looked up.
OF_CHANGES = [
    "Conflict", "Gone", "RoleEnded", "Settled", "NotSent", "Unclear", "NoEnd", "PreconditionFailed",
    "TrailBroken",
]  # fmt: skip


@pytest.mark.parametrize("code", sorted({*OWN_CODES, *OF_CHANGES} - {"NoWord"}))
def test_every_code_of_our_own_is_explained(code: str) -> None:
    assert explain_refusal(code) is not _UNKNOWN


def test_what_a_partner_must_not_touch_is_known_by_its_ending() -> None:
    assert explain_refusal("SomethingElseCannotBeModified") is _BODY


def test_entras_codes_are_about_the_token() -> None:
    assert "token" in explain_refusal("AADSTS7000222").cause


def test_a_code_that_nobody_has_heard_of_is_data() -> None:
    assert explain_refusal("SomethingNew") is _UNKNOWN


@pytest.mark.parametrize("code", ["NotConnected", "RoleEnded", "NotSent", "TokenNotObtained", "TrailBroken"])
def test_what_never_left_is_not_called_refused(code: str) -> None:
    assert explain_refusal(code).title == "The change was not sent"
