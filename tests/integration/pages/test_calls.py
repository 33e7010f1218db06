"""Calls to Azure and Azure's own words on the page of one cross connection."""

from django.test import Client
from django.utils import timezone

from crossconnections.models import ArmCall, AzureDocument, CrossConnection
from tests.integration.pages.rows import KEY, cross_connection, enlisted


def called(row: CrossConnection, **values: object) -> ArmCall:
    defaults = {
        "purpose": "refresh",
        "operation": "ExpressRouteCrossConnections_Get",
        "method": "GET",
        "path": row.resource_id,
        "started_at": timezone.now(),
        "duration_ms": 212,
        "status": 200,
        "correlation_id": "e3dfc967-0000-4000-8000-000000000000",
    }
    told = defaults | {"subscription": row.subscription, "service_key": row.service_key} | values
    return ArmCall.objects.create(**told)


def page(client: Client) -> str:
    return client.get(f"/cross-connections/{KEY}/").content.decode()


def test_a_call_is_shown_with_its_end_and_everything_that_microsofts_support_asks_for(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    called(row)
    shown = page(viewer)
    assert "<b>Read</b>, 200" in shown
    assert "took 212 ms" in shown
    for words in ("Time (UTC)", "Correlation id    e3dfc967-0000-4000-8000-000000000000", f"Cross connection  {KEY}"):
        assert words in shown


def test_a_call_that_took_long_is_told_in_seconds(viewer: Client) -> None:
    called(cross_connection(enlisted(), KEY), duration_ms=64_960)
    assert "took 65.0 s" in page(viewer)


def test_a_call_that_failed_names_azures_code(viewer: Client) -> None:
    called(cross_connection(enlisted(), KEY), status=404, error="NotFound", error_code="ResourceNotFound")
    assert "404, ResourceNotFound" in page(viewer)


def test_a_call_without_an_answer_says_so(viewer: Client) -> None:
    called(cross_connection(enlisted(), KEY), status=None, error="NoAnswer")
    assert "No answer, NoAnswer" in page(viewer)


def test_only_the_newest_five_and_only_its_own_are_shown(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    for _ in range(6):
        called(row)
    called(row, subscription=enlisted("Other"))
    assert page(viewer).count("<b>Read</b>") == 5


def test_azures_document_is_shown_as_it_came(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    AzureDocument.objects.create(cross_connection=row, body='{"name": "<b>k</b>", "odd": "\\ud800"}')
    shown = page(viewer)
    assert "  &quot;name&quot;: &quot;&lt;b&gt;k&lt;/b&gt;&quot;" in shown


def test_before_the_first_reading_there_is_no_document_and_no_call(viewer: Client) -> None:
    cross_connection(enlisted(), KEY, read_at=None)
    shown = page(viewer)
    assert "As Azure told it" not in shown
    assert "Calls to Azure" not in shown
