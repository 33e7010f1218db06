"""Records of customers for the tests of the pages."""

from datetime import date
from typing import Any

from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord


def record_of(row: CrossConnection, **values: Any) -> CustomerRecord:
    """A record that says something in every field."""
    defaults = {
        "customer": "Contoso Rail Freight",
        "reference": "NL-2026-00417",
        "contacts": "Anna Weber, +49 69 1234 5670, anna.weber@contoso.example\nNOC +49 (0)69 555 0199",
        "service": "layer3",
        "sku_tier": "Premium",
        "planned_on": date(2026, 12, 3),
        "known_macs": ["0c86.10f4.7a21"],
        "internal_notes": "Cage 14.",
        "version": 1,
        "changed_at": timezone.now(),
    }
    return CustomerRecord.objects.create(cross_connection=row, **(defaults | values))
