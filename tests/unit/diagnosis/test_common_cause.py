from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.common_cause import TOGETHER, Placed, find_events
from crossconnections.diagnosis.flaps import Change, Kind, Span
from tests.unit.diagnosis.sessions import NOON

PORT = "AMS-06GMR-CIS-3-PRI-A"


def placed(
    second: float, circuit: str = "one", *, port: str = PORT, kind: Kind = Kind.RESET, give: float = 10
) -> Placed:
    """A change so many seconds after noon, known to ``give`` seconds."""
    moment, off = NOON + timedelta(seconds=second), timedelta(seconds=give)
    return Placed(Change(kind, Span(moment - off, moment + off), moment + off), port, circuit, "Private primary")


def sizes(*changes: Placed) -> list[int]:
    return [len(event.changes) for event in find_events(changes)]


def test_resets_within_a_minute_of_each_other_on_one_port_are_one_event() -> None:
    (event,) = find_events([placed(20, "two"), placed(0), placed(60, "three"), placed(30)])
    assert event.circuits == ["one", "two", "three"]
    assert event.at == Span(NOON - timedelta(seconds=10), NOON + timedelta(seconds=70))
    assert event.at.exactness == timedelta(seconds=40)


def test_a_chain_of_resets_is_no_event_that_lasts_for_hours() -> None:
    assert sizes(placed(0), placed(50), placed(100), placed(150)) == [2, 2]


def test_a_minute_and_a_second_is_too_long() -> None:
    assert sizes(placed(0), placed(61)) == [1, 1]


def test_another_port_is_another_event() -> None:
    assert sizes(placed(0), placed(1, port="AMS-06GMR-CIS-3-SEC-A")) == [1, 1]
    assert sizes(placed(0), placed(1, port=PORT.lower())) == [2]


def test_what_is_on_no_known_port_has_nothing_in_common() -> None:
    assert sizes(placed(0, port=""), placed(1, "two", port="")) == [1, 1]


def test_ups_and_downs_are_two_events_and_a_reset_is_told_by_when_it_came_up() -> None:
    down, up, reset = placed(0, kind=Kind.WENT_DOWN), placed(5, kind=Kind.CAME_UP), placed(9, "two")
    assert [event.changes for event in find_events([reset, up, down])] == [(down,), (up, reset)]


def test_what_is_not_known_to_the_minute_stands_alone() -> None:
    assert sizes(placed(0), placed(0, "two", give=61), placed(0, "three")) == [2, 1]


CHANGES = st.lists(
    st.builds(
        placed,
        st.integers(0, 900),
        st.sampled_from("abc"),
        port=st.sampled_from([PORT, "other", ""]),
        kind=st.sampled_from(Kind),
        give=st.integers(0, 80),
    )
)


@given(CHANGES)
def test_every_change_is_in_one_event(changes: list[Placed]) -> None:
    told = [change for event in find_events(changes) for change in event.changes]
    assert sorted(map(str, told)) == sorted(map(str, changes))


@given(CHANGES)
def test_any_two_of_one_event_are_on_one_port_and_at_most_a_minute_apart(changes: list[Placed]) -> None:
    for event in find_events(changes):
        moments = [one.change.at.middle for one in event.changes]
        assert max(moments) - min(moments) <= TOGETHER
        assert len({one.port for one in event.changes}) == 1


@given(CHANGES, st.randoms())
def test_events_are_the_same_and_in_the_order_of_time_whatever_was_told_first(
    changes: list[Placed], random: Random
) -> None:
    shuffled = random.sample(changes, len(changes))
    begins = [event.changes[0].change.at.middle for event in find_events(shuffled)]
    assert all(one <= other for one, other in pairwise(begins))
    sizes_of_both = [sorted(len(event.changes) for event in find_events(some)) for some in (changes, shuffled)]
    assert sizes_of_both[0] == sizes_of_both[1]
