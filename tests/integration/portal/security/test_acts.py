"""What is done by forms: each is done, each is on record with who, when, what and to what, and none is done unrecorded.

The list of acts is that of all addresses that take a POST; a form of tomorrow that is missing from it fails here.
"""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.activity.deeds import list_deeds
from portal.activity.models import Entry
from tests.integration.access.matrix import World, read_table
from tests.integration.portal.security.acts import ALL, Act, administrator
from tests.integration.portal.security.walk import SEEN_AND_COUNTED, rows_but_of, stops, text_of
from tests.tampering import break_the_trail

# Nobody does these at a form of the portal; each has a test of its own.
ELSEWHERE = {
    "sign-in.done": "tests/integration/portal/sign_in/test_activity.py",
    "sign-in.refused": "tests/integration/portal/sign_in/test_activity.py",
    "access.refused": "tests/integration/access/test_activity.py",
    "change.ended": "tests/integration/domain/test_changes.py",
    "subscription.enlisted": "tests/integration/domain/test_activity.py",
    "activity.mended": "tests/integration/activity/test_mending.py",
    "portal.restored": "tests/integration/domain/test_restoring.py",
}
# A file by the name of its address, and its deed.
EXPORTS = {
    "activity-csv": "activity.exported",
    "activity-jsonl": "activity.exported",
    "cross-connections-csv": "cross-connections.exported",
    "records-csv": "records.exported",
    "table-csv": "tables.exported",
    "handover-text": "handover.taken",
}


def done(act: Act, world: World) -> int:
    """The status that the press got."""
    told = act.before(world)
    return administrator(world).post(act.address(world), act.all_fields(told)).status_code


def test_every_address_that_takes_a_post_is_among_the_acts():
    takes_post = {name for name, lines in read_table().items() for line in lines if _allows_post(line)}
    assert takes_post == {act.name for act in ALL}


def _allows_post(line: str) -> bool:
    """Whether an Administrator of everything gets anything but a 405 there."""
    _, which, methods, *statuses = line.split()
    return which in {"own", "-"} and "POST" in methods.split(",") and statuses[9] != "405"


@pytest.mark.parametrize("act", ALL, ids=str)
def test_each_is_on_record_with_who_when_what_and_from_where(world: World, act: Act):
    begun = timezone.now()
    assert done(act, world) in {200, 303}
    who = User.objects.get(name="Administrator")
    entries = [entry for entry in Entry.objects.order_by("number") if entry.deed == act.deed]
    assert bool(entries) == bool(act.deed)
    for entry in entries:
        assert whose(entry) == whose_is(who)
        assert begun <= entry.at <= timezone.now()
        assert entry.result == "done"
        assert bool(entry.object_kind) == (act.deed not in WITHOUT_OBJECT)


def whose(entry: Entry) -> tuple[str, ...]:
    return entry.actor_tenant_id, entry.actor_object_id, entry.actor_name, entry.via, entry.address


def whose_is(user: User) -> tuple[str, ...]:
    return str(user.tenant_id), str(user.object_id), user.name, "web", "127.0.0.1"


def test_each_file_is_on_record_with_who_took_it_and_none_is_given_out_unrecorded(world: World):
    who = User.objects.get(name="Administrator")
    files = [stop for stop in stops(world) if stop.name in EXPORTS]
    for stop in files:
        assert text_of(administrator(world).get(stop.address))
        entry = Entry.objects.latest("number")
        assert (entry.deed, whose(entry)) == (EXPORTS[stop.name], whose_is(who))
    break_the_trail()
    assert {administrator(world).get(stop.address).status_code for stop in files} == {503}
    assert len(files) == len(EXPORTS)


# The session's own, and what is about many at once.
WITHOUT_OBJECT = {"sign-in.out", "records.imported", "changes.asked"}


def test_every_deed_that_there_is_has_an_act_or_a_test_of_its_own():
    # Other tests have deeds of their own, by their names.
    known = {deed.name for deed in list_deeds() if not deed.name.startswith("test.")}
    assert known == {act.deed for act in ALL if act.deed} | ELSEWHERE.keys() | {*EXPORTS.values()}


@pytest.mark.parametrize("act", [act for act in ALL if act.deed and act.name != "sign-out"], ids=str)
def test_none_is_done_that_cannot_be_recorded(world: World, act: Act):
    administrator(world).get("/cross-connections/export.csv").getvalue()  # so that there is a chain
    told = act.before(world)
    break_the_trail()
    before = rows_but_of(SEEN_AND_COUNTED)
    answer = administrator(world).post(act.address(world), act.all_fields(told))
    assert answer.status_code == 503
    assert "cannot be recorded" in answer.content.decode()
    assert rows_but_of(SEEN_AND_COUNTED) == before
