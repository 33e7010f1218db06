"""The forms of peerings: filled with what is true now, and nothing that was typed is lost but the shared key."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Change, CrossConnection, Draft
from portal.access.roles import Role
from tests.integration.domain.changing import asked_for
from tests.integration.pages.changes import change
from tests.integration.pages.peerings import (
    MICROSOFT,
    NEW_MICROSOFT,
    NEW_PRIVATE,
    PEERINGS,
    PRIVATE,
    fields_in,
    filled,
    form_of,
    microsoft_peering,
    post,
    problems_in,
    read_aloud,
    repairs_in,
    text_of,
)
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person, signed_in_as

FORM = form_of(PRIVATE)
OF_BOTH = {
    "peer_asn", "vlan_id", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix",
    "shared_key", "peering_state",
}  # fmt: skip
OF_MICROSOFT = {"advertised_prefixes", "customer_asn", "routing_registry"}
# Something is wrong with each.
WRONG = {
    "peer_asn": "65517",
    "vlan_id": "<5000>",
    "primary_prefix": "20.20.20.2/30",
    "secondary_prefix": "20.20.20.0/24",
    "ipv6_primary_prefix": "fd00::/64",
    "ipv6_secondary_prefix": "fd00",
    "advertised_prefixes": "10.0.0.0/8\r\nnonsense",
    "advertised_communities": "12076",
    "customer_asn": "x",
    "routing_registry": "RIPE",
    "shared_key": "Secret-1",
}
IPV6 = {"ipv6_primary_prefix": "fd00:1::/126", "ipv6_secondary_prefix": "fd00:1::4/126"}


@pytest.fixture
def row(db: None) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


@pytest.fixture
def there(row: CrossConnection) -> CrossConnection:
    """With both peerings."""
    private_peering(row)
    microsoft_peering(row)
    return row


@pytest.fixture
def operator(signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


class TestFilled:
    def test_a_new_one_is_empty_and_switched_on(self, operator: Client, row):
        fields = filled(operator, FORM)
        assert fields.keys() - {"opened", "read_tables", "shared_key_action"} == OF_BOTH
        assert (fields["peering_state"], fields["shared_key_action"]) == ("Enabled", "keep")
        assert not any(fields[name] for name in OF_BOTH - {"peering_state"})

    def test_a_new_microsoft_peering_asks_for_more(self, operator: Client, row):
        fields = filled(operator, form_of(MICROSOFT))
        more = OF_MICROSOFT | {"advertised_communities", "shared_key_action"}
        assert fields.keys() - {"opened", "read_tables"} == OF_BOTH | more

    def test_one_that_is_there_comes_as_it_is(self, operator: Client, there):
        fields = filled(operator, FORM)
        told = ("peer_asn", "vlan_id", "primary_prefix", "secondary_prefix", "peering_state", "shared_key_action")
        assert [fields[name] for name in told] == [
            "65020", "200", "172.16.18.0/30", "172.16.18.4/30", "Enabled", "keep"
        ]  # fmt: skip
        assert fields["ipv6_primary_prefix"] == ""

    def test_a_microsoft_peering_comes_with_its_prefixes_one_a_line(self, operator: Client, row):
        microsoft_peering(row, advertised_prefixes=["20.40.0.0/24", "2a10::/32"], customer_asn=65030)
        fields = filled(operator, form_of(MICROSOFT))
        assert fields["advertised_prefixes"] == "20.40.0.0/24\r\n2a10::/32"
        assert (fields["customer_asn"], fields["routing_registry"]) == ("65030", "RIPENCC")

    def test_no_customer_asn_is_not_shown_as_zero(self, operator: Client, row):
        microsoft_peering(row, customer_asn=0)
        assert filled(operator, form_of(MICROSOFT))["customer_asn"] == ""

    def test_the_s_tag_is_told_and_not_asked(self, operator: Client, row):
        assert "S-tag 412, the outer tag, Azure's" in read_aloud(operator.get(FORM))

    def test_the_vlan_ids_of_the_other_peering_is_named(self, operator: Client, there):
        assert "1 to 4094, and not the one of Microsoft peering (300)." in text_of(operator.get(FORM))

    def test_the_addresses_of_the_links_stand_below_them(self, operator: Client, there):
        shown = read_aloud(operator.get(FORM))
        assert "Your router 172.16.18.1 Microsoft 172.16.18.2" in shown

    def test_nothing_is_wrong_yet_with_one_that_is_empty(self, operator: Client, row):
        assert problems_in(operator.get(FORM)) == {}

    def test_the_title_says_what_it_is_about(self, operator: Client, there):
        assert "<h1>Edit Microsoft peering of er-contoso-prod-ams</h1>" in text_of(operator.get(form_of(MICROSOFT)))
        there.peerings.all().delete()
        assert "<h1>Set up private peering of er-contoso-prod-ams</h1>" in text_of(operator.get(FORM))


class TestSent:
    def test_a_new_one_leads_to_its_review(self, operator: Client, row):
        answer = post(operator, FORM, **NEW_PRIVATE)
        draft = Draft.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/cross-connections/{KEY}/review/{draft.pk}/")
        assert (draft.kind, draft.subject, draft.shared_key_action) == (Change.Kind.PEERING, PRIVATE, "keep")
        assert draft.asked == {
            "presence": True,
            "state": "Enabled",
            "peer_asn": 65010,
            "vlan_id": 201,
            "primary_prefix": "10.10.0.0/30",
            "secondary_prefix": "10.10.0.4/30",
        }
        assert draft.opened["presence"] is False
        assert not Change.objects.exists()

    def test_a_new_microsoft_peering_does(self, operator: Client, row):
        typed = {"customer_asn": "65030", "routing_registry": "RADB", "advertised_communities": "12076:5010"}
        post(operator, form_of(MICROSOFT), **NEW_MICROSOFT, **typed)
        asked = Draft.objects.get().asked
        assert (asked["advertised_prefixes"], asked["advertised_communities"]) == (["20.30.0.0/24"], ["12076:5010"])
        assert (asked["customer_asn"], asked["routing_registry"]) == (65030, "RADB")

    def test_only_what_was_touched_is_asked_for(self, operator: Client, there):
        post(operator, FORM, vlan_id="210")
        draft = Draft.objects.get()
        assert draft.asked == {"presence": True, "vlan_id": 210}
        assert draft.opened == {"presence": True, "vlan_id": 200}

    def test_a_field_that_is_not_sent_stays_as_it_is(self, operator: Client, there):
        operator.post(form_of(MICROSOFT), {"vlan_id": "310"})
        assert Draft.objects.get().asked == {"presence": True, "vlan_id": 310}

    def test_lines_of_prefixes_that_nobody_touched_are_untouched(self, operator: Client, row):
        microsoft_peering(row, advertised_prefixes=["20.41.0.0/24", "20.40.0.0/24"])
        post(operator, form_of(MICROSOFT), vlan_id="310")
        assert Draft.objects.get().asked == {"presence": True, "vlan_id": 310}

    @pytest.mark.parametrize("address", [form_of(PRIVATE), form_of(MICROSOFT)])
    def test_what_is_so_already_is_nothing_to_send(self, operator: Client, there, address: str):
        answer = post(operator, address)
        assert answer.status_code == 422
        assert "Nothing is different from what Azure has, so there is nothing to send." in text_of(answer)
        assert not Draft.objects.exists()

    def test_what_the_customer_set_against_the_rules_can_stay(self, operator: Client, row):
        private_peering(row, peer_asn=65517)
        post(operator, FORM, vlan_id="210")
        assert Draft.objects.get().asked == {"presence": True, "vlan_id": 210}

    def test_a_registry_that_the_portal_does_not_know_can_stay(self, operator: Client, row):
        microsoft_peering(row, routing_registry="JPIRR")
        assert filled(operator, form_of(MICROSOFT))["routing_registry"] == "JPIRR"
        post(operator, form_of(MICROSOFT), vlan_id="310")
        assert Draft.objects.get().asked == {"presence": True, "vlan_id": 310}

    def test_the_tables_are_read_before_and_after_where_somebody_wishes_so(self, operator: Client, there):
        post(operator, FORM, vlan_id="210", read_tables="on")
        assert Draft.objects.get().wants_proof

    def test_a_new_one_has_its_tables_read_afterwards_unless_somebody_says_no(self, operator: Client, row):
        assert filled(operator, FORM)["read_tables"] == "on"
        operator.post(FORM, NEW_PRIVATE)
        assert not Draft.objects.get().wants_proof

    def test_one_that_is_set_up_without_a_word_of_its_state_is_switched_on(self, operator: Client, row):
        operator.post(FORM, NEW_PRIVATE)
        assert Draft.objects.get().asked["state"] == "Enabled"


class TestFamilies:
    def test_ipv6_alone_will_do(self, operator: Client, row):
        links = {"primary_prefix": "", "secondary_prefix": ""}
        assert post(operator, FORM, **NEW_PRIVATE | links | IPV6).status_code == 303
        asked = Draft.objects.get().asked
        assert asked.keys() == {
            "presence", "state", "ipv6_state", "peer_asn", "vlan_id", "ipv6_primary_prefix", "ipv6_secondary_prefix"
        }  # fmt: skip

    def test_both_at_once_will_do(self, operator: Client, row):
        assert post(operator, FORM, **NEW_PRIVATE, **IPV6).status_code == 303
        asked = Draft.objects.get().asked
        assert (asked["ipv6_primary_prefix"], asked["ipv6_state"]) == ("fd00:1::/126", "Enabled")

    def test_ipv6_comes_to_one_that_is_there(self, operator: Client, there):
        post(operator, FORM, **IPV6)
        assert Draft.objects.get().asked == {"presence": True, "ipv6_state": "Enabled", **IPV6}

    def test_a_family_can_be_taken_away(self, operator: Client, row):
        private_peering(row, **IPV6, ipv6_state="Enabled")
        post(operator, FORM, ipv6_primary_prefix="", ipv6_secondary_prefix="")
        asked = Draft.objects.get().asked
        assert asked == {"presence": True, "ipv6_primary_prefix": "", "ipv6_secondary_prefix": "", "ipv6_state": ""}

    def test_half_of_a_family_cannot(self, operator: Client, row):
        private_peering(row, **IPV6, ipv6_state="Enabled")
        answer = post(operator, FORM, ipv6_secondary_prefix="")
        assert answer.status_code == 422
        assert list(problems_in(answer)) == ["ipv6_secondary_prefix"]

    def test_both_families_are_switched_off_together(self, operator: Client, row):
        private_peering(row, **IPV6, ipv6_state="Enabled")
        post(operator, FORM, peering_state="Disabled")
        assert Draft.objects.get().asked == {"presence": True, "state": "Disabled", "ipv6_state": "Disabled"}


class TestRefused:
    def test_all_that_was_typed_is_there_but_the_key(self, operator: Client, row):
        answer = post(operator, form_of(MICROSOFT), **WRONG, peering_state="Disabled")
        assert answer.status_code == 422
        fields = fields_in(answer)
        assert fields["shared_key"] == ""
        assert "Secret-1" not in text_of(answer)
        assert {name: fields[name] for name in WRONG.keys() - {"shared_key"}} == {
            name: text for name, text in WRONG.items() if name != "shared_key"
        }
        assert fields["peering_state"] == "Disabled"
        assert not Draft.objects.exists()

    def test_each_field_has_its_own_sentence(self, operator: Client, row):
        answer = post(operator, form_of(MICROSOFT), **WRONG)
        assert problems_in(answer).keys() == WRONG.keys()

    def test_a_summary_above_leads_to_each_and_has_the_focus(self, operator: Client, row):
        shown = text_of(post(operator, form_of(MICROSOFT), **WRONG))
        summary = shown.partition('role="alert" tabindex="-1" autofocus')[2].partition("</div>")[0]
        named = re.findall(r'href="#id_(\w+)"', summary)
        assert set(named) == WRONG.keys()
        places = [shown.index(f'id="id_{name}"') for name in named]
        assert places == sorted(places)

    def test_what_was_seen_when_it_was_opened_is_kept(self, operator: Client, there):
        fields = filled(operator, FORM)
        there.peerings.filter(peering_type=PRIVATE).update(vlan_id=222)
        again = fields_in(operator.post(FORM, fields | {"peer_asn": "0"}))
        assert again["opened"] == fields["opened"]
        assert operator.post(FORM, again | {"peer_asn": "65040"}).status_code == 303
        assert Draft.objects.get().asked == {"presence": True, "peer_asn": 65040}


class TestNotNow:
    @pytest.mark.parametrize("state", ["NotProvisioned", "Provisioning", "Deprovisioning", "DeProvisioned"])
    @pytest.mark.parametrize("peering_type", [PRIVATE, MICROSOFT])
    def test_azure_takes_none_of_a_circuit_that_is_not_provisioned(self, operator: Client, row, state, peering_type):
        CrossConnection.objects.update(provider_provisioning_state=state)
        address, new = form_of(peering_type), NEW_PRIVATE if peering_type == PRIVATE else NEW_MICROSOFT
        assert "Azure takes peerings once the state is Provisioned, and it is" in text_of(operator.get(address))
        answer = post(operator, address, **new)
        assert answer.status_code == 409
        assert "Azure takes peerings once the state is Provisioned" in text_of(answer)
        assert fields_in(answer)["vlan_id"] == new["vlan_id"]
        assert not Draft.objects.exists()

    def test_to_switch_off_is_possible_all_the_same(self, operator: Client, there):
        CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
        assert post(operator, FORM, peering_state="Disabled").status_code == 303
        assert post(operator, FORM, peering_state="Disabled", vlan_id="210").status_code == 409
        assert post(operator, FORM, peering_state="Disabled", shared_key="abc").status_code == 409

    def test_to_switch_on_is_not(self, operator: Client, row):
        private_peering(row, state="Disabled")
        CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
        assert post(operator, FORM, peering_state="Enabled").status_code == 409

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"gone_at": timezone.now()}, "It is gone from Azure, so there is nothing to change."),
            ({"read_at": None}, "It was not read in full yet"),
        ],
    )
    @pytest.mark.parametrize("address", [form_of(PRIVATE), form_of(MICROSOFT), f"{FORM}remove/"])
    def test_what_cannot_be_changed_says_why(
        self, operator: Client, there, address: str, values: dict[str, Any], sentence: str
    ):
        CrossConnection.objects.update(**values)
        assert sentence in text_of(operator.get(address))
        assert post(operator, address, vlan_id="210").status_code == 409
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("address", [FORM, f"{FORM}remove/"])
    def test_while_another_change_is_active_it_says_so_with_a_link(self, operator: Client, there, address: str):
        active = asked_for(there, {"provider_notes": "Cage 14"})
        answer = post(operator, address, vlan_id="210")
        assert answer.status_code == 409
        assert f"Change {active.pk} is not over yet, and Azure takes one after another." in text_of(answer)
        assert f'href="/changes/{active.pk}/"' in text_of(answer)

    @pytest.mark.parametrize("peering_type", ["AzurePublicPeering", "azureprivatepeering", "Odd", "%00", "a" * 300])
    @pytest.mark.parametrize("tail", ["", "remove/", "check/?field=vlan_id"])
    def test_there_is_no_other_type_of_peering(self, operator: Client, there, peering_type: str, tail: str):
        private_peering(there, peering_type="AzurePublicPeering")
        address = f"{PEERINGS}{peering_type}/{tail}"
        assert operator.post(address, {"vlan_id": "210"}).status_code == 404
        if not tail.startswith("check"):
            assert operator.get(address).status_code == 404

    def test_a_supporter_gets_the_page_that_names_the_role(self, support: Client, row):
        answer = support.get(FORM)
        assert answer.status_code == 403
        assert "Operator" in text_of(answer)

    def test_a_role_elsewhere_is_none_here(self, row):
        somebody = person("Nadia Haddad")
        given(Role.OPERATOR, to=somebody, kind="peering-location", where="London")
        browser = signed_in_as(somebody)
        for address in (FORM, f"{FORM}remove/"):
            assert browser.get(address).status_code == 404


class TestRepair:
    def test_what_it_fills_in_is_there_and_nothing_is_sent(self, operator: Client, row):
        typed = NEW_PRIVATE | {"primary_prefix": "10.10.0.0/29", "secondary_prefix": ""}
        refused = post(operator, FORM, **typed)
        (fills,) = repairs_in(refused).values()
        answer = operator.post(FORM, fields_in(refused) | {"repair": fills})
        assert answer.status_code == 200
        fields = fields_in(answer)
        assert {name: fields[name] for name in NEW_PRIVATE} == NEW_PRIVATE
        assert not Draft.objects.exists()

    def test_where_something_else_is_still_wrong_it_says_so(self, operator: Client, row):
        typed = NEW_PRIVATE | {"primary_prefix": "10.10.0.2/30", "vlan_id": "4095"}
        refused = post(operator, FORM, **typed)
        (fills,) = repairs_in(refused).values()
        answer = operator.post(FORM, fields_in(refused) | {"repair": fills})
        assert answer.status_code == 422
        assert (fields_in(answer)["primary_prefix"], fields_in(answer)["vlan_id"]) == ("10.10.0.0/30", "4095")
        assert list(problems_in(answer)) == ["vlan_id"]

    def test_one_line_of_many_prefixes_is_put_right(self, operator: Client, row):
        typed = NEW_MICROSOFT | {"advertised_prefixes": "20.30.0.0/24\r\n20.31.0.7/24\r\n20.32.0.0/24"}
        refused = post(operator, form_of(MICROSOFT), **typed)
        answer = operator.post(
            form_of(MICROSOFT), fields_in(refused) | {"repair": repairs_in(refused)["Use 20.31.0.0/24 in line 2"]}
        )
        assert fields_in(answer)["advertised_prefixes"] == "20.30.0.0/24\r\n20.31.0.0/24\r\n20.32.0.0/24"

    def test_nonsense_repairs_nothing(self, operator: Client, row):
        answer = post(operator, FORM, **NEW_PRIVATE, repair="&&=;%zz&nothing")
        assert answer.status_code == 200
        assert not Draft.objects.exists()


class TestBackAndAgain:
    def test_back_from_the_review_it_shows_what_was_typed_but_the_key(self, operator: Client, there):
        post(operator, FORM, vlan_id="210", shared_key="Secret1", read_tables="on")
        fields = filled(operator, f"{FORM}?draft={Draft.objects.get().pk}")
        assert (fields["vlan_id"], fields["peer_asn"], fields["read_tables"]) == ("210", "65020", "on")
        assert (fields["shared_key"], fields["shared_key_action"]) == ("", "set")

    def test_back_from_the_review_of_a_new_one_likewise(self, operator: Client, row):
        post(operator, form_of(MICROSOFT), **NEW_MICROSOFT, routing_registry="RADB")
        fields = filled(operator, f"{form_of(MICROSOFT)}?draft={Draft.objects.get().pk}")
        assert {name: fields[name] for name in NEW_MICROSOFT} == NEW_MICROSOFT
        assert fields["routing_registry"] == "RADB"

    def test_a_draft_of_another_peering_or_person_fills_nothing(self, operator: Client, there):
        post(operator, FORM, vlan_id="210")
        back = f"?draft={Draft.objects.get().pk}"
        assert filled(operator, form_of(MICROSOFT) + back)["vlan_id"] == "300"
        assert filled(signed_in_as(person("Orla Other", "Portal.Operator")), FORM + back)["vlan_id"] == "200"
        assert filled(operator, f"{FORM}?draft=nonsense")["vlan_id"] == "200"

    def test_ours_can_be_had_again_after_the_customer_changed_it(self, operator: Client, there):
        after = {"peerings": [{"peering_type": PRIVATE, "state": "Enabled", "vlan_id": 250, "peer_asn": 65099}]}
        ours = change(there, "succeeded", kind="peering", subject=PRIVATE, asked={"presence": True}, after=after)
        address = f"{FORM}?from={ours.pk}"
        fields = filled(operator, address)
        assert (fields["vlan_id"], fields["peer_asn"]) == ("250", "65099")
        operator.post(FORM, fields)
        assert Draft.objects.get().asked == {"presence": True, "vlan_id": 250, "peer_asn": 65099}

    def test_what_came_to_nothing_can_be_asked_for_again(self, operator: Client, row):
        asked = {"presence": True, "state": "Enabled", "vlan_id": 201, "primary_prefix": "10.10.0.0/30"}
        failed = change(row, "failed", kind="peering", subject=PRIVATE, asked=asked, error_code="Conflict")
        fields = filled(operator, f"{FORM}?from={failed.pk}")
        assert (fields["vlan_id"], fields["primary_prefix"]) == ("201", "10.10.0.0/30")

    @pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "%F0"])
    def test_no_such_change_fills_nothing(self, operator: Client, there, number: str):
        assert filled(operator, f"{FORM}?from={number}")["vlan_id"] == "200"

    def test_a_change_of_another_circuit_or_peering_fills_nothing(self, operator: Client, there):
        other = cross_connection(there.subscription)
        asked = {"presence": True, "vlan_id": 999}
        for of, subject in ((other, PRIVATE), (there, MICROSOFT)):
            failed = change(of, "failed", kind="peering", subject=subject, asked=asked, error_code="Conflict")
            assert filled(operator, f"{FORM}?from={failed.pk}")["vlan_id"] == "200"


class TestRemoval:
    REMOVE = f"{FORM}remove/"

    def test_it_shows_all_that_goes(self, operator: Client, there):
        shown = read_aloud(operator.get(self.REMOVE))
        assert "Remove private peering of er-contoso-prod-ams" in shown
        for value in ("65020", "200", "172.16.18.0/30", "172.16.18.4/30", "Enabled"):
            assert value in shown

    def test_it_leads_to_its_review(self, operator: Client, there):
        answer = post(operator, self.REMOVE)
        draft = Draft.objects.get()
        assert answer["Location"] == f"/cross-connections/{KEY}/review/{draft.pk}/"
        assert (draft.kind, draft.subject) == (Change.Kind.REMOVAL, PRIVATE)
        assert (draft.asked, draft.opened["presence"], draft.opened["vlan_id"]) == ({"presence": False}, True, 200)

    def test_it_is_possible_in_any_state(self, operator: Client, there):
        CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
        assert post(operator, self.REMOVE).status_code == 303

    def test_what_is_not_there_cannot_be_removed(self, operator: Client, row):
        shown = text_of(operator.get(self.REMOVE))
        assert "Azure has no such peering of it any more, so there is nothing to remove." in shown
        assert post(operator, self.REMOVE).status_code == 409
        assert not Draft.objects.exists()


def test_who_comes_back_by_the_browsers_own_way_is_offered_what_they_had_typed(operator: Client, there):
    post(operator, FORM, vlan_id="209")
    draft = Draft.objects.get()
    page = operator.get(FORM).content.decode()
    assert f"{FORM}?draft={draft.pk}" in page
    assert "You filled this form before, and have not sent it." in page
    assert "You filled this form before" not in operator.get(f"{FORM}?draft={draft.pk}").content.decode()
