import pytest

from crossconnections.diagnosis.budget import VNET_LIMITS, Level, Limit, Use, count_networks, limits_of
from crossconnections.diagnosis.sides import Side
from crossconnections.enums import PeeringType
from tests.unit.diagnosis.networks import route, vnet

PRIVATE, MICROSOFT = PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING


@pytest.mark.parametrize(
    ("peering_type", "version", "sku", "limits"),
    [
        (PRIVATE, 4, "", [4_000, 10_000]),
        (PRIVATE, 4, "Standard", [4_000]),
        (PRIVATE, 4, "local", [4_000]),
        (PRIVATE, 4, "PREMIUM", [10_000]),
        (PRIVATE, 4, "Ultra", [4_000, 10_000]),
        (PRIVATE, 6, "", [100]),
        (PRIVATE, 6, "Premium", [100]),
        (MICROSOFT, 4, "", [200]),
        (MICROSOFT, 6, "Standard", [200]),
        (PeeringType.AZURE_PUBLIC_PEERING, 4, "", []),
        ("Another", 4, "Premium", []),
        (PRIVATE, 9, "", []),
    ],
)
def test_a_session_has_the_limits_of_its_peering_its_family_and_its_sku(
    peering_type: str, version: int, sku: str, limits: list[int]
):
    assert [limit.networks for limit in limits_of(peering_type, version, sku)] == limits


def test_a_limit_that_is_not_for_all_says_for_whom_it_is():
    assert limits_of(PRIVATE, 4) == (Limit(4_000, ("Local", "Standard")), Limit(10_000, ("Premium",)))
    assert limits_of(PRIVATE, 6) == (Limit(100, ()),)


def test_vnets_have_limits_of_their_own():
    assert {version: limit.networks for version, limit in VNET_LIMITS.items()} == {4: 1_000, 6: 100}


def test_networks_are_counted_by_where_they_lead_and_by_their_family():
    rows = [
        *(route(network) for network in ("10.1.0.0/16", "10.3.0.0/16", "2001:db8::/32", "odd")),
        *(route("10.1.0.0/16", hop="172.16.0.3"), route("10.4.0.0/16", "")),
        *(*vnet("10.2.0.0/16"), *vnet("10.3.0.0/16"), *vnet("10.5.0.0/16")),
    ]
    assert count_networks(rows) == {
        (Side.CUSTOMER, 4): 2,
        (Side.CUSTOMER, 6): 1,
        (Side.AZURE, 4): 3,
        (Side.UNKNOWN, 4): 1,
    }
    assert count_networks(rows)[Side.AZURE, 6] == 0


@pytest.mark.parametrize(
    ("networks", "limit", "level"),
    [
        (0, 200, Level.ROOM),
        (159, 200, Level.ROOM),
        (160, 200, Level.NEAR),
        (189, 200, Level.NEAR),
        (190, 200, Level.CLOSE),
        (200, 200, Level.CLOSE),
        (201, 200, Level.CLOSE),
        (3_199, 4_000, Level.ROOM),
        (3_200, 4_000, Level.NEAR),
        (3_799, 4_000, Level.NEAR),
        (3_800, 4_000, Level.CLOSE),
        (7_999, 10_000, Level.ROOM),
        (9_500, 10_000, Level.CLOSE),
        (79, 100, Level.ROOM),
        (80, 100, Level.NEAR),
        (94, 100, Level.NEAR),
        (95, 100, Level.CLOSE),
    ],
)
def test_exactly_at_a_threshold_is_there(networks: int, limit: int, level: Level):
    assert Use(networks, Limit(limit)).level == level


@pytest.mark.parametrize(("networks", "share"), [(0, 0.0), (50, 0.25), (200, 1.0), (250, 1.25)])
def test_the_share_is_of_the_limit(networks: int, share: float):
    assert Use(networks, Limit(200)).share == share
