"""What the kinds of peering are called."""

import pytest

from crossconnections.peering_names import peering_name, peering_word, short_peering_name


@pytest.mark.parametrize(
    ("peering_type", "names"),
    [
        ("AzurePrivatePeering", ("Azure private peering", "Private", "private peering")),
        ("MicrosoftPeering", ("Microsoft peering", "Microsoft", "Microsoft peering")),
        ("AzurePublicPeering", ("Azure public peering, retired", "Public", "public peering")),
        ("azureprivatepeering", ("Azure private peering", "Private", "private peering")),
        ("SomethingNew", ("SomethingNew", "SomethingNew", "SomethingNew")),
    ],
)
def test_a_peering_has_a_name_for_a_title_a_column_and_a_sentence(peering_type: str, names: tuple[str, str, str]):
    assert (peering_name(peering_type), short_peering_name(peering_type), peering_word(peering_type)) == names
