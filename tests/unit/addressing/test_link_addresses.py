import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.addressing import LinkAddresses, find_link_addresses


def test_the_first_usable_address_is_yours_and_the_second_microsofts():
    assert find_link_addresses("172.16.18.0/30") == LinkAddresses("172.16.18.0/30", "172.16.18.1", "172.16.18.2")
    assert find_link_addresses("2001:db8::4/126") == LinkAddresses("2001:db8::4/126", "2001:db8::5", "2001:db8::6")


@pytest.mark.parametrize("text", ["", "10.0.0.1/30", "10.0.0.0/31", "10.0.0.0/32", "nonsense", "10.0.0.0/33"])
def test_a_text_that_is_no_link_has_no_addresses(text: str):
    assert find_link_addresses(text) is None


@given(st.integers(0, 2**30 - 1))
def test_on_every_slash_30_yours_is_odd_and_microsofts_even(number: int):
    found = find_link_addresses(f"{ipaddress.ip_address(number * 4)}/30")
    assert found is not None
    assert int(ipaddress.ip_address(found.yours)) % 2 == 1
    assert int(ipaddress.ip_address(found.microsofts)) == int(ipaddress.ip_address(found.yours)) + 1
