import pytest

from crossconnections.communities import documented, find, name_of


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("12076:51004", "Microsoft peering, East US"),
        ("12076:50002", "Private peering, West Europe"),
        ("12076:52005", "Azure Storage, East US 2"),
        ("12076:55043", "Azure Backup, Norway West"),
        ("12076:5010", "Exchange Online"),
        ("12076:51209", "Microsoft peering, US DoD Central"),
        ("12076:51304", "Microsoft peering, China North 2"),
    ],
)
def test_a_documented_value_has_a_name_in_words(value: str, name: str) -> None:
    assert name_of(value) == name


@pytest.mark.parametrize("value", ["12076:51022", "12076:51001", "65000:5010", "5010", "", "12076:"])
def test_a_value_that_is_not_documented_has_no_name(value: str) -> None:
    assert (name_of(value), find(value)) == ("", None)


def test_no_value_is_documented_twice() -> None:
    values = [
        one.value for cloud in ("AzureCloud", "AzureUSGovernment", "AzureChinaCloud") for one in documented(cloud)
    ]
    assert len(values) == len(set(values))


def test_the_public_cloud_has_six_kinds_of_each_of_its_regions_and_ten_services() -> None:
    assert len(documented("AzureCloud")) == 6 * 40 + 10


def test_a_national_cloud_has_only_its_own_and_the_sandbox_those_of_the_public_one() -> None:
    assert {one.region for one in documented("AzureChinaCloud")} == {
        "China North",
        "China East",
        "China East 2",
        "China North 2",
    }
    assert documented("Sandbox") == documented("AzureCloud")
