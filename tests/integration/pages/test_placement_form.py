"""The form of a circuit's placement, its review, and the page of the change."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crossconnections.models import Catalogue, Change, CrossConnection, Draft, Snapshot
from portal.access.roles import Role
from tests.integration.domain.changing import asked_for
from tests.integration.pages.changes import change
from tests.integration.pages.ports import entry, listed, used
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

FORM = f"/cross-connections/{KEY}/placement/"
HERE, THERE, FULL = "AMS-06GMR-CIS-3", "AMS-06GMR-CIS-4", "AMS-06GMR-CIS-5"
PORTS_THERE = {"primary_azure_port": f"{THERE}-PRI-A", "secondary_azure_port": f"{THERE}-SEC-A"}
PORTS_HERE = {"primary_azure_port": f"{HERE}-PRI-A", "secondary_azure_port": f"{HERE}-SEC-A"}


@pytest.fixture
def row(db: None) -> CrossConnection:
    """On the first of three pairs in Amsterdam, of which the third is full; elsewhere there is a fourth."""
    subscription = enlisted()
    entries = [entry(HERE), entry(THERE), entry(FULL, **used(39_500)), entry("FRA-1", "Frankfurt")]
    listed(subscription, *entries)
    return cross_connection(subscription, KEY)


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def read_aloud(answer: Any) -> str:
    """Its words without the markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def picks(answer: Any) -> dict[str, str]:
    """The pairs that can be picked, and how they stand: "", checked or disabled."""
    found = re.findall(r'type="radio" name="pair" value="([^"]*)"\s*([^>]*)>', answer.content.decode())
    return {name: more.strip() for name, more in found}


def post(client: Client, **typed: str) -> Any:
    opened = re.findall(r'name="opened" value="([^"]*)"', client.get(FORM).content.decode())[0]
    return client.post(FORM, {"opened": opened, **typed})


def drafted(client: Client, **typed: str) -> str:
    """The address of the review of a move."""
    address: str = post(client, pair=THERE, **typed)["Location"]
    return address


class TestForm:
    def test_it_offers_the_pairs_of_its_location_with_what_is_left(self, operator: Client, row):
        shown = operator.get(FORM)
        assert picks(shown) == {HERE: "checked", THERE: "", FULL: "disabled"}
        words = read_aloud(shown)
        assert f"{HERE} It is here now 30 Gbps left" in words
        assert f"{FULL} It has 500 Mbps left, and the circuit takes 1,000 Mbps. 500 Mbps left" in words
        assert "FRA-1" not in words

    def test_a_pick_is_a_draft_of_both_ports(self, operator: Client, row):
        answer = post(operator, pair=THERE)
        draft = Draft.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/cross-connections/{KEY}/review/{draft.pk}/")
        assert (draft.kind, draft.opened, draft.asked) == (Change.Kind.PLACEMENT, PORTS_HERE, PORTS_THERE)
        assert not Change.objects.exists()

    @pytest.mark.parametrize("pair", [HERE, ""])
    def test_where_it_is_already_there_is_nothing_to_send(self, operator: Client, row, pair: str):
        answer = post(operator, pair=pair)
        assert answer.status_code == 422
        assert "Nothing is different from what Azure has" in text_of(answer)

    @pytest.mark.parametrize(
        ("pair", "sentence"),
        [
            (FULL, f"{FULL} is too full. It has 500 Mbps left, and the circuit takes 1,000 Mbps."),
            ("FRA-1", "FRA-1 is no port pair in Amsterdam that Azure lists."),
            ("<b>", "<b> is no port pair in Amsterdam that Azure lists."),
        ],
    )
    def test_what_cannot_be_had_is_refused_with_a_sentence(self, operator: Client, row, pair: str, sentence: str):
        answer = post(operator, pair=pair, read_tables="on")
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert "<b> is" not in answer.content.decode()
        assert not Draft.objects.exists()

    def test_what_somebody_else_moved_meanwhile_is_not_taken_for_what_this_person_saw(self, operator: Client, row):
        opened = re.findall(r'name="opened" value="([^"]*)"', operator.get(FORM).content.decode())[0]
        CrossConnection.objects.update(primary_azure_port=f"{FULL}-PRI-A", secondary_azure_port=f"{FULL}-SEC-A")
        operator.post(FORM, {"opened": opened, "pair": THERE})
        assert Draft.objects.get().opened == PORTS_HERE

    def test_a_circuit_whose_pair_azure_does_not_list_is_shown_where_it_is(self, operator: Client, row):
        Catalogue.objects.update(entries=[entry(THERE)])
        shown = operator.get(FORM)
        assert picks(shown) == {"": "checked", THERE: ""}
        assert f"{HERE} It is here now Azure does not tell how much is left" in read_aloud(shown)

    def test_a_pair_of_which_azure_does_not_tell_enough_can_be_tried(self, operator: Client, row):
        Catalogue.objects.update(entries=[entry(THERE, used_mbps=None, remaining_mbps=None)])
        assert post(operator, pair=THERE).status_code == 303

    def test_a_pick_survives_the_pairs_being_shown_anew(self, operator: Client, row):
        assert picks(operator.get(f"{FORM}?pair={THERE}"))[THERE] == "checked"

    def test_what_was_picked_before_is_there_again_after_the_review(self, operator: Client, row):
        drafted(operator, read_tables="on")
        private_peering(row)
        shown = operator.get(f"{FORM}?draft={Draft.objects.get().pk}")
        assert picks(shown)[THERE] == "checked"
        assert 'name="read_tables" value="on" checked' in text_of(shown)


