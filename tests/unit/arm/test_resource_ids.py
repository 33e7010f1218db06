import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import ResourceId

ID = (
    "/subscriptions/s-1/resourceGroups/CrossConnection-EUAPTest"
    "/providers/Microsoft.Network/expressRouteCrossConnections/k-1"
)


def test_an_id_is_taken_apart_and_kept_as_azure_spelled_it() -> None:
    parsed = ResourceId.parse(ID)
    assert (parsed.subscription_id, parsed.resource_group, parsed.name) == ("s-1", "CrossConnection-EUAPTest", "k-1")
    assert parsed.text == str(parsed) == ID


def test_two_spellings_of_one_id_are_equal_and_hash_equally() -> None:
    one, other = ResourceId.parse(ID), ResourceId.parse(ID.replace("resourceGroups", "resourcegroups").upper())
    assert one == other
    assert len({one, other}) == 1
    assert other.text != one.text


def test_different_resources_are_not_equal_and_nothing_equals_a_text() -> None:
    assert ResourceId.parse(ID) != ResourceId.parse(ID + "2")
    assert ResourceId.parse(ID) != ID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k-1",
        ID + "/",
        ID + "/peerings/AzurePrivatePeering",
        ID.removeprefix("/"),
        ID.replace("/s-1/", "//"),
        ID.replace("s-1", ".."),
        ID.replace("k-1", "."),
        ID.replace("k-1", ".."),
        ID + "?api-version=1",
        ID + "#x",
        ID + "%2f..",
        ID.replace("k-1", "k\\1"),
        ID + "\n",
        ID + "\x00",
        ID.replace("k-1", "k 1"),
        ID.replace("providers", "provider"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a resource id: expected /subscriptions/"):
        ResourceId.parse(text)


@given(st.text())
def test_no_text_brings_the_parser_down(text: str) -> None:
    try:
        parsed = ResourceId.parse(text)
    except ValueError:
        return
    assert parsed.text == text
