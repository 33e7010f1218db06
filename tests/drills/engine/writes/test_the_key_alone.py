"""A shared key that alone is set: Azure shows nothing of it, so what nobody heard of is never sent a second time."""

from typing import Any

import pytest

from tests.drills.engine.moments import LEAVING, RENEWED, TOLD
from tests.drills.engine.writes.drill import Ending, WriteDrill
from tests.drills.engine.writes.order import Order
from tests.drills.engine.writes.peerings import KeyAlone
from tests.integration.domain.readings import PRIVATE

pytestmark = pytest.mark.asks.with_args(KeyAlone)

BEFORE: dict[str, Any] = {"when": "before", "takes_effect": False}
AFTER: dict[str, Any] = {"when": "after", "takes_effect": True}
LOST = [
    pytest.param({"fault": "reset"}, id="reset"),
    pytest.param({"fault": "garbage"}, id="garbage"),
    pytest.param({"fault": "status", "status": 500}, id="500"),
]
KEY_UNSEEN, UNCLEAR = "KeyUnseen", "Unclear"
LONGER_THAN_A_LEASE = 3


def is_known_by_a_look(order: Order) -> bool:
    return (order.change.state, order.change.known_by) == ("succeeded", "look") and order.has_taken()


def is_found_by_a_look(drill: WriteDrill) -> None:
    drill.ends(Ending(is_known_by_a_look))


def strike(drill: WriteDrill, fault: str, **details: Any) -> None:
    drill.azure_answers_the_put(fault, **details)
    drill.apply()
    drill.until_struck()
    drill.mended()


def waits_for_a_person(drill: WriteDrill, code: str, *, puts: int) -> None:
    """However often it is looked at, nothing more is sent."""
    drill.is_for_a_person(code, puts=puts)
    sent, change = len(drill.puts(drill.order)), drill.order.change
    drill.database.change("UPDATE crossconnections_change SET due_at = asked_at WHERE id = ?", change.id)
    drill.until(lambda: drill.order.change.attempts > change.attempts, "it is looked at once more")
    drill.is_for_a_person(code, puts=puts)
    assert len(drill.puts(drill.order)) == sent


def dies_and_comes_back(drill: WriteDrill) -> None:
    drill.kill(drill.worker)
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()


def test_nothing_befalls_it(drill: WriteDrill):
    drill.apply()
    drill.ends_well()


@pytest.mark.parametrize("fault", LOST)
def test_azure_takes_the_put_and_answers(drill: WriteDrill, fault: dict[str, Any]):
    strike(drill, **fault, **AFTER)
    is_found_by_a_look(drill)


@pytest.mark.everyday
def test_the_worker_dies_with_its_put_out(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=5, takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    dies_and_comes_back(drill)
    is_found_by_a_look(drill)


def test_the_worker_dies_with_its_put_out_which_takes_effect_late(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=1.5, when="before", takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    dies_and_comes_back(drill)
    is_found_by_a_look(drill)


@pytest.mark.parametrize("fault", LOST)
def test_azure_never_gets_the_put_and_a_person_settles_it(drill: WriteDrill, fault: dict[str, Any]):
    strike(drill, **fault, **BEFORE)
    waits_for_a_person(drill, KEY_UNSEEN, puts=0)
    drill.settle(has_taken=False)
    drill.is_settled(puts=0)


def test_the_worker_dies_with_its_put_out_which_never_arrives(drill: WriteDrill):
    drill.azure_answers_the_put("reset", when="before", takes_effect=False)
    drill.hold(TOLD)
    drill.apply()
    drill.until_put()
    dies_and_comes_back(drill)
    waits_for_a_person(drill, KEY_UNSEEN, puts=0)


@pytest.mark.parametrize("moment", [RENEWED, LEAVING])
def test_the_worker_dies_before_the_put(drill: WriteDrill, moment: str):
    """The row says that a write was about to leave, and nobody can tell that it did not."""
    drill.hold(moment)
    drill.apply()
    drill.until_held()
    dies_and_comes_back(drill)
    waits_for_a_person(drill, KEY_UNSEEN, puts=0)


def test_a_worker_freezes_right_before_its_put_and_goes_on_when_another_one_has_looked(drill: WriteDrill):
    drill.hold(LEAVING)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    drill.portal.spare.start()
    drill.mended()
    drill.until(lambda: drill.order.change.error_code == KEY_UNSEEN, "the other one looks")
    drill.worker.thaw()
    waits_for_a_person(drill, KEY_UNSEEN, puts=0)


def test_a_worker_freezes_before_its_put_and_is_the_only_one(drill: WriteDrill):
    """It looks at the clock, and knows that nothing left: it is sent after all."""
    freeze_for_longer_than_a_lease(drill, RENEWED)
    drill.ends_well()


def test_a_worker_freezes_right_before_its_put_and_is_the_only_one(drill: WriteDrill):
    """It has looked at the clock before, so that it cannot know."""
    freeze_for_longer_than_a_lease(drill, LEAVING)
    waits_for_a_person(drill, KEY_UNSEEN, puts=0)


def freeze_for_longer_than_a_lease(drill: WriteDrill, moment: str) -> None:
    drill.hold(moment)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    drill.for_seconds(LONGER_THAN_A_LEASE)
    drill.worker.thaw()
    drill.mended()


@pytest.mark.parametrize("is_taken", [True, False], ids=["which azure took", "which azure never got"])
def test_the_customer_edits_the_peering_after_the_put(drill: WriteDrill, *, is_taken: bool):
    # Until the customer has edited it nobody looks: the worker is dead.
    drill.azure_answers_the_put("reset", **(AFTER if is_taken else BEFORE))
    drill.hold(TOLD)
    drill.apply()
    drill.until_put()
    drill.kill(drill.worker)
    drill.azure.edit(drill.key, peerings={PRIVATE: {"vlanId": 201}})
    drill.worker.start()
    drill.mended()
    waits_for_a_person(drill, UNCLEAR, puts=int(is_taken))
    drill.settle(has_taken=is_taken)
    drill.is_settled(puts=int(is_taken))
