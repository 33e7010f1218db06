import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_test_cannot_reach_beyond_this_machine():
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 443))
