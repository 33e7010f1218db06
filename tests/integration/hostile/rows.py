"""Rows as they would be had somebody typed or told the worst that the columns hold, in every text that there is.

Which columns there are is asked of the models: one that comes tomorrow is hostile without anybody saying so.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import models

from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.models import CustomerRecord, TableRead, TableRows
from crossconnections.record_values import READERS, Unreadable
from crossconnections.tables import pack
from portal.accounts.models import User

MARK = "hOsTiLe"
MARKUP = (
    f"{MARK}</textarea></title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    "<a href=javascript:alert(3)>&lt;b&gt;&#x3c;"
)
FORMULA = f'=HYPERLINK("http://evil.example";"{MARK}")'
ESCAPES = f"{MARK}\x1b[31mred\x1b]0;title\x07\r\nforged: yes\x85\x9b2J"
TURNED = f"{MARK}\u202egnp.exe\u2069\u2066\u2067\u202b\u200f\u061c\u200b"
TEMPLATE = "-2+3 {{ 7*7 }}{% debug %}{0.__class__}%(x)s%n" + MARK
WORDS = (MARKUP, FORMULA, ESCAPES, TURNED, TEMPLATE, f"@SUM(1) {MARK}", f"\t=1 {MARK}")

# What leads from one row to another, or what only the portal writes: no text of anybody's.
KEPT = frozenset({
    "service_key", "peering_type", "device_path", "table", "kind", "cloud", "sealed_key", "rule", "field", "subject",
    "name_of_step", "poll_url", "result_url", "scope_kind", "scope_id", "principal_kind", "via", "object_kind",
    "method", "severity", "peering", "path", "presence", "operation", "id", "opened_by", "shared_key_action", "outcome",
    "step", "session_stamp", "groups", "app_roles", "waits_for", "end", "key", "limit", "part", "session_key",
    "session_data",
})  # fmt: skip
# Azure's own words, which it may have others of one day.
STATES = frozenset({
    "state", "provisioning_state", "provider_provisioning_state", "ipv6_state", "advertised_prefixes_state",
    "validation_state", "azure_status", "error_code", "read_error_code",
})  # fmt: skip
# The trail is not to be changed, and only what goes through its own door stands in it.
_APART = {
    "Entry", "Head", "Checkpoint", "Check", "Session", "Permission", "ContentType", "Tally", "LifeSign", "TableRows",
    "CustomerRecord",
}  # fmt: skip


def make_hostile(*, states: bool, longest: int = 10_000) -> None:
    """Every text of every row; with ``states`` Azure's words as well, as words that nobody has heard of."""
    words = cycle(WORDS)
    for model in apps.get_models():
        if model.__name__ not in _APART:
            for row in model._default_manager.all():
                values = dict(_values(row, words, states=states, longest=longest))
                model._default_manager.filter(pk=row.pk).update(**values)
    for record in CustomerRecord.objects.all():
        _keep(record, words)
    User.objects.update(app_roles=["Portal.Administrator", MARKUP, TURNED])
    _make_tables_hostile()


def _keep(record: CustomerRecord, words: Iterator[str]) -> None:
    """What its own form would keep."""
    for name in ("customer", "reference", "contacts", "internal_notes"):
        with suppress(Unreadable):
            setattr(record, name, READERS[name](next(words)[:100]))
    record.save()


def _values(row: models.Model, words: Iterator[str], *, states: bool, longest: int) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        is_free = not field.choices and not field.primary_key and field.name not in KEPT
        if (field.name in STATES and not states) or not is_free:
            continue
        if isinstance(field, models.JSONField):
            yield field.name, _hostile_json(getattr(row, field.name), words, states=states)
        elif isinstance(field, models.CharField | models.TextField):
            yield field.name, next(words)[: field.max_length or longest]


def _hostile_json(value: Any, words: Iterator[str], *, states: bool, name: str = "") -> Any:
    if isinstance(value, dict):
        told = {key: _hostile_json(one, words, states=states, name=key) for key, one in value.items()}
        return {**told, next(words): next(words), TURNED: MARKUP} if name == "tags" or "ticket" in value else told
    if isinstance(value, list):
        return [_hostile_json(one, words, states=states, name=name) for one in value]
    is_kept = name in KEPT or (name in STATES and not states)
    return value if is_kept or not isinstance(value, str) else next(words)


def _make_tables_hostile() -> None:
    for rows in TableRows.objects.select_related("read"):
        TableRows.objects.filter(pk=rows.pk).update(compressed=pack(_rows_of(rows.read)))


def _rows_of(read: TableRead) -> list[Any]:
    if read.table == "arp":
        return [ArpRow(7, "On-Prem", "172.16.18.1", one) for one in WORDS] + [
            ArpRow(None, one, one, one) for one in WORDS
        ]
    if read.table == "routes-summary":
        return [SummaryRow(one, 65020, one, one) for one in WORDS] + [
            SummaryRow("172.16.18.1", 65020, "12d04h", MARKUP)
        ]
    odd = [RouteRow(one, one, one, None, one) for one in WORDS]
    return [RouteRow("10.20.0.0/16", "172.16.18.1", "100", 0, f"65020 {MARKUP}"), *odd]
