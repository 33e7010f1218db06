"""Writing: one GET, one write with the one thing changed, and where to look for what comes of it."""

import json
import logging
import time
from typing import Any

import pytest

from crossconnections import arm
from crossconnections.arm import Call, CrossConnectionResource, Edit, OperationProgress, RetryPolicy
from tests.integration.arm.conftest import FixedToken
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    head,
    reply,
    reply_with,
    resets_after,
    sends,
)
from tests.integration.arm.table_reading import CHALLENGE, IDS, KEY, ClientFor, lines

SECRET = "A1B2C3D4"
DOCUMENT = {
    "name": "k",
    "id": KEY.text,
    "etag": 'W/"1"',
    "location": "eastus2euap",
    "unheardOf": {"kept": [1, None, "ä"]},
    "properties": {
        "provisioningState": "Succeeded",
        "serviceProviderProvisioningState": "NotProvisioned",
        "peeringLocation": "EUAP Test",
        "bandwidthInMbps": 200,
        "peerings": [{"name": "AzurePrivatePeering", "properties": {"vlanId": 200, "sharedKey": SECRET}}],
    },
}
UPDATING = {**DOCUMENT, "properties": {**DOCUMENT["properties"], "provisioningState": "Updating", "sTag": 0}}  # type: ignore[dict-item]
PROVISIONED = {"provider_provisioning_state": "Provisioned"}
OPERATION = f"/subscriptions/{KEY.subscription_id}/providers/Microsoft.Network/locations/x/operations/1"


def accept(_resource: CrossConnectionResource) -> None:
    """Whoever looks between the GET and the write lets it go."""


def write(client: Any, asked: Any = None, **values: Any) -> OperationProgress:
    told = {"confirm": accept, "seconds_to_send": 25.0, **values}
    progress: OperationProgress = client.start_edit(
        resource_id=KEY, edit=asked if isinstance(asked, Edit) else Edit(asked or PROVISIONED), **told
    )
    return progress


def accepted(azure: Loopback, **headers: str) -> Script:
    told = {"Azure_AsyncOperation": f"{azure.url}{OPERATION}", "Retry_After": "10"} | headers
    return reply(UPDATING, **IDS, **told)


def test_the_put_is_what_the_get_showed_with_the_one_thing_changed(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(DOCUMENT), accepted(azure))
    write(client_for(azure))
    assert lines(azure) == [f"{method} {KEY.text}?api-version=2026-03-01" for method in ("GET", "PUT")]
    wanted = json.loads(json.dumps(DOCUMENT))
    wanted["properties"]["serviceProviderProvisioningState"] = "Provisioned"
    assert json.loads(azure.asked[1].body) == wanted
    assert azure.asked[1].headers["if-match"] == 'W/"1"'
    assert azure.asked[1].headers["content-type"] == "application/json"


def test_tags_are_patched_alone(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(DOCUMENT), reply(DOCUMENT))
    progress = write(client_for(azure), {"tags": {"tier": "gold"}})
    assert (azure.asked[1].method, json.loads(azure.asked[1].body)) == ("PATCH", {"tags": {"tier": "gold"}})
    assert (progress.result_url, progress.retry_after) == ("", 0.0)  # nothing to wait for


def test_a_field_that_nobody_writes_is_refused_before_anything_is_sent(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(DOCUMENT))
    with pytest.raises(KeyError):
        write(client_for(azure), {"s_tag": 3})
    assert len(azure.asked) == 1


def test_where_azure_says_to_look_is_told_and_its_ids(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(DOCUMENT), accepted(azure))
    progress = write(client_for(azure))
    assert progress.poll_url == f"{azure.url}{OPERATION}"
    assert progress.result_url == f"{azure.url}{KEY.text}?api-version=2026-03-01"
    assert (progress.retry_after, progress.request_id) == (10.0, IDS["x_ms_request_id"])


@pytest.mark.parametrize("told", ["", "https://attacker.example/operations/1", "http://localhost/operations/1"])
def test_where_azure_names_no_place_of_its_own_the_resource_is_looked_at(
    azure: Loopback, client_for: ClientFor, told: str
) -> None:
    azure.plays(reply(DOCUMENT), accepted(azure, Azure_AsyncOperation=told))
    progress = write(client_for(azure))
    assert progress.poll_url == f"{azure.url}{KEY.text}?api-version=2026-03-01"
    assert progress.result_url == ""


def test_whoever_looks_in_between_sees_what_azure_has_and_can_stop_it(azure: Loopback, client_for: ClientFor) -> None:
    seen: list[str] = []

    def stop(resource: CrossConnectionResource) -> None:
        seen.append(resource.provider_provisioning_state)
        raise RuntimeError

    azure.plays(reply(DOCUMENT))
    with pytest.raises(RuntimeError):
        write(client_for(azure), confirm=stop)
    assert seen == ["NotProvisioned"]
    assert [asked.method for asked in azure.asked] == ["GET"]


