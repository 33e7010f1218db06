"""One drill of writes: Apply, what befalls the portal then, and what has to have come of it in the end."""

import re
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from requests import Response

from tests.drills.engine.course import Course
from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.drills.engine.person import SEE_OTHER, Review
from tests.drills.engine.portal import Portal
from tests.drills.engine.writes.evidence import ID_OF_A_CALL, Deaths, Ledger, count_taken, of_the_portal
from tests.drills.engine.writes.order import BEFORE, Order

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


class WriteDrill(Course):
    """One order, and more where a drill places them. ``lost`` are changes that did not end as they had to,
    ``duplicated`` PUTs that took effect and were one too many, ``unaudited`` entries of the trail and calls of the
    ledger that are not there.
    """

    about = "writes"

    def __init__(self, name: str, portal: Portal, seed: int) -> None:
        super().__init__(name, portal, seed)
        self._notes = (f"Cage {seed}-{number}" for number in range(1000))
        self.order = self._order(self.key)
        self.orders = [self.order]
        self._ledger, self._deaths = Ledger(self.database), Deaths()
        self._struck: list[bool] = []

    def another_order(self) -> Order:
        """Of another cross connection."""
        self.orders.append(self._order(self.portal.circuit()))
        return self.orders[-1]

    def review(self, order: Order | None = None, *, by: int = 0) -> Review:
        """One of the operators has filled in the form, and looks at the review."""
        asked = order or self.order
        return self.portal.operators[by].review(asked.key, **asked.wished)

    def apply(self, order: Order | None = None) -> None:
        """The whole way from the form to the change; it is acknowledged, whatever befalls the portal."""
        asked = order or self.order
        answer = self.portal.operators[0].apply(self.review(asked))
        assert leads_to(answer) == asked.change.id
        self.mended()

    def applying(self, review: Review, *, by: int = 0) -> Future[Response]:
        """The last step of the way, without waiting for it."""
        return self.portal.presses.submit(self.portal.operators[by].apply, review)

    def azure_answers_the_put(self, fault: str, *, takes_effect: bool, times: int = 1, **details: Any) -> None:
        """With a fault, though what was asked may take effect."""
        self.azure.fault(fault, method="PUT", path_pattern=self.key, times=times, **details)
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
        etags = {change.written_etag for order in self.orders for change in order.changes() if change.written_at}
        self._deaths.note(datetime.now(UTC), etags)
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
        self.until_asked(self.key, method="PUT", status=status)

    def puts(self, order: Order) -> list[dict[str, Any]]:
        """The portal's own."""
        return [one for one in self._calls() if one["method"] == "PUT" and order.key in one["path"]]

    def ends_well(self) -> None:
        """Azure took each order once, and Azure and the mirror hold what was asked."""
        self.ends(lambda order: order.change.state == "succeeded" and order.has_taken())

    def fails(self, code: str, *, puts: int = 0, finds: tuple[str, str] = (BEFORE, "")) -> None:
        """It has failed with that code, and Azure and the mirror hold what they held, or what is told."""

        def has_failed(order: Order) -> bool:
            return (order.change.state, order.change.error_code) == ("failed", code) and order.holds(*finds)

        self.ends(has_failed, puts=puts)

    def waits_for_a_word(self) -> None:
        """Nothing was sent, and nothing is before somebody says so."""
        self.ends(lambda order: order.change.state == "queued" and bool(order.change.held_at), puts=0, deeds=(ASKED,))

    def is_for_a_person(self, code: str) -> None:
        """What became of it cannot be known from here."""
        self.ends(
            lambda order: (order.change.state, order.change.error_code) == ("unknown", code), puts=1, deeds=(ASKED,)
        )

    def ends(
        self, is_right: Callable[[Order], bool], *, puts: int = 1, deeds: tuple[str, ...] = (ASKED, ENDED)
    ) -> None:
        """Each order comes to where it has to come, by so many PUTs, with these deeds in the trail."""
        with suppress(AssertionError):
            self.until(lambda: all(map(is_right, self.orders)), "it ends as it has to")
        taken = {order.key: self._count_taken(order) for order in self.orders}
        lost = [str(order.changes()) for order in self.orders if not is_right(order) or taken[order.key] < puts]
        duplicated = sum(max(count - puts, 0) for count in taken.values())
        unaudited = self._unaudited(deeds)
        self.note_outcome(lost=len(lost), duplicated=duplicated, unaudited=len(unaudited))
        assert (lost, duplicated, unaudited) == ([], 0, []), (taken, [order.changes() for order in self.orders])

    def go_ahead(self, order: Order | None = None) -> None:
        """An operator says that it still holds."""
        self._ask(order or self.order, "asking.go_ahead(change=change, by=by)")

    def settle(self, *, has_taken: bool) -> None:
        """An operator says what became of it."""
        self._ask(self.order, f"asking.settle(change=change, has_taken={has_taken}, by=by)")

    def keep_the_ledger(self) -> None:
        """Before a backup replaces it."""
        self._ledger.keep()

    def end(self) -> None:
        """What a drill leaves for a person, or to be looked at, would go on beside the next ones."""
        for order in self.orders:
            self.database.change(
                "UPDATE crossconnections_change SET state = 'canceled', attempts = attempts + 1 WHERE state IN"
                " ('queued', 'submitting', 'running', 'unknown') AND cross_connection_id IN"
                " (SELECT id FROM crossconnections_crossconnection WHERE service_key = ?)",
                order.key,
            )

    def _order(self, key: str) -> Order:
        return Order(self.database, self.azure, key, next(self._notes))

    def _ask(self, order: Order, words: str) -> None:
        self.portal.tell(f"{_BY_AN_OPERATOR}\nchange = Change.objects.get(pk={order.change.id})\n{words}")

    def _calls(self) -> list[dict[str, Any]]:
        return of_the_portal(self.requests())

    def _count_taken(self, order: Order) -> int:
        return count_taken(self.puts(order), self._struck if order is self.order else [])

    def _unaudited(self, deeds: Deeds) -> list[str]:
        # A step that has just ended writes down its calls.
        with suppress(AssertionError):
            wait_for(lambda: not self._missing(), "", seconds=SECONDS_TO_WRITE_DOWN, meanwhile=self.portal.watch)
        odd = [f"{order.key}: {order.deeds()}" for order in self.orders if tuple(order.deeds()) != deeds]
        return odd + [f"{one['method']} {one['path']}" for one in self._missing()]

    def _missing(self) -> list[dict[str, Any]]:
        """Calls that are not in the ledger, though somebody could have written them down."""
        known = self._ledger.ids()
        calls = [one for one in self._calls() if one["headers"][ID_OF_A_CALL] not in known]
        return [one for one in calls if not self._deaths.excuse(one)]


def leads_to(answer: Response) -> int:
    """The number of the change that Apply was answered with."""
    assert answer.status_code == SEE_OTHER, (answer.status_code, answer.text)
    found = re.fullmatch(r"/changes/(\d+)/", answer.headers["Location"])
    assert found, answer.headers["Location"]
    return int(found[1])
