"""The four roles. An Entra app role holds everywhere."""

from enum import IntEnum

from portal.accounts.models import User


class Role(IntEnum):
    """Each role may do what the ones below it may."""

    VIEWER = 1
    SUPPORT = 2
    OPERATOR = 3
    ADMINISTRATOR = 4

    @property
    def word(self) -> str:
        """The role's name as people read it."""
        return self.name.capitalize()

    @property
    def app_role(self) -> str:
        """The role's value in a token's ``roles`` claim, case and all."""
        return f"Portal.{self.word}"


_BY_APP_ROLE = {role.app_role: role for role in Role}


def highest_role(user: User) -> Role | None:
    """The highest role that a person holds anywhere; None without any: there is no default role."""
    return max((_BY_APP_ROLE[name] for name in user.app_roles if name in _BY_APP_ROLE), default=None)
