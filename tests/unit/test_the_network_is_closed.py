import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_test_cannot_reach_beyond_this_machine():
    refused = pytest.raises(SocketConnectBlockedError)
    with socket.socket() as outside, pytest.warns(UserWarning, match="tried to use"), refused:
        outside.connect(("192.0.2.1", 443))
