"""The form of the provider's state and note: filled with what is true, and nothing that was typed is lost."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.enums import ProviderProvisioningState
from crossconnections.models import Change, CrossConnection, Draft
from portal.access.roles import Role
from tests.integration.domain.changing import asked_for
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

FORM = f"/cross-connections/{KEY}/provisioning/"
TAGS = f"/cross-connections/{KEY}/tags/"


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY, provider_provisioning_state="NotProvisioned")


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def filled(client: Client, address: str = FORM) -> dict[str, str]:
    """What a browser would send of the page as it comes."""
    shown = client.get(address).content.decode()
    fields = {"opened": re.findall(r'name="opened" value="([^"]*)"', shown)[0]}
    if chosen := re.findall(r'value="(\w+)" checked', shown):
        fields["provider_provisioning_state"] = chosen[0]
    for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', shown):
        fields[name] = html.unescape(value)
    return fields


def post(client: Client, address: str = FORM, **typed: str) -> Any:
    return client.post(address, filled(client, address) | typed)


def offered(client: Client) -> dict[str, bool]:
    """The states of the form, and whether each can be had."""
    shown = client.get(FORM).content.decode()
    picks = re.findall(r'type="radio" name="provider_provisioning_state" value="(\w+)"([^>]*)>', shown)
    return {value: "disabled" not in more for value, more in picks}


def test_it_comes_filled_with_what_is_true_now(operator: Client, row):
    CrossConnection.objects.update(provider_notes="Cage 14", provider_provisioning_state="Provisioning")
    fields = filled(operator)
    assert (fields["provider_provisioning_state"], fields["provider_notes"]) == ("Provisioning", "Cage 14")


def test_layer_2_is_told_and_not_asked(operator: Client, row):
    shown = text_of(operator.get(FORM))
    assert all(value in shown for value in ("412", "AMS-06GMR-CIS-3-PRI-A", "AMS-06GMR-CIS-3-SEC-A", "1 Gbps"))


@pytest.mark.parametrize(
    ("now", "can"),
    [
        ("NotProvisioned", {"NotProvisioned", "Provisioning", "Provisioned"}),
        ("Provisioning", {"NotProvisioned", "Provisioning", "Provisioned"}),
        ("Provisioned", {"NotProvisioned", "Provisioned", "Deprovisioning"}),
        ("Deprovisioning", {"NotProvisioned", "Deprovisioning"}),
        ("DeProvisioned", {"DeProvisioned", "Provisioning", "Provisioned"}),
        ("Migrating", {"Migrating"}),
    ],
)
def test_it_offers_what_can_follow_and_says_from_where_the_rest_can_be_had(operator: Client, row, now: str, can):
    CrossConnection.objects.update(provider_provisioning_state=now)
    assert {value for value, is_offered in offered(operator).items() if is_offered} == can
    if now == "NotProvisioned":
        assert "Only from Provisioned" in text_of(operator.get(FORM))


def test_what_is_typed_is_a_draft_and_leads_to_its_review(operator: Client, row):
    answer = post(operator, provider_provisioning_state="Provisioned", provider_notes="Cage 14")
    draft = Draft.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/cross-connections/{KEY}/review/{draft.pk}/"
    assert draft.asked == {"provider_provisioning_state": "Provisioned", "provider_notes": "Cage 14"}
    assert draft.opened == {"provider_provisioning_state": "NotProvisioned", "provider_notes": ""}
    assert not Change.objects.exists()


def test_only_what_was_touched_is_asked_for(operator: Client, row):
    post(operator, provider_notes="Cage 14")
    assert Draft.objects.get().asked == {"provider_notes": "Cage 14"}


def test_a_field_that_is_not_sent_is_left_untouched(operator: Client, row):
    CrossConnection.objects.update(provider_notes="Cage 14")
    operator.post(FORM, {"provider_provisioning_state": "Provisioned"})
    assert Draft.objects.get().asked == {"provider_provisioning_state": "Provisioned"}


def test_what_somebody_else_changed_meanwhile_is_not_taken_for_what_this_person_wants(operator: Client, row):
    fields = filled(operator)
    CrossConnection.objects.update(provider_notes="Theirs")
    operator.post(FORM, fields | {"provider_provisioning_state": "Provisioned"})
    assert Draft.objects.get().asked == {"provider_provisioning_state": "Provisioned"}


def test_opened_that_was_tampered_with_counts_as_what_is_true_now(operator: Client, row):
    operator.post(FORM, {"provider_notes": "Cage 14", "opened": "eyJwcm92aWRlcl9ub3RlcyI6ICJ4In0:abc"})
    assert Draft.objects.get().opened == {"provider_notes": ""}


def test_lines_of_a_note_end_as_azure_is_sent_them(operator: Client, row):
    post(operator, provider_notes="  Cage 14\r\nNOC  ")
    assert Draft.objects.get().asked == {"provider_notes": "Cage 14\nNOC"}


def test_a_note_can_be_taken_away(operator: Client, row):
    CrossConnection.objects.update(provider_notes="Cage 14")
    post(operator, provider_notes="")
    assert Draft.objects.get().asked == {"provider_notes": ""}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"provider_provisioning_state": "Deprovisioning"},
            "From Not provisioned it can only become Provisioning or Provisioned.",
        ),
        (
            {"provider_provisioning_state": "<b>"},
            "From Not provisioned it can only become Provisioning or Provisioned.",
        ),
        ({"provider_notes": "x" * 1001}, "A note takes at most 1,000 characters, not 1,001."),
        ({"provider_notes": "a\x1bb"}, "A note takes no control characters. Type it anew where it was copied from."),
        (
            {"provider_provisioning_state": "x" * 41},
            "From Not provisioned it can only become Provisioning or Provisioned.",
        ),
        ({}, "Nothing is different from what Azure has, so there is nothing to send."),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_that_was_typed_is_lost(operator: Client, row, typed, sentence: str):
    answer = post(operator, **typed)
    assert answer.status_code == 422
    shown = text_of(answer)
    assert sentence in shown
    if len(typed.get("provider_notes", "")) > 1000:
        assert typed["provider_notes"] in shown
    assert not Draft.objects.exists()


@pytest.mark.parametrize("held", ["  hello\r\nworld \n", "\x1b[31mred", "x" * 1001])
def test_a_note_that_nobody_touched_is_untouched(operator: Client, row, held: str):
    CrossConnection.objects.update(provider_notes=held)
    assert post(operator).status_code == 422
    post(operator, provider_provisioning_state="Provisioned")
    assert Draft.objects.get().asked == {"provider_provisioning_state": "Provisioned"}


def test_a_note_that_was_longer_already_may_stay(operator: Client, row):
    CrossConnection.objects.update(provider_notes="x" * 1001)
    assert post(operator, provider_provisioning_state="Provisioned").status_code == 303


def test_what_is_so_already_is_nothing_to_send(operator: Client, row):
    fields = filled(operator)
    CrossConnection.objects.update(provider_notes="Cage 14")
    answer = operator.post(FORM, fields | {"provider_notes": "Cage 14"})
    assert answer.status_code == 422


def test_while_another_change_is_active_it_says_so_with_a_link(operator: Client, row):
    change = asked_for(row)
    shown = text_of(operator.get(FORM))
    assert f"Change {change.pk} is not over yet, and Azure takes one after another." in shown
    assert f'href="/changes/{change.pk}/"' in shown
    answer = post(operator, provider_notes="Cage 14")
    assert answer.status_code == 409
    assert "Cage 14" in text_of(answer)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"gone_at": timezone.now()}, "It is gone from Azure, so there is nothing to change."),
        ({"read_at": None}, "It was not read in full yet"),
    ],
)
def test_what_cannot_be_changed_says_why(operator: Client, row, values: dict[str, Any], sentence: str):
    CrossConnection.objects.update(**values)
    assert sentence in text_of(operator.get(FORM))
    assert post(operator, provider_notes="Cage 14").status_code == 409


def test_a_supporter_gets_the_page_that_names_the_role(support: Client, row):
    answer = support.get(FORM)
    assert answer.status_code == 403
    assert "Operator" in text_of(answer)


def test_a_role_elsewhere_is_none_here(row):
    somebody = person("Nadia Haddad")
    given(Role.OPERATOR, to=somebody, kind="peering-location", where="London")
    assert signed_in_as(somebody).get(FORM).status_code == 404


def test_a_proof_can_be_wished_for_where_there_are_tables(operator: Client, row):
    assert "there are no tables to read" in text_of(operator.get(FORM))
    private_peering(row)
    post(operator, provider_provisioning_state="Provisioned", read_tables="on")
    assert Draft.objects.get().wants_proof


def test_back_from_the_review_it_shows_what_was_typed(operator: Client, row):
    post(operator, provider_provisioning_state="Provisioned", provider_notes="Cage 14")
    fields = filled(operator, f"{FORM}?draft={Draft.objects.get().pk}")
    assert (fields["provider_provisioning_state"], fields["provider_notes"]) == ("Provisioned", "Cage 14")


def test_somebody_elses_draft_fills_no_form(operator: Client, row):
    post(operator, provider_notes="Cage 14")
    other = signed_in_as(person("Orla Other", "Portal.Operator"))
    assert filled(other, f"{FORM}?draft={Draft.objects.get().pk}")["provider_notes"] == ""
    assert filled(other, f"{FORM}?draft=nonsense")["provider_notes"] == ""


def test_every_state_of_azures_has_a_place_in_the_form(operator: Client, row):
    for state in ProviderProvisioningState:
        CrossConnection.objects.update(provider_provisioning_state=state)
        assert str(state) in offered(operator)


@pytest.mark.parametrize("opened", ["a\0b", "x" * 5_000, "a:b:c"])
def test_what_the_form_was_opened_with_is_nobodys_mistake(operator: Client, row, opened: str):
    answer = operator.post(FORM, {"opened": opened, "provider_notes": "Cage 14"})
    assert answer.status_code == 303
    assert Draft.objects.get().asked == {"provider_notes": "Cage 14"}


class TestTags:
    def test_they_come_as_lines_and_go_as_tags(self, operator: Client, row):
        CrossConnection.objects.update(tags={"tier": "gold", "ticket": "NL-1"})
        assert filled(operator, TAGS)["tags"] == "ticket = NL-1\ntier = gold"
        post(operator, TAGS, tags="tier = silver\r\n\r\nurl=https://a.example/?x=1")
        assert Draft.objects.get().asked == {"tags": {"tier": "silver", "url": "https://a.example/?x=1"}}

    def test_one_that_nobody_touched_stays_as_it_is(self, operator: Client, row):
        odd = {"a=b": "c", "a": "b = c", "sp": "  blanks  ", "lines": "one\ntwo", "esc": "\x1b"}
        CrossConnection.objects.update(tags=odd)
        assert post(operator, TAGS).status_code == 422  # nothing is different
        post(operator, TAGS, tags=filled(operator, TAGS)["tags"] + "\nnew = 1")
        assert Draft.objects.get().asked == {"tags": odd | {"new": "1"}}

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("tier = a\x1bb", "Line 1 has a control character in it, which no tag takes."),
            ("tier", "Line 1 is no tag: it takes a name, an equals sign and a value."),
            ("a = 1\n= 2", "Line 2 is no tag"),
            ("a<b = 1", "Line 1: a tag's name takes none of < > % & \\ ? /."),
            ("a = 1\nA = 2", "Line 2: there is A already, and Azure minds no case."),
            ("n" * 513 + " = 1", "Line 1: a name has at most 512 characters, and a value 256."),
            ("a = " + "v" * 257, "Line 1: a name has at most 512 characters, and a value 256."),
            ("\n".join(f"t{number} = 1" for number in range(51)), "Azure takes at most 50 tags; these are 51."),
            # Told at once: to compare each with all before it took two minutes.
            ("\n".join(f"t{number} = 1" for number in range(50_000)), "Azure takes at most 50 tags; these are 50,000."),
        ],
    )
    def test_what_is_no_tag_gets_its_sentence(self, operator: Client, row, typed: str, sentence: str):
        answer = post(operator, TAGS, tags=typed)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not Draft.objects.exists()
