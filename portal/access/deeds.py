"""What administrators do to access, and what people were not let do, in the words of the trail."""

from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.access.scopes import EVERYTHING
from portal.accounts.models import User
from portal.activity.deeds import deed
from portal.activity.trail import About

PERSON = "person"

GIVEN = deed("access.given", "Gave {name} the role {role}, {where}", area="Access")
ENDED = deed("access.ended", "Ended the role {role} of {name}, {where}", area="Access")
SESSIONS_ENDED = deed("access.sessions-ended", "Ended the sessions of {name}", area="Access")
DEACTIVATED = deed("access.deactivated", "Deactivated {name}", area="Access")
ACTIVATED = deed("access.activated", "Let {name} in again", area="Access")
REFUSED = deed("access.refused", "Tried to {verb}", area="Access")


def about_principal(assignment: RoleAssignment) -> About:
    """The group or the person that has the role."""
    is_group = assignment.principal_kind == RoleAssignment.Principal.GROUP
    return About("group" if is_group else PERSON, str(assignment.principal_id), assignment.principal_name)


def about_person(user: User) -> About:
    """Somebody who has signed in."""
    return About(PERSON, str(user.object_id), user.name)


def told(assignment: RoleAssignment) -> dict[str, str]:
    """What the words of GIVEN and ENDED name."""
    where = "everywhere" if assignment.scope_kind == EVERYTHING else f"in {assignment.scope_name}"
    return {
        "name": assignment.principal_name,
        "role": Role(assignment.role).word,
        "where": where,
        "scope": f"{assignment.scope_kind}:{assignment.scope_id}",
    }
