"""Documents and files tell of named fields: nothing of the portal's own work or accounts is in them (ASVS 15.3.1)."""

import csv
import json
from collections.abc import Iterator

from portal.spreadsheets import START
from tests.integration.access.matrix import World
from tests.integration.portal.security.walk import stops, text_of

# What is for the portal itself, of all models: outbox, locks, seals, accounts.
INNER = {
    "sealed_key", "poll_url", "result_url", "claimed_until", "attempts", "hurried_at", "due_at", "sent",
    "draft", "draft_id", "guard", "session_stamp", "session_key", "session_data", "app_roles", "groups", "password",
    "is_active", "last_login", "tenant_id", "object_id", "actor_object_id", "asked_by_id", "begun_by_id", "person_id",
    "written_etag", "body", "compressed",
}  # fmt: skip


# The trail is held against Entra ID's own: who it was is told by the id that both have.
OF_THE_TRAIL = {"object_id", "actor_object_id"}


def names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from names_in(one)
    if isinstance(value, list):
        for one in value:
            yield from names_in(one)


def names_of(address: str, text: str) -> set[str]:
    """Of a document, of a file with one in each line, or of a file's head."""
    if address.endswith(".csv"):
        return set(next(csv.reader([text.removeprefix(START).splitlines()[0]])))
    lines = text.splitlines() if address.endswith(".jsonl") else [text]
    return {name for line in lines for name in names_in(json.loads(line))}


def test_no_document_has_a_name_of_the_portals_own_in_it(world: World):
    told = {}
    for name, address, _ in stops(world):
        if name.endswith(("-json", "-jsonl", "-csv")):
            answer = world.browser("adminis").get(address)
            assert answer.status_code == 200, name
            told[name] = names_of(address.partition("?")[0], text_of(answer))
    assert {name.rpartition("-")[2] for name in told} == {"json", "jsonl", "csv"}
    assert all(told.values())
    for name in ("activity-csv", "activity-jsonl"):
        told[name] -= OF_THE_TRAIL
    assert {name: names & INNER for name, names in told.items() if names & INNER} == {}
