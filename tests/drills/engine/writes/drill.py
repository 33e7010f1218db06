"""One drill of writes: Apply, what befalls the portal then, and what has to have come of it in the end."""

import json
import re
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from requests import Response

from crossconnections.queue import CARRY_OUT_CHANGE
from tests.drills.engine.course import Course
from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.drills.engine.person import SEE_OTHER, Review
from tests.drills.engine.portal import Portal
from tests.drills.engine.writes.evidence import ID_OF_A_CALL, Deaths, Ledger, count_taken, of_the_portal
from tests.drills.engine.writes.order import Order, Provisioning

ASKED, CONFIRMED, SETTLED, ENDED = "change.asked", "change.confirmed", "change.settled", "change.ended"
SECONDS_TO_WRITE_DOWN = 15
Deeds = tuple[str, ...]
_BY_AN_OPERATOR = """
from crossconnections.models import Change
from crossconnections.services.changes import asking
from portal.accounts.models import User
from portal.actors import WEB, Actor

user = User.objects.get(name="Lotte de Vries")
by = Actor(WEB, user.name, user)
"""


_A_SET = """
import json

from django.db import transaction
from django.utils import timezone

from crossconnections.deeds import CHANGE_ASKED, about_cross_connection
from crossconnections.models import ChangeSet, CrossConnection
from crossconnections.proposals import values_now
from crossconnections.services.changes.endings import details_of
from portal.activity.trail import record

@transaction.atomic
def ask(wished):
    together = ChangeSet.objects.create(asked_by=user, asked_at=timezone.now())
    for key, asked in wished.items():
        row = CrossConnection.objects.get(service_key=key)
        values = {"kind": Change.Kind.PROVISIONING, "opened": values_now(row, asked), "asked": asked}
        change = asking.create(row, values, by=by, change_set=together)
        record(CHANGE_ASKED, by=by, about=about_cross_connection(row), details=details_of(change))
"""


@dataclass(frozen=True)
class Ending:
    """To what an order has to come: by how many writes that took effect, and with which deeds in the trail."""

    is_right: Callable[[Order], bool]
    puts: int = 1
    deeds: Deeds = (ASKED, ENDED)


