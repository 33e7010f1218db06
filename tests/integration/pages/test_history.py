from datetime import timedelta

from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, Observation
from tests.integration.pages.rows import KEY, cross_connection, enlisted


def seen(row: CrossConnection, field: str, before: object, after: object, subject: str = "") -> None:
    moment = timezone.now() - timedelta(hours=2)
    Observation.objects.create(
        cross_connection=row, seen_at=moment, subject=subject, field=field, before=before, after=after
    )


def test_the_page_tells_what_changed_in_words(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    seen(row, "bandwidth_mbps", 500, 1000)
    seen(row, "provider_provisioning_state", "Provisioning", "Provisioned")
    seen(row, "vlan_id", 200, None, "AzurePrivatePeering")
    seen(row, "presence", False, True, "MicrosoftPeering")
    seen(row, "tags", {}, {"ticket": "<script>"})
    page = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    assert "<b>Bandwidth</b> 500 Mbps → 1 Gbps" in page
    assert "<b>State</b> Provisioning → Provisioned" in page
    assert "<b>VLAN ID</b> 200 → none" in page
    assert "<b>Microsoft peering was added</b>" in page
    assert "none → ticket &lt;script&gt;" in page
    assert "2 h ago" in page


def test_without_a_change_there_is_no_history(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert "what was seen to change" not in viewer.get(f"/cross-connections/{KEY}/").content.decode()