class TestNotNow:
    def test_pairs_that_were_never_read_are_read_and_there_is_none_to_choose(self, operator: Client, row):
        Catalogue.objects.all().delete()
        shown = text_of(operator.get(FORM))
        assert "Azure has not told the port pairs of this subscription yet" in shown
        assert 'hx-post="/ports/read/" hx-trigger="submit, load"' in shown
        assert post(operator, pair=THERE).status_code == 409

    def test_why_they_could_not_be_read_is_told(self, operator: Client, row):
        Catalogue.objects.update(read_at=None, entries=[], read_error_code="SubscriptionNotRegisteredForFeature")
        assert "not registered for the feature AllowExpressRoutePorts" in text_of(operator.get(FORM))

    def test_a_place_with_one_pair_has_no_other(self, operator: Client, row):
        Catalogue.objects.update(entries=[entry(HERE), entry("FRA-1", "Frankfurt")])
        assert "Azure lists no other port pair in Amsterdam for this subscription." in text_of(operator.get(FORM))

    def test_another_change_comes_first(self, operator: Client, row):
        asked_for(row, {"provider_notes": "Cage 14"})
        answer = post(operator, pair=THERE)
        assert answer.status_code == 409
        assert "is not over yet" in text_of(answer)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"read_at": None}, "It was not read in full yet"),
            ({"peering_location": ""}, "Azure does not tell where this circuit is"),
        ],
    )
    def test_what_is_not_known_must_be_known_first(self, operator: Client, row, values: dict[str, Any], sentence: str):
        CrossConnection.objects.update(**values)
        answer = post(operator, pair=THERE)
        assert answer.status_code == 409
        assert sentence in text_of(answer)


