"""Every address of the portal, so that a test can try them all, those of tomorrow too."""

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.integration.pages.rows import KEY

# What stands for the parts that an address takes, by the kind of part.
PARTS = {
    "WorkflowKind": "connect",
    "StringConverter": KEY,
    "SlugConverter": "amsterdam",
    "IntConverter": 1,
    "UUIDConverter": KEY,
}


def views(patterns: list[URLPattern | URLResolver] | None = None) -> list[URLPattern]:
    """All patterns of the URLconf."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        found += [pattern] if isinstance(pattern, URLPattern) else views(pattern.url_patterns)
    return found


def address(pattern: URLPattern) -> str:
    """The path of a pattern, for the object with the known key."""
    parts = {name: PARTS[type(kind).__name__] for name, kind in pattern.pattern.converters.items()}
    return reverse(str(pattern.name), kwargs=parts)


ADDRESSES = sorted(address(pattern) for pattern in views())
