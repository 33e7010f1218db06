"""The pages that people see. Every word that comes from outside is escaped here, once."""

from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from sandbox.people import PEOPLE, Person

_TEMPLATES = Path(__file__).parent / "templates"

# No form-action: browsers hold it against the redirect that follows the form, which leads to the application.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def sign_in_page(application_host: str) -> HTMLResponse:
    """The people to sign in as, one button each."""
    people = "".join(_person(person) for person in PEOPLE)
    return _page("Choose who you are", "sign_in.html", people=people, host=escape(application_host))


def refusal_page(problem: str) -> HTMLResponse:
    """Why nobody can sign in with this request."""
    return _page("This sign-in cannot go on", "refusal.html", status=400, problem=escape(problem))


def signed_out_page(return_to: str | None) -> HTMLResponse:
    """The end of a session, with a link back where there is a place to go back to."""
    link = f'<p><a href="{escape(return_to)}">Back to the application</a></p>' if return_to else ""
    return _page("You are signed out", "signed_out.html", link=link)


def _person(person: Person) -> str:
    initials = "".join(word[0] for word in (person.name.split()[0], person.name.split()[-1]))
    return _fill("person.html", name=escape(person.name), initials=escape(initials), access=escape(_access(person)))


def _access(person: Person) -> str:
    if person.roles:
        return ", ".join(person.roles)
    if person.groups_overflow:
        return f"No role, {len(person.groups)} groups: too many for a token"
    return f"No role, {len(person.groups)} groups" if person.groups else "Neither roles nor groups"


def _page(title: str, template: str, *, status: int = 200, **values: str) -> HTMLResponse:
    html = _fill("layout.html", title=escape(title), content=_fill(template, **values))
    return HTMLResponse(html, status_code=status, headers=_HEADERS)


def _fill(template: str, **values: str) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)
