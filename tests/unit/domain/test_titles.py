import pytest

from crossconnections.titles import title_of


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"provider_provisioning_state": "NotProvisioned"}, "Set Not provisioned"),
        ({"provider_provisioning_state": "Provisioned", "provider_notes": "x"}, "Set Provisioned, note to customer"),
        ({"provider_notes": ""}, "Remove the note to customer"),
        ({"provider_notes": "x"}, "Note to customer"),
        ({"tags": {}}, "Tags"),
        ({"primary_azure_port": "LON-CIS-2-PRI-A", "secondary_azure_port": "LON-CIS-2-SEC-A"}, "Move to LON-CIS-2"),
        ({"provider_provisioning_state": "Migrating"}, "Set Migrating"),
    ],
)
def test_a_change_is_called_after_what_it_touches(asked: dict[str, object], title: str):
    assert title_of(asked) == title
