"""JSON tells of named fields: nothing of the portal's own work or of its people's accounts is in it (ASVS 15.3.1)."""

import json
from collections.abc import Iterator

from tests.integration.access.matrix import World
from tests.integration.portal.security.walk import stops, text_of

# What is for the portal itself, of all models: outbox, locks, seals, accounts.
INNER = {
    "sealed_key", "poll_url", "result_url", "claimed_until", "attempts", "hurried_at", "due_at", "sent",
    "draft", "draft_id", "guard", "session_stamp", "session_key", "session_data", "app_roles", "groups", "password",
    "is_active", "last_login", "tenant_id", "object_id", "actor_object_id", "asked_by_id", "begun_by_id", "person_id",
    "written_etag", "body", "compressed",
}  # fmt: skip


def names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from names_in(one)
    if isinstance(value, list):
        for one in value:
            yield from names_in(one)


def test_no_document_has_a_name_of_the_portals_own_in_it(world: World):
    told = {}
    for name, address, _ in stops(world):
        if name.endswith("-json"):
            answer = world.browser("adminis").get(address)
            assert answer.status_code == 200, name
            told[name] = set(names_in(json.loads(text_of(answer))))
    assert len(told) >= 5
    assert {name: names & INNER for name, names in told.items() if names & INNER} == {}
