import pytest

from crossconnections.diagnosis.next_hops import bare_next_hop


@pytest.mark.parametrize(
    ("text", "hop"),
    [
        ("10.17.17.140*", "10.17.17.140"),
        (" 10.17.17.140* ", "10.17.17.140"),
        ("10.17.17.141", "10.17.17.141"),
        ("*10.17.17.141", "*10.17.17.141"),
        ("", ""),
    ],
)
def test_a_next_hop_is_the_same_with_and_without_its_mark(text: str, hop: str):
    assert bare_next_hop(text) == hop
