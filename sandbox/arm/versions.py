"""The api-versions of each kind of answer, and what is new in which of expressRouteCrossConnections'."""

from itertools import product

# From Azure/azure-rest-api-specs, Azure/bicep-types-az and azure-mgmt-network 33.1.0. Older ones of Microsoft.Network
# know no cross connection; whether its other types keep them is not looked into, so they are left out for all.
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
NETWORK = tuple(f"{year}-{month}-01" for year, months in _MONTHS.items() for month in months.split())

# Subscriptions, and how they are registered. Not documented here but for 2016-02-01, 2020-01-01 and 2022-12-01: the
# others as remembered of Azure/azure-rest-api-specs, Microsoft.Resources.
RESOURCES = (
    *("2014-04-01", "2015-01-01", "2015-11-01", "2016-02-01", "2016-06-01", "2016-07-01", "2016-09-01", "2017-05-10"),
    *("2018-02-01", "2018-05-01", "2018-06-01", "2019-03-01", "2019-05-01", "2019-05-10", "2019-06-01", "2019-07-01"),
    *("2019-08-01", "2019-10-01", "2019-11-01", "2020-01-01", "2020-06-01", "2020-08-01", "2020-10-01", "2021-01-01"),
    *("2021-04-01", "2021-10-01", "2022-09-01", "2022-12-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01"),
    *("2025-03-01", "2025-04-01"),
)
# Permissions, Microsoft.Authorization: documented here is the last one.
AUTHORIZATION = ("2015-07-01", "2018-07-01", "2022-04-01")

# Azure Resource Manager's own list: a version that is not in it is refused with another code than one that the type
# does not have. Which versions the types have that are not here is not ours to know: every first of a month passes.
_NAMELESS = {f"{year}-{month:02}-01" for year, month in product(range(2014, 2027), range(1, 13))}
OF_SOME_TYPE = tuple(sorted({*RESOURCES, *AUTHORIZATION, *NETWORK, *(one for one in _NAMELESS if one <= NETWORK[-1])}))

TAGS_AT_ONCE_SINCE = "2019-09-01"
FILTER_SINCE = "2024-01-01"
PREFIX_INFO_SINCE = "2024-07-01"
DEPROVISIONED_SINCE = "2025-09-01"
