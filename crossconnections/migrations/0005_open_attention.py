"""What already waits for a person when the list of such things begins, and no change where none was seen."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def open_attention(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    attention = apps.get_model("crossconnections", "Attention")
    rows = apps.get_model("crossconnections", "CrossConnection").objects
    present, now = rows.filter(gone_at=None), timezone.now()
    waiting = [
        (
            "to-provision",
            "first_seen_at",
            present.filter(provider_provisioning_state__in=["NotProvisioned", "Provisioning"]),
        ),
        ("deprovisioning", "changed_at", present.filter(provider_provisioning_state="Deprovisioning")),
        ("failed", "changed_at", present.filter(provisioning_state="Failed")),
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
    rows.filter(changed_at=models.F("first_seen_at")).update(changed_at=None)


class Migration(migrations.Migration):
    dependencies = [("crossconnections", "0004_ledger_attention_catalogues")]

    operations = [
        migrations.RunPython(open_attention, migrations.RunPython.noop),
        migrations.RunPython(forget_changes_that_were_none, migrations.RunPython.noop),
    ]