def test_what_was_held_up_too_long_is_not_sent(azure: Loopback, client_for: ClientFor) -> None:
    class Slow(FixedToken):
        def get_token(self, *scopes: str, **options: Any) -> Any:
            if azure.asked:
                time.sleep(0.2)
            return super().get_token(*scopes, **options)

    azure.plays(reply(DOCUMENT), accepted(azure))
    with pytest.raises(arm.NotConnected):
        write(client_for(azure, credential=Slow()), seconds_to_send=0.1)
    assert [asked.method for asked in azure.asked] == ["GET"]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        pytest.param(reply_with(500, {}), arm.AzureFailed, id="500"),
        pytest.param(reply_with(408, {}), arm.AzureFailed, id="408"),
        pytest.param(reply_with(412, {}), arm.Overtaken, id="412"),
        pytest.param(reply_with(429, {}, Retry_After="1"), arm.Throttled, id="429"),
        pytest.param(resets_after(b""), arm.NoAnswer, id="reset"),
        pytest.param(sends(head(200, Content_Length="99") + b'{"value":'), arm.NoAnswer, id="truncated"),
        pytest.param(reply(b"<html>"), arm.AnswerNotUnderstood, id="a proxy's page"),
        pytest.param(reply({"properties": 1}), arm.AnswerNotUnderstood, id="no cross connection"),
        pytest.param(reply_with(204, b""), arm.AnswerNotUnderstood, id="204"),
        pytest.param(reply_with(307, {}, Location="https://localhost/x"), arm.AnswerNotUnderstood, id="redirect"),
    ],
)
def test_the_write_is_sent_once_whatever_goes_wrong(
    azure: Loopback, client_for: ClientFor, calls: list[Call], script: Script, error: type[arm.ArmError]
) -> None:
    azure.plays(reply(DOCUMENT), script)
    slept: list[float] = []
    with pytest.raises(arm.ArmError) as raised:
        write(client_for(azure, retries=RetryPolicy(), sleep=slept.append))
    assert (type(raised.value), slept) == (error, [])
    assert [(call.method, call.error) for call in calls] == [("GET", ""), ("PUT", error.__name__)]


def test_a_claims_challenge_is_answered_once_and_nothing_was_done_before_it(
    azure: Loopback, client_for: ClientFor
) -> None:
    azure.plays(reply(DOCUMENT), CHALLENGE, accepted(azure))
    write(client_for(azure))
    assert [asked.method for asked in azure.asked] == ["GET", "PUT", "PUT"]
    assert azure.asked[1].body == azure.asked[2].body


class TestFollowing:
    def look(self, client: Any, azure: Loopback, *, operation: bool = True) -> Any:
        url = f"{azure.url}{KEY.text}?api-version=2026-03-01"
        urls = (f"{azure.url}{OPERATION}", url) if operation else (url, "")
        return client.follow_edit(resource_id=KEY, poll_url=urls[0], result_url=urls[1])

    def test_while_the_operation_runs_it_is_looked_at_again(self, azure: Loopback, client_for: ClientFor) -> None:
        azure.plays(reply({"status": "InProgress"}, Retry_After="7"))
        progress = self.look(client_for(azure), azure)
        assert (progress.word, progress.retry_after) == ("InProgress", 7.0)
        assert progress.poll_url == f"{azure.url}{OPERATION}"

    def test_after_it_has_succeeded_the_resource_is_next(self, azure: Loopback, client_for: ClientFor) -> None:
        azure.plays(reply({"status": "Succeeded"}))
        progress = self.look(client_for(azure), azure)
        assert (progress.word, progress.result_url, progress.retry_after) == ("Succeeded", "", 0.0)

    def test_the_resource_is_the_end_once_azure_is_not_at_it(self, azure: Loopback, client_for: ClientFor) -> None:
        azure.plays(reply(UPDATING, Retry_After="3"), reply(DOCUMENT))
        progress = self.look(client_for(azure), azure, operation=False)
        assert (progress.word, progress.retry_after) == ("Updating", 3.0)
        found = self.look(client_for(azure), azure, operation=False)
        assert isinstance(found, CrossConnectionResource)

    def test_a_failed_operation_says_why(self, azure: Loopback, client_for: ClientFor) -> None:
        azure.plays(reply({"status": "Failed", "error": {"code": "InternalServerError", "message": "Oh."}}))
        with pytest.raises(arm.OperationFailed) as raised:
            self.look(client_for(azure), azure)
        assert (raised.value.code, raised.value.message) == ("InternalServerError", "Oh.")

    def test_one_that_azure_does_not_know_any_more_tells_nothing(self, azure: Loopback, client_for: ClientFor) -> None:
        azure.plays(reply_with(404, {"error": {"code": "NotFound", "message": "Operation not found."}}))
        with pytest.raises(arm.OperationGone):
            self.look(client_for(azure), azure)


def test_a_key_that_azure_shows_goes_back_and_nowhere_else(
    azure: Loopback, client_for: ClientFor, calls: list[Call], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[CrossConnectionResource] = []
    azure.plays(reply(DOCUMENT), accepted(azure))
    progress = write(client_for(azure), confirm=seen.append)
    assert SECRET in azure.asked[1].body.decode()
    told = f"{seen!r} {seen[0].document} {progress!r} {calls!r} {caplog.text}"
    assert SECRET not in told


def test_what_fails_with_a_key_in_hand_does_not_tell_it(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(DOCUMENT), reply(b"<html>" + SECRET.encode()))
    with pytest.raises(arm.AnswerNotUnderstood) as raised:
        write(client_for(azure))
    assert SECRET not in f"{raised.value!r} {raised.value} {raised.value.__cause__!r} {raised.value.__context__!r}"
