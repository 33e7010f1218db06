"""The api-versions of expressRouteCrossConnections, and what is new in which."""

import re

# From Azure/azure-rest-api-specs, Azure/bicep-types-az and azure-mgmt-network 33.1.0.
_MONTHS = {
    2018: "02 04 06 07 08 10 11 12",
    2019: "02 04 06 07 08 09 11 12",
    2020: "03 04 05 06 07 08 11",
    2021: "02 03 05 08",
    2022: "01 05 07 09 11",
    2023: "02 04 05 06 09 11",
    2024: "01 03 05 07 10",
    2025: "01 03 05 07 09",
    2026: "01 03",
}
SUPPORTED = tuple(f"{year}-{month}-01" for year, months in _MONTHS.items() for month in months.split())

FILTER_SINCE = "2024-01-01"
PREFIX_INFO_SINCE = "2024-07-01"

_SHAPE = re.compile(r"20\d\d-(0[1-9]|1[0-2])-01")


def is_version_of_some_type(version: str) -> bool:
    """Whether some other resource type may have this version.

    Azure refuses a version that one type lacks with another code than a version that no type has; which ones
    other types have is not ours to know, so every first of a month until the newest passes.
    """
    return bool(_SHAPE.fullmatch(version)) and version <= SUPPORTED[-1]
