"""What already waits for a person when the list of such things begins, and no change where none was seen."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q
from django.utils import timezone


def open_attention(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    attention = apps.get_model("crossconnections", "Attention")
    rows = apps.get_model("crossconnections", "CrossConnection").objects
    present, now = rows.filter(gone_at=None), timezone.now()
    peerings = apps.get_model("crossconnections", "Peering").objects
    with_failed_peering = peerings.filter(provisioning_state="Failed").values("cross_connection")
    # What was in service and is no more waits for its customer (EXPRESSROUTE.md 1.2).
    observations = apps.get_model("crossconnections", "Observation").objects
    ended = observations.filter(field="provider_provisioning_state", after="NotProvisioned")
    retired = ended.exclude(before="NotProvisioned").exclude(before="Provisioning").values("cross_connection")
    waiting = [
        (
            "to-provision",
            "first_seen_at",
            present.filter(provider_provisioning_state__in=["NotProvisioned", "Provisioning"]).exclude(pk__in=retired),
        ),
        ("deprovisioning", "changed_at", present.filter(provider_provisioning_state="Deprovisioning")),
        ("failed", "changed_at", present.filter(Q(provisioning_state="Failed") | Q(pk__in=with_failed_peering))),
        ("deleted", "gone_at", rows.exclude(gone_at=None)),
    ]
    for kind, since, found in waiting:
        attention.objects.bulk_create(
            (
                attention(cross_connection_id=key, kind=kind, seen_at=seen_at or now)
                for key, seen_at in found.order_by(since, "pk").values_list("pk", since)
            ),
            batch_size=500,
        )


def forget_changes_that_were_none(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("crossconnections", "CrossConnection").objects
    rows.filter(changed_at=F("first_seen_at")).update(changed_at=None)


def take_the_first_sight_for_a_change(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("crossconnections", "CrossConnection").objects
    rows.filter(changed_at=None).update(changed_at=F("first_seen_at"))


class Migration(migrations.Migration):
    dependencies = [("crossconnections", "0004_ledger_attention_catalogues")]

    operations = [
        migrations.RunPython(open_attention, migrations.RunPython.noop),
        migrations.RunPython(forget_changes_that_were_none, take_the_first_sight_for_a_change),
    ]
