"""The four roles."""

from enum import IntEnum


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


BY_APP_ROLE = {role.app_role: role for role in Role}