class TestReview:
    def test_it_shows_both_ports_and_what_to_know(self, operator: Client, row):
        private_peering(row)
        words = read_aloud(operator.get(drafted(operator)))
        assert f"Move to {THERE}" in words
        assert f"Primary Azure port {HERE}-PRI-A {THERE}-PRI-A" in words
        assert f"Secondary Azure port {HERE}-SEC-A {THERE}-SEC-A" in words
        for told in (
            "the sessions of all peerings drop",
            "is not documented: agree on a time",
            "The S-tag may be another",
        ):
            assert told in words

    def test_with_a_peering_it_is_guarded(self, operator: Client, row):
        private_peering(row)
        address = drafted(operator)
        assert Snapshot.objects.count() == 1
        shown = read_aloud(operator.get(address))
        assert "What goes down" in shown
        assert "Move it? It takes both links of er-contoso-prod-ams down" in shown
        answer = operator.post(address, {"draft": Draft.objects.get().pk, "apply": "1"})
        assert answer.status_code == 422
        assert "Type the last 4 characters of the service key that moves." in text_of(answer)
        assert not Change.objects.exists()

    def test_without_one_it_is_sent_at_once(self, operator: Client, row):
        address = drafted(operator)
        answer = operator.post(address, {"draft": Draft.objects.get().pk, "apply": "1"})
        made = Change.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/changes/{made.pk}/")
        assert (made.kind, made.asked) == (Change.Kind.PLACEMENT, PORTS_THERE)

    def test_a_pair_that_filled_up_meanwhile_cannot_be_sent(self, operator: Client, row):
        address = drafted(operator)
        Catalogue.objects.update(entries=[entry(THERE, **used(39_500))])
        shown = text_of(operator.get(address))
        assert "It has 500 Mbps left, and the circuit takes 1,000 Mbps." in shown
        assert 'name="apply"' not in shown
        assert operator.post(address, {"draft": Draft.objects.get().pk, "apply": "1"}).status_code == 409

    def test_ports_that_moved_meanwhile_are_a_choice(self, operator: Client, row):
        address = drafted(operator)
        CrossConnection.objects.update(primary_azure_port=f"{FULL}-PRI-A", secondary_azure_port=f"{FULL}-SEC-A")
        assert "It changed in Azure while you were editing." in text_of(operator.get(address))
        fields = {"choose": "1", "keep-primary_azure_port": "theirs", "keep-secondary_azure_port": "mine"}
        assert operator.post(address, fields)["Location"] == f"/cross-connections/{KEY}/"
        assert not Draft.objects.exists()


class TestChangePage:
    @pytest.fixture
    def moved(self, row) -> Change:
        return change(row, "succeeded", kind="placement", opened=PORTS_HERE, asked=PORTS_THERE,
                      before=PORTS_HERE | {"s_tag": 412}, after=PORTS_THERE | {"s_tag": 7})  # fmt: skip

    def test_it_tells_the_new_s_tag_and_ports_to_layer_2(self, operator: Client, moved: Change):
        words = read_aloud(operator.get(f"/changes/{moved.pk}/"))
        assert "It has another S-tag: tell layer 2. It was 412 on the pair before." in words
        assert f"S-tag 7 Primary port {THERE}-PRI-A Secondary port {THERE}-SEC-A" in words
        assert "As asked, with S-tag 7; it was 412" in words
        assert "nothing else moved" not in words

    def test_an_s_tag_that_stayed_is_told_as_well(self, operator: Client, moved: Change):
        Change.objects.update(after=PORTS_THERE | {"s_tag": 412})
        assert "Tell layer 2 where it is now. The S-tag is the same as before." in read_aloud(
            operator.get(f"/changes/{moved.pk}/")
        )

    def test_the_lists_know_it(self, operator: Client, moved: Change):
        for query in ("", "?kind=placement"):
            assert f"Move to {THERE}" in text_of(operator.get(f"/changes/{query}"))
        assert f"Move to {THERE}" not in text_of(operator.get("/changes/?kind=tags"))
        told = operator.get(f"/changes/{moved.pk}.json").json()
        assert (told["kind"], told["title"], told["after"]["s_tag"]) == ("placement", f"Move to {THERE}", 7)

    def test_one_that_failed_can_be_asked_for_again(self, operator: Client, row):
        failed = change(row, "failed", kind="placement", opened=PORTS_HERE, asked=PORTS_THERE, error_code="Conflict")
        operator.post(f"/changes/{failed.pk}/again/")
        assert (Draft.objects.get().kind, Draft.objects.get().asked) == (Change.Kind.PLACEMENT, PORTS_THERE)


class TestWay:
    def test_an_operator_finds_the_form_on_the_circuits_page(self, operator: Client, row):
        assert f'href="{FORM}"' in operator.get(f"/cross-connections/{KEY}/").content.decode()

    def test_a_supporter_does_not_and_may_not(self, support: Client, row):
        assert FORM not in support.get(f"/cross-connections/{KEY}/").content.decode()
        assert support.get(FORM).status_code == 403

    def test_an_operator_of_another_place_does_not_see_it(self, row):
        somebody = person("Olga of Frankfurt")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="Frankfurt")
        assert signed_in_as(somebody).get(FORM).status_code == 404
