"""How Azure is today."""

from dataclasses import dataclass, fields
from typing import Any

from sandbox.refused import RefusedError
from sandbox.switches import SWITCHES


@dataclass(slots=True)
class Behaviour:
    """The values of the switches; those of a new one are a healthy day's. What they mean is in switches.py."""

    unregistered: bool = False
    unenrolled: bool = False
    subscription_state: str = "Enabled"
    port_pairs_unregistered: bool = False
    missing_permission: str | list[str] = ""
    claims_challenge: int = 0
    # Larger than Azure's 250, so that 300 reads at once fit.
    quota: int = 3750
    throttle_without_retry_after: bool = False
    localised_messages: bool = False
    folded_ids: bool = False
    list_page_size: int = 100
    peering_edit_moves_etag: bool = True
    peering_write_updates_parent: bool = False
    table_answers: str = "accepted"
    table_operation_header: bool = False
    table_oddities: str | list[str] = ""
    hostile_texts: str | list[str] = ""
    parallel_table_reads: str = "allowed"
    parallel_writes: str = "refused_429"
    writes_during_table_reads: str = "allowed"
    if_match: str = "ignored"
    left_out_peerings: str = "removed"
    missing_peerings: str = "removed"
    key_left_out: str = "kept"
    shared_key_echoed: bool = False
    failed_write_leaves: str = "before"
    duplicate_vlan: str = "not_applied"
    prefix_validation: str = "Configured"
    prefix_validation_seconds: int = 0
    operation_word: str = "InProgress"
    failed_operation_word: str = "Failed"
    operation_host: str = ""
    clock_skew_seconds: int = 0
    id_token: str = "good"  # noqa: S105 - no password
    id_token_skew_seconds: int = 0
    discovery: str = "good"

    def change(self, body: object) -> None:
        """Set some switches, all or none of them; raises RefusedError."""
        if not isinstance(body, dict):
            raise RefusedError("A behaviour is a JSON object of switches and their values.")
        for name, value in body.items():
            _check(name, value)
        for name, value in body.items():
            setattr(self, name, value)

    def reset(self) -> None:
        """Every switch back to its default."""
        for one in fields(self):
            setattr(self, one.name, one.default)

    def described(self) -> list[dict[str, Any]]:
        """Every switch with its value, default and meaning."""
        return [
            {
                "name": one.name,
                "value": getattr(self, one.name),
                "default": one.default,
                "takes": SWITCHES[one.name].takes,
                "meaning": SWITCHES[one.name].meaning,
            }
            for one in fields(self)
        ]

    def missing_permissions(self) -> list[str]:
        """The actions that nobody granted."""
        return _listed(self.missing_permission)

    def oddities(self) -> list[str]:
        """What is odd about tables."""
        return _listed(self.table_oddities)

    def hostile_kinds(self) -> list[str]:
        """What stands in every text that somebody typed."""
        return _listed(self.hostile_texts)


def _listed(value: str | list[str]) -> list[str]:
    """A word or a list of words; an empty one is none."""
    return [word for word in ([value] if isinstance(value, str) else value) if word]


def _check(name: str, value: object) -> None:
    if name not in SWITCHES:
        raise RefusedError(f"There is no switch {name!a}: there are {', '.join(SWITCHES)}.")
    if not SWITCHES[name].accepts(value):
        raise RefusedError(f"{name} takes {SWITCHES[name].takes}.")
