"""A write that is not sent in time is not sent: whoever was frozen meanwhile may have been taken over."""

import time
from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Edit, ResourceId
from crossconnections.arm.watch import Watch, watched_session
from tests.integration.arm.loopback import Loopback, reply
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")


def test_what_is_held_up_after_the_look_does_not_leave(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("trace_get")))
    with pytest.raises(arm.NotConnected):
        client_for(azure).start_edit(
            resource_id=KEY,
            edit=Edit({"provider_notes": "Cage 14"}),
            confirm=lambda _seen: time.sleep(0.2),  # frozen right after its lease was renewed
            seconds_to_send=0.1,
        )
    assert [one.method for one in azure.asked] == ["GET"]


def test_what_is_held_up_between_head_and_body_is_no_request(azure: Loopback, ca_bundle: str) -> None:
    azure.plays(reply({}))
    is_too_late = iter([False, False, True])
    session = watched_session({})
    with (
        session,
        pytest.raises(OSError, match="the time was up"),
        Watch(5, is_too_late=lambda: next(is_too_late)) as it,
    ):
        session.put(f"{azure.url}/k", data=b"{}", verify=ca_bundle, timeout=5)
    assert it.sent  # of which Azure has the head
    assert azure.connections == 1
    assert azure.asked == []
