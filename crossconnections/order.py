"""In which order a list stands: by location, and inside of one by a column of the person's choice."""

from django.db.models import Case, F, OrderBy, Value, When
from django.db.models.functions import NullIf

from crossconnections.enums import ProviderProvisioningState

_LIFE = [
    ProviderProvisioningState.NOT_PROVISIONED,
    ProviderProvisioningState.PROVISIONING,
    ProviderProvisioningState.PROVISIONED,
    ProviderProvisioningState.DEPROVISIONING,
    ProviderProvisioningState.DE_PROVISIONED,
]
_STAGES = (When(provider_provisioning_state=state, then=Value(stage)) for stage, state in enumerate(_LIFE))

COLUMNS: dict[str, F | Case | NullIf] = {
    "circuit": NullIf(F("circuit_name"), Value("")),
    "state": Case(*_STAGES, default=Value(len(_LIFE))),
    "bandwidth": F("bandwidth_mbps"),
    "s_tag": F("s_tag"),
    "changed": F("changed_at"),
    "service_key": F("service_key"),
}


def is_order(sort: str) -> bool:
    """Whether it is a column's name, with or without the minus of a descending order."""
    return sort.removeprefix("-") in COLUMNS


def list_order(sort: str) -> list[OrderBy]:
    """Location first and the service key last, so that every order is the same on both databases."""
    within = [_by(COLUMNS[sort.removeprefix("-")], is_down=sort.startswith("-"))] if sort else []
    return [F("peering_location").asc(), *within, F("service_key").asc()]


def _by(column: F | Case | NullIf, *, is_down: bool) -> OrderBy:
    # What is not known stands last either way.
    return column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True)
