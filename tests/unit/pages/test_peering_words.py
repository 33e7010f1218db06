"""Words about peerings: which other circuit a subnet meets, and what Microsoft waits for."""

import pytest

from crossconnections.enums import AdvertisedPrefixesState, PrefixValidationState
from crossconnections.models import CrossConnection, Peering
from crossconnections.presenters.overlaps import overlap_in_words
from crossconnections.presenters.peerings.validation import show_validation
from crossconnections.queries.overlaps import Overlap

KEY = "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"


def told(prefix: str, other: str, peering_type: str = "AzurePrivatePeering", circuit_name: str = "er-contoso") -> str:
    row = CrossConnection(service_key=KEY, circuit_name=circuit_name)
    return overlap_in_words(Overlap(prefix, other, peering_type, row))


def test_the_same_subnet_and_the_circuit_that_has_it_are_named():
    assert told("10.0.0.0/30", "10.0.0.0/30").startswith(
        f"10.0.0.0/30 is a subnet of private peering of er-contoso ({KEY}) as well."
    )


def test_where_only_a_part_is_the_same_both_are_named():
    assert told("10.0.0.0/30", "10.0.0.0/24").startswith("10.0.0.0/30 meets 10.0.0.0/24, which is a subnet of")


def test_a_circuit_without_a_name_is_named_by_its_key():
    assert f"private peering of another circuit ({KEY})" in told("10.0.0.0/30", "10.0.0.0/30", circuit_name="")


def test_public_addresses_are_judged_otherwise_than_private_ones():
    private, public = told("10.0.0.0/30", "10.0.0.0/30"), told("20.0.0.0/30", "20.0.0.0/30", "MicrosoftPeering")
    assert "in order for two customers" in private
    assert public.endswith("Public addresses are somebody's own: one of the two is wrong.")


def peering(state: str, *infos: tuple[str, str]) -> Peering:
    """A Microsoft peering with so many prefixes, each in its state, with a text to sign."""
    told = [{"prefix": prefix, "validation_state": one, "validation_id": f"sign {prefix}"} for prefix, one in infos]
    return Peering(peering_type="MicrosoftPeering", advertised_prefixes_state=state, advertised_prefix_infos=told)


@pytest.mark.parametrize("state", sorted(set(PrefixValidationState) - {PrefixValidationState.CONFIGURED}))
def test_of_every_state_but_the_last_it_is_said_what_happens_next(state: str):
    (prefix,) = show_validation(peering("ValidationNeeded", ("20.0.0.0/24", state))).prefixes
    assert prefix.todo
    assert prefix.mark.word


@pytest.mark.parametrize("state", sorted(set(AdvertisedPrefixesState) - {AdvertisedPrefixesState.CONFIGURED}))
def test_of_the_whole_as_well_where_azure_tells_nothing_of_each(state: str):
    assert show_validation(peering(state)).todo


def test_what_is_said_of_each_is_not_said_of_the_whole_again():
    shown = show_validation(peering("ValidationNeeded", ("20.0.0.0/24", "ValidationNeeded")))
    assert (shown.todo, len(shown.prefixes)) == ("", 1)


def test_a_prefix_that_is_configured_needs_nobody():
    shown = show_validation(peering("Configured", ("20.0.0.0/24", "Configured"), ("20.1.0.0/24", "")))
    assert (shown.prefixes, shown.todo) == ((), "")


def test_a_text_is_signed_only_where_microsoft_waits_for_it():
    states = ("NotConfigured", "Configuring", "ValidationNeeded", "SignatureVerificationFailed")
    shown = show_validation(
        peering("ValidationNeeded", *((f"20.{number}.0.0/24", one) for number, one in enumerate(states)))
    )
    assert [one.signed_text for one in shown.prefixes] == ["", "", "sign 20.2.0.0/24", "sign 20.3.0.0/24"]


def test_a_state_that_nobody_knows_has_its_own_word_and_no_advice():
    (prefix,) = show_validation(peering("Odd", ("20.0.0.0/24", "PendingReview"))).prefixes
    assert (prefix.mark.word, prefix.todo) == ("PendingReview", "")
