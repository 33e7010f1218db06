"""Two browsers, two presses, two workers; and somebody who writes to Azure by other means, or is its customer."""

from typing import Any

import pytest

from tests.drills.engine.moments import SEEN
from tests.drills.engine.writes.drill import WriteDrill, leads_to
from tests.drills.engine.writes.peerings import of_a_set_up_too, of_everything
from tests.integration.domain.readings import PRIVATE

THEIRS = {"theirs": "NL-48977"}
FASTER: dict[str, Any] = {"bandwidth_mbps": 500}
OTHER_VLAN: dict[str, Any] = {"peerings": {PRIVATE: {"vlanId": 201}}}
HEEDED = pytest.mark.parametrize("if_match", ["ignored", "honoured"])
EDITS = pytest.mark.parametrize("edit", [FASTER, OTHER_VLAN], ids=["bandwidth", "peering"])
CONFLICT = 409


@pytest.mark.everyday
@of_a_set_up_too
def test_two_browsers_apply_at_the_same_moment(drill: WriteDrill):
    reviews = [drill.review(by=0), drill.review(by=1)]
    with drill.database.locked():
        presses = [drill.applying(review, by=number) for number, review in enumerate(reviews)]
        drill.for_seconds(1)
    answers = sorted((press.result() for press in presses), key=lambda answer: answer.status_code)
    drill.mended()
    assert leads_to(answers[0]) == drill.order.change.id
    assert answers[1].status_code == CONFLICT
    assert f"/changes/{drill.order.change.id}/" in answers[1].text
    drill.ends_well()


def test_two_browsers_apply_one_after_the_other(drill: WriteDrill):
    reviews = [drill.review(by=0), drill.review(by=1)]
    presses = []
    for number, review in enumerate(reviews):
        presses.append(drill.applying(review, by=number))
        drill.linger(0.05)
    drill.mended()
    assert sorted(press.result().status_code for press in presses) == [303, CONFLICT]
    drill.ends_well()


@of_everything
def test_apply_is_pressed_twice_at_the_same_moment(drill: WriteDrill):
    review = drill.review()
    with drill.database.locked():
        presses = [drill.applying(review) for _ in range(2)]
        drill.for_seconds(1)
    drill.mended()
    assert {leads_to(press.result()) for press in presses} == {drill.order.change.id}
    drill.ends_well()


@of_everything
def test_two_workers_get_the_same_messages(drill: WriteDrill):
    drill.portal.spare.start()
    for part in (drill.worker, drill.portal.spare):
        drill.freeze(part)
    drill.apply()
    drill.send_messages_again(times=20)
    drill.worker.thaw()
    drill.portal.spare.thaw()
    drill.mended()
    drill.ends_well()


@HEEDED
def test_others_write_between_get_and_put(drill: WriteDrill, if_match: str):
    """What they wrote is kept where Azure heeds the etag; else the PUT replaces it, which nobody here can prevent."""
    drill.azure.behave(if_match=if_match)
    drill.hold(SEEN)
    drill.apply()
    drill.until_held()
    drill.order.tag(**THEIRS)
    drill.until(lambda: drill.order.in_azure()["properties"]["provisioningState"] == "Succeeded", "theirs is done")
    drill.portal.wish.drop()
    drill.mended()
    drill.ends_well()
    assert if_match == "ignored" or drill.order.in_azure()["tags"] == THEIRS


@pytest.mark.parametrize("how", ["refused_429", "refused_400"])
def test_others_are_at_it_when_the_put_comes(drill: WriteDrill, how: str):
    drill.azure.behave(parallel_writes=how)
    drill.hold(SEEN)
    drill.apply()
    drill.until_held()
    drill.order.tag(**THEIRS)
    drill.portal.wish.drop()
    drill.mended()
    drill.ends_well()


def test_others_are_at_it_when_the_change_is_asked_for(drill: WriteDrill):
    review = drill.review()
    drill.order.tag(**THEIRS)
    assert leads_to(drill.applying(review).result()) == drill.order.change.id
    drill.mended()
    drill.ends_well()
    assert drill.order.in_azure()["tags"] == THEIRS


@EDITS
def test_the_customer_edits_between_form_and_put(drill: WriteDrill, edit: dict[str, Any]):
    review = drill.review()
    drill.azure.edit(drill.key, **edit)
    assert leads_to(drill.applying(review).result()) == drill.order.change.id
    drill.mended()
    drill.ends_well()
    assert is_kept(drill, edit)


def test_the_customer_edits_a_peering_between_get_and_put(drill: WriteDrill):
    drill.azure.behave(if_match="honoured")
    drill.hold(SEEN)
    drill.apply()
    drill.until_held()
    drill.azure.edit(drill.key, **OTHER_VLAN)
    drill.portal.wish.drop()
    drill.mended()
    drill.ends_well()
    assert [put["status"] for put in drill.puts(drill.order)] == [412, 200]
    assert is_kept(drill, OTHER_VLAN)


@EDITS
def test_the_customer_edits_while_azure_is_at_it(drill: WriteDrill, edit: dict[str, Any]):
    drill.apply()
    drill.until_put(status=200)
    drill.azure.edit(drill.key, **edit)
    drill.mended()
    drill.ends_well()
    assert is_kept(drill, edit)


def test_the_customer_raises_the_bandwidth_between_get_and_put(drill: WriteDrill):
    """Azure takes no PUT with another bandwidth than its own: nothing is written, and the person is told."""
    drill.hold(SEEN)
    drill.apply()
    drill.until_held()
    drill.azure.edit(drill.key, **FASTER)
    drill.portal.wish.drop()
    drill.mended()
    drill.fails("ExpressRouteBandwidthInCrossConnectionCannotBeModified")
    assert is_kept(drill, FASTER)


def test_the_customer_deletes_it_between_form_and_put(drill: WriteDrill):
    review = drill.review()
    drill.azure.delete(drill.key)
    assert leads_to(drill.applying(review).result()) == drill.order.change.id
    drill.mended()
    drill.is_over_with("ResourceNotFound")


def is_kept(drill: WriteDrill, edit: dict[str, Any]) -> bool:
    properties = drill.order.in_azure()["properties"]
    if edit is FASTER:
        return bool(properties["bandwidthInMbps"] == FASTER["bandwidth_mbps"])
    return [one["properties"]["vlanId"] for one in properties["peerings"]] == [201]
