"""The shared key on the forms: it goes one way only, and nobody loses one without being told."""

from collections.abc import Callable

import pytest
from django.test import Client

from crossconnections.models import CrossConnection, Draft
from portal.sealing import unseal
from tests.integration.pages.changes import change
from tests.integration.pages.peerings import (
    NEW_PRIVATE,
    PRIVATE,
    fields_in,
    filled,
    form_of,
    post,
    problems_in,
    read_aloud,
    repairs_in,
    text_of,
)
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

FORM = form_of(PRIVATE)
SECRET = "Zq7Zq7Zq7"
AGAIN = "Type the key again, or choose otherwise: it is never sent back to a browser."


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def there(row: CrossConnection) -> CrossConnection:
    private_peering(row)
    return row


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.mark.parametrize("chosen", ["keep", "set", "remove"])
def test_one_that_is_typed_is_one_to_set_whatever_was_chosen(operator: Client, there, chosen: str):
    assert post(operator, FORM, shared_key=SECRET, shared_key_action=chosen).status_code == 303
    draft = Draft.objects.get()
    assert (draft.shared_key_action, unseal(draft.sealed_key)) == ("set", SECRET)
    assert draft.asked == {"presence": True}


def test_it_is_sealed_and_in_nothing_else_that_is_kept(operator: Client, there):
    post(operator, FORM, shared_key=SECRET)
    kept = Draft.objects.values().get()
    assert not [name for name, value in kept.items() if SECRET in str(value)]


def test_a_new_one_can_have_one(operator: Client, row):
    post(operator, FORM, **NEW_PRIVATE, shared_key=SECRET)
    assert Draft.objects.get().shared_key_action == "set"


def test_it_can_be_taken_away(operator: Client, there):
    assert post(operator, FORM, shared_key_action="remove").status_code == 303
    draft = Draft.objects.get()
    assert (draft.shared_key_action, draft.sealed_key, draft.asked) == ("remove", "", {"presence": True})


def test_left_alone_it_is_nothing_to_send(operator: Client, there):
    assert post(operator, FORM, shared_key_action="keep").status_code == 422


def test_to_set_one_it_has_to_be_typed(operator: Client, there):
    answer = post(operator, FORM, shared_key_action="set")
    assert answer.status_code == 422
    assert problems_in(answer) == {"shared_key": [AGAIN]}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("is_new", [False, True])
def test_what_cannot_be_done_with_one_is_said(operator: Client, row, *, is_new: bool):
    if not is_new:
        private_peering(row)
    answer = post(operator, FORM, **NEW_PRIVATE, shared_key_action="forget")
    assert problems_in(answer) == {"shared_key_action": ["The key is left, set or removed."]}
    assert 'id="id_shared_key_action"' in text_of(answer)


@pytest.mark.parametrize("is_new", [False, True])
def test_where_something_else_is_wrong_it_has_to_be_typed_again_and_that_is_said(
    operator: Client, row, *, is_new: bool
):
    if not is_new:
        private_peering(row)
    answer = post(operator, FORM, **NEW_PRIVATE | {"vlan_id": "5000"}, shared_key=SECRET)
    assert problems_in(answer)["shared_key"] == [AGAIN]
    assert SECRET not in text_of(answer)
    assert is_new or fields_in(answer)["shared_key_action"] == "set"


def test_a_form_that_lost_it_sets_nothing_without_it(operator: Client, there):
    refused = post(operator, FORM, vlan_id="5000", shared_key=SECRET)
    assert operator.post(FORM, fields_in(refused) | {"vlan_id": "210"}).status_code == 422


def test_after_a_repair_without_script_likewise(operator: Client, row):
    typed = NEW_PRIVATE | {"primary_prefix": "10.10.0.2/30", "shared_key": SECRET}
    refused = post(operator, FORM, **typed)
    (fills,) = repairs_in(refused).values()
    answer = operator.post(FORM, fields_in(refused) | {"shared_key": SECRET, "repair": fills})
    assert answer.status_code == 200
    assert problems_in(answer) == {"shared_key": [AGAIN]}
    assert SECRET not in text_of(answer)


def test_back_from_the_review_likewise(operator: Client, row):
    post(operator, FORM, **NEW_PRIVATE, shared_key=SECRET)
    answer = operator.get(f"{FORM}?draft={Draft.objects.get().pk}")
    assert problems_in(answer) == {"shared_key": [AGAIN]}
    assert SECRET not in text_of(answer)


def test_a_change_that_set_one_and_came_to_nothing_asks_for_it_again(operator: Client, there):
    asked = {"presence": True, "vlan_id": 210}
    failed = change(
        there, "failed", error_code="Conflict", kind="peering", subject=PRIVATE, asked=asked, shared_key_action="set"
    )
    answer = operator.get(f"{FORM}?from={failed.pk}")
    assert (fields_in(answer)["vlan_id"], fields_in(answer)["shared_key_action"]) == ("210", "set")
    assert problems_in(answer) == {"shared_key": [AGAIN]}


def test_without_any_nothing_is_said_of_it(operator: Client, there):
    assert problems_in(post(operator, FORM, vlan_id="5000")).keys() == {"vlan_id"}
    assert filled(operator, FORM)["shared_key"] == ""


def test_on_setting_up_a_key_that_was_typed_once_is_never_left_out_unsaid(operator: Client, row):
    """After a refusal the form comes back with "Set it" chosen, and asks for the key before it goes on."""
    operator.post(FORM, {**filled(operator, FORM), **NEW_PRIVATE, "vlan_id": "9999", "shared_key": SECRET})
    again = operator.post(FORM, {**filled(operator, FORM), **NEW_PRIVATE, "shared_key_action": "set"})
    assert again.status_code == 422
    assert AGAIN in text_of(again)


def test_the_review_of_a_new_peering_says_that_it_has_none(operator: Client, row):
    review = operator.get(post(operator, FORM, **NEW_PRIVATE)["Location"])
    assert "Shared key not set none" in read_aloud(review)