class WriteDrill(Course):
    """One order, and more where a drill places them. ``lost`` are changes that did not end as they had to,
    ``duplicated`` writes that took effect and were one too many, ``unaudited`` entries of the trail and calls of the
    ledger that are not there. Of peerings, ``keys kept`` are shared keys that the portal still has after the end, or
    that stand somewhere as they were typed.

    What is ``asked`` goes by a PUT; the one of a peering's removal is a DELETE.
    """

    def __init__(self, name: str, portal: Portal, seed: int, *, asked: type[Order] = Provisioning) -> None:
        super().__init__(name, portal, seed, circuit=asked.circuit)
        self.about = "writes" if asked is Provisioning else "writes of peerings"
        self._asked = asked
        self._notes = (f"Cage {seed}-{number}" for number in range(1000))
        self.order = self._order(self.key)
        self.orders = [self.order]
        self._guarded = self._read_for_guard() if asked.is_guarded else None
        self._ledger, self._deaths = Ledger(self.database), Deaths()
        self._struck: list[bool] = []

    def another_order(self) -> Order:
        """Of another cross connection."""
        self.orders.append(self._order(self.portal.circuit(self._asked.circuit)))
        return self.orders[-1]

    def review(self, order: Order | None = None, *, by: int = 0) -> Review:
        """One of the operators has filled in the form, and looks at the review."""
        asked = order or self.order
        return self._guarded or self.portal.operators[by].review(asked.key, asked.form, **asked.wished)

    def apply(self, order: Order | None = None) -> None:
        """The whole way from the form to the change; it is acknowledged, whatever befalls the portal."""
        asked = order or self.order
        answer = self.portal.operators[0].apply(self.review(asked))
        assert leads_to(answer) == asked.change.id
        self.mended()

    def apply_all(self) -> None:
        """All orders in one set, by the services: what one review of several fixed."""
        wished = {order.key: order.wished for order in self.orders}
        self.portal.tell(f"{_BY_AN_OPERATOR}{_A_SET}\nask(json.loads({json.dumps(wished)!r}))")
        self.mended()

    def applying(self, review: Review, *, by: int = 0) -> Future[Response]:
        """The last step of the way, without waiting for it."""
        return self.portal.presses.submit(self.portal.operators[by].apply, review)

    def azure_answers_the_put(self, fault: str, *, takes_effect: bool, times: int = 1, **details: Any) -> None:
        """With a fault, though what was asked may take effect."""
        self.azure.fault(fault, method=self.order.method, path_pattern=self.key, times=times, **details)
        self._struck += [takes_effect] * times

    def hold(self, moment: str, nth: int = 1) -> None:
        """Let a worker that comes there wait."""
        self.portal.wish.make(moment, nth)

    def until_held(self) -> None:
        """A worker is there."""
        self.until(self.portal.wish.is_met, "a worker is at that moment")

    def kill(self, part: Part) -> None:
        """At once; who was held goes nowhere any more."""
        part.die()
        died_at = datetime.now(UTC)  # to look at the rows takes a while as well
        etags = {order.etag_of(change) for order in self.orders for change in order.changes() if change.written_at}
        self._deaths.note(died_at, etags)
        self.portal.wish.drop()

    def freeze_held(self) -> None:
        """The worker that is held stops as a whole, and goes on from there when it is thawed."""
        self.freeze(self.worker)
        self.portal.wish.drop()

    def until_state(self, *states: str, order: Order | None = None) -> None:
        """The change is in one of them."""
        self.until(lambda: (order or self.order).change.state in states, f"{states}")

    def until_put(self, *, status: int | None = None) -> None:
        """Azure has got the PUT."""
        self.until_asked(self.key, method=self.order.method, status=status)

    def send_messages_again(self, *, times: int) -> None:
        """Those of the change."""
        self.broker.send_again([self.order.change.id], times=times, task=CARRY_OUT_CHANGE)

    def puts(self, order: Order) -> list[dict[str, Any]]:
        """The portal's own."""
        return [one for one in self._calls() if one["method"] == order.method and order.key in one["path"]]

    def ends_well(self, deeds: Deeds = (ASKED, ENDED)) -> None:
        """Azure took each order once, and Azure and the mirror hold what was asked."""
        self.ends(Ending(has_succeeded, deeds=deeds))

    def fails(self, code: str, *, puts: int = 0, leaves_what_was_asked: bool = False) -> None:
        """It has failed with that code, and Azure and the mirror hold what they held, or what was asked."""

        def has_failed(order: Order) -> bool:
            is_left = order.has_taken() if leaves_what_was_asked else order.is_as_before()
            return (order.change.state, order.change.error_code) == ("failed", code) and is_left

        self.ends(Ending(has_failed, puts=puts))

    def is_over_with(self, code: str) -> None:
        """The same, where Azure has it no more."""
        self.ends(Ending(lambda order: (order.change.state, order.change.error_code) == ("failed", code), puts=0))

    def waits_for_a_word(self) -> None:
        """Nothing was sent, and nothing is before somebody says so."""
        self.ends(Ending(is_held, puts=0, deeds=(ASKED,)))

    def is_for_a_person(self, code: str, *, puts: int = 1) -> None:
        """What became of it cannot be known from here; until it is, a key that was to be set stays sealed."""

        def is_in_doubt(order: Order) -> bool:
            is_open = (order.change.state, order.change.error_code) == ("unknown", code)
            return is_open and bool(order.change.sealed_key) == bool(order.shared_key)

        self.ends(Ending(is_in_doubt, puts=puts, deeds=(ASKED,)))

    def ends(self, ending: "Ending", **others: "Ending") -> None:
        """Each order comes to this end, or to the one that is told for its key."""
        meant = {order: others.get(order.key, ending) for order in self.orders}
        with suppress(AssertionError):
            self.until(lambda: all(end.is_right(order) for order, end in meant.items()), "it ends as it has to")
        taken = {order: self._count_taken(order) for order in self.orders}
        wrong = [order.key for order, end in meant.items() if not end.is_right(order) or taken[order] < end.puts]
        duplicated = sum(max(taken[order] - end.puts, 0) for order, end in meant.items())
        unaudited = self._unaudited(meant)
        kept = self._keys_kept()
        counts = {} if self._asked is Provisioning else {"keys_kept": len(kept)}
        self.note_outcome(lost=len(wrong), duplicated=duplicated, unaudited=len(unaudited), **counts)
        told = wrong, duplicated, unaudited, kept
        assert told == ([], 0, [], []), (told, [(order.changes(), taken[order]) for order in self.orders])

    def calls(self) -> int:
        """How many calls the ledger has of this drill."""
        return len(self._ledger.ids())

    def go_ahead(self, order: Order | None = None) -> None:
        """An operator says that it still holds."""
        self._ask(order or self.order, "asking.go_ahead(change=change, by=by)")

    def settle(self, *, has_taken: bool) -> None:
        """An operator says what became of it."""
        self._ask(self.order, f"asking.settle(change=change, has_taken={has_taken}, by=by)")

    def is_settled(self, *, puts: int = 1) -> None:
        """By that operator's word."""
        self.ends(Ending(lambda order: order.change.known_by == "person", puts=puts, deeds=(ASKED, SETTLED)))

    def restore(self, folder: Path, *, age: timedelta) -> None:
        """The portal is stopped, its database is the backup again, and so much later it is started.

        Nobody can wait for that long: the times in the rows are put back instead.
        """
        self._ledger.keep()
        for part in self.portal.parts:
            part.die()
        self.database.restore(folder)
        for order in self.orders:
            order.age(age)
        for part in self.portal.parts:
            part.start()
        self.portal.wait_for_the_web_server()
        self.mended()

    def end(self) -> None:
        """What a drill leaves for a person, or to be looked at, would go on beside the next ones."""
        for order in self.orders:
            self.database.change(
                "UPDATE crossconnections_change SET state = 'canceled', attempts = attempts + 1, sealed_key = ''"
                " WHERE state IN"
                " ('queued', 'submitting', 'running', 'unknown') AND cross_connection_id IN"
                " (SELECT id FROM crossconnections_crossconnection WHERE service_key = ?)",
                order.key,
            )

    def _order(self, key: str) -> Order:
        return self._asked(self.database, self.azure, key, next(self._notes))

    def _read_for_guard(self) -> Review:
        """The review of what takes sessions down, before anything befalls the portal: its tables are read."""
        review = self.portal.operators[0].review(self.key, self.order.form, **self.order.wished)
        self.until(self.order.is_read, "the tables are read")
        self._after = self.portal.count_requests()
        return Review(review.url, review.hidden | {"confirm_ending": self.key[-4:]})

    def _keys_kept(self) -> list[str]:
        """Where a shared key still is: sealed in a change that has ended, or as it was typed in a row or a log."""
        ended = [change for order in self.orders for change in order.changes() if change.finished_at]
        found = [f"change {change.id}" for change in ended if change.sealed_key]
        if typed := self.order.shared_key:
            parts = (*self.portal.parts, self.portal.spare)
            texts = {"database": self.database.as_text()} | {part.name: part.said() for part in parts}
            found += [name for name, text in texts.items() if typed in text]
        return found

    def _ask(self, order: Order, words: str) -> None:
        self.portal.tell(f"{_BY_AN_OPERATOR}\nchange = Change.objects.get(pk={order.change.id})\n{words}")

    def _calls(self) -> list[dict[str, Any]]:
        return of_the_portal(self.requests())

    def _count_taken(self, order: Order) -> int:
        return count_taken(self.puts(order), self._struck if order is self.order else [])

    def _unaudited(self, meant: "dict[Order, Ending]") -> list[str]:
        missing: list[dict[str, Any]] = []

        def is_written_down() -> bool:
            missing[:] = self._missing()
            return not missing

        # A step that has just ended writes down its calls, and so does whoever looks at Azure again because of it.
        with suppress(AssertionError):
            wait_for(is_written_down, "", seconds=SECONDS_TO_WRITE_DOWN, meanwhile=self.portal.watch)
        odd = [f"{order.key}: {order.deeds()}" for order, end in meant.items() if tuple(order.deeds()) != end.deeds]
        return odd + [f"{one['method']} {one['path']}" for one in missing]

    def _missing(self) -> list[dict[str, Any]]:
        """Calls that are not in the ledger, though somebody could have written them down."""
        known = self._ledger.ids()
        calls = [one for one in self._calls() if one["headers"][ID_OF_A_CALL] not in known]
        return [one for one in calls if not self._deaths.excuse(one)]


def has_succeeded(order: Order) -> bool:
    return order.change.state == "succeeded" and order.has_taken()


def is_held(order: Order) -> bool:
    return order.change.state == "queued" and bool(order.change.held_at)


def leads_to(answer: Response) -> int:
    """The number of the change that Apply was answered with."""
    assert answer.status_code == SEE_OTHER, (answer.status_code, answer.text)
    found = re.fullmatch(r"/changes/(\d+)/", answer.headers["Location"])
    assert found, answer.headers["Location"]
    return int(found[1])
