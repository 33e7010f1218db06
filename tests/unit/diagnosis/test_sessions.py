"""The one word of a summary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.sessions import Session, parse_session
from tests.unit.diagnosis.words import patient


@pytest.mark.parametrize(
    ("told", "session"),
    [
        ("0", Session(0, "")),
        ("4000", Session(4000, "")),
        (" 7 ", Session(7, "")),
        ("007", Session(7, "")),
        ("999999999", Session(999_999_999, "")),
        *(
            (text, Session(None, text))
            for text in (
                "1000000000", "-1", "+1", "1,000", "1.0", "7 prefixes", "٧", "²", "1_000", "0x1", "Idle",
                "Idle (Admin)", "", "{7}",
            )
        ),
        ("  Idle (PfxCt)  ", Session(None, "Idle (PfxCt)")),
        ("1 2", Session(None, "1 2")),
    ],
)  # fmt: skip
def test_a_number_is_a_count_and_anything_else_is_kept_as_text(told: str, session: Session) -> None:
    assert parse_session(told) == session


@pytest.mark.parametrize(
    ("told", "is_up", "is_silent", "is_negotiating"),
    [
        ("0", True, False, False),
        ("1", True, False, False),
        ("Established", True, False, False),
        ("ESTABLISHED", True, False, False),
        ("Established (7)", True, False, False),
        ("Idle", False, True, False),
        ("idle", False, True, False),
        ("Idle (Admin)", False, True, False),
        ("Idle(PfxCt)", False, True, False),
        ("Active", False, True, False),
        ("Connect", False, False, True),
        ("OpenSent", False, False, True),
        ("OpenConfirm", False, False, True),
        ("opensent", False, False, True),
        ("PfxCt", False, False, False),
        ("Resting", None, False, False),
        ("Idling", None, False, False),
        ("Not Idle", None, False, False),
        ("(Idle)", None, False, False),
        ("Open", None, False, False),
        ("", None, False, False),
        ("1000000000", None, False, False),
    ],
)
def test_a_session_is_up_down_or_not_known(told: str, is_up, is_silent, is_negotiating) -> None:
    session = parse_session(told)
    assert (session.is_up, session.is_silent, session.is_negotiating) == (is_up, is_silent, is_negotiating)


@pytest.mark.parametrize(
    ("told", "is_over_limit", "is_shut"),
    [
        ("Idle (PfxCt)", True, False),
        ("idle (pfxct)", True, False),
        ("Idle (PfxCt) (Admin)", True, True),
        ("Idle (Admin)", False, True),
        ("IDLE (ADMIN)", False, True),
        ("Idle", False, False),
        ("Admin", False, False),
        ("Idle (Pfx)", False, False),
        ("7", False, False),
    ],
)
def test_a_session_says_why_it_was_shut(told: str, is_over_limit: bool, is_shut: bool) -> None:
    session = parse_session(told)
    assert (session.is_over_limit, session.is_shut) == (is_over_limit, is_shut)


@patient
@given(told=st.text())
def test_no_word_is_too_much_and_none_is_two_things_at_once(told: str) -> None:
    session = parse_session(told)
    assert session.prefixes is None or session.is_up
    assert [session.is_up, session.is_silent, session.is_negotiating].count(True) <= 1
