"""The line on other pages that leads back to the work that goes on."""

from crossconnections.models import CrossConnection
from crossconnections.presenters.workflows.line import WorkLine, show_line
from crossconnections.queries.workflow_facts import know
from crossconnections.queries.workflows import find_going_on
from crossconnections.scopes import place_of
from portal.access.permissions import Permission
from portal.http import PortalRequest


def find_line(request: PortalRequest, row: CrossConnection) -> WorkLine | None:
    """None where no work goes on with it, or where it is not the person's to go on with."""
    if not request.access.may(Permission.CHANGE, at=place_of(row)):
        return None
    workflow = find_going_on(row)
    return show_line(know([workflow])[0]) if workflow else None
