import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.targets import NoTarget, TargetFault, parse_targets
from tests.unit.diagnosis.networks import as_network


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("10.1.2.3", ["10.1.2.3/32"]),
        (" 10.1.0.0/16\n", ["10.1.0.0/16"]),
        ("10.1.2.3/16", ["10.1.0.0/16"]),
        *(
            (text, ["10.1.2.3/32", "10.2.0.0/16"])
            for text in (
                "10.1.2.3 10.2.0.0/16",
                "10.1.2.3,10.2.0.0/16",
                "10.1.2.3 -> 10.2.0.0/16",
                "10.1.2.3->10.2.0.0/16",
                "10.1.2.3 to 10.2.0.0/16",
                "10.1.2.3 TO  10.2.0.0/16",
            )
        ),
        ("2001:db8::1 to 2001:db8::2", ["2001:db8::1/128", "2001:db8::2/128"]),
    ],
)
def test_one_or_two_addresses_or_networks_are_targets(text: str, targets: list[str]):
    assert parse_targets(text) == tuple(as_network(one) for one in targets)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", NoTarget(TargetFault.EMPTY, "")),
        (" to , -> ", NoTarget(TargetFault.EMPTY)),
        ("10.1.2", NoTarget(TargetFault.NO_ADDRESS, "10.1.2")),
        ("10.1.2.3 to vm-web-01", NoTarget(TargetFault.NO_ADDRESS, "vm-web-01")),
        ("10.1.2.3/33", NoTarget(TargetFault.NO_ADDRESS, "10.1.2.3/33")),
        ("10.1.2.3 10.1.2.4 10.1.2.5", NoTarget(TargetFault.TOO_MANY)),
        ("the second address in Azure", NoTarget(TargetFault.TOO_MANY)),
        ("10.1.2.3 2001:db8::1", NoTarget(TargetFault.TWO_FAMILIES)),
    ],
)
def test_any_other_text_says_why_it_names_none(text: str, why: NoTarget):
    assert parse_targets(text) == why


@given(st.text())
def test_no_text_is_too_odd_to_be_judged(text: str):
    assert parse_targets(text)
