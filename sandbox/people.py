"""The people who can sign in: one for each kind of access that a portal has to tell apart."""

from dataclasses import dataclass

from sandbox.ids import stable_id

# Above this many groups, Entra leaves the groups out of a JSON web token ("groups overage claim").
MOST_GROUPS_IN_A_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the tenant with app roles and group memberships (object ids)."""

    name: str
    user_name: str
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def object_id(self) -> str:
        """The `oid` claim: the same in every token, whatever the application."""
        return stable_id("person", self.user_name)

    @property
    def email(self) -> str:
        """The `email` and `preferred_username` claims."""
        return f"{self.user_name}@northlink.example"

    @property
    def groups_overflow(self) -> bool:
        """Whether the token names a place to ask for the groups, in place of the groups."""
        return len(self.groups) > MOST_GROUPS_IN_A_TOKEN


def _groups(*names: str) -> tuple[str, ...]:
    return tuple(stable_id("group", name) for name in names)


PEOPLE = (
    Person("Amara Okafor", "amara.okafor", roles=("Portal.Viewer",)),
    Person("Jonas Lindqvist", "jonas.lindqvist", roles=("Portal.Support",)),
    Person("Lotte de Vries", "lotte.devries", roles=("Portal.Operator",)),
    Person("Priya Raman", "priya.raman", roles=("Portal.Administrator",)),
    Person("Mateo Álvarez", "mateo.alvarez", roles=("Portal.Support", "Portal.Operator")),
    Person("Farah Haddad", "farah.haddad", groups=_groups("noc-emea", "field-engineers")),
    Person("Chiara Moretti", "chiara.moretti", groups=_groups(*(f"project-{n}" for n in range(1, 231)))),
    Person("Tomasz Kowalczyk", "tomasz.kowalczyk"),
)


def find_person(name: str) -> Person | None:
    """The person of that name."""
    return next((person for person in PEOPLE if person.name == name), None)
