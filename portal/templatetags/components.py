"""The smallest parts of a page as template tags, known to every template. What they are given is escaped."""

from datetime import UTC, datetime
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

# The symbols of templates/components/sprite.svg.html. A name outside of it would draw nothing, unseen in a review.
ICONS = frozenset({
    "arrow", "check", "chev", "clock", "copy", "down", "folder", "hist", "keyboard", "link", "out", "pen",
    "people", "ports", "print", "pulse", "raise", "ready", "rows", "s-done", "s-fail", "s-gone", "s-idle",
    "s-info", "s-new", "s-off", "s-prog", "s-run", "s-warn", "search", "shield", "sync", "tag", "theme", "x",
    "xc",
})  # fmt: skip
_TO_COPY = '<span class="id">{}<button class="copy" type="button" data-copy="{}" aria-label="Copy {}"></button></span>'


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, tone: str = "") -> SafeString:
    """A glyph of the sprite; screen readers skip it, for a word stands beside it. A list asks for the same hundreds."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon '{name}'.")
    classes = " ".join(filter(None, ["i", "spin" if name == "s-run" else "", tone]))
    return format_html('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>', classes, name)


@register.simple_tag
def identifier(value: object, *, label: str, href: str = "") -> SafeString:
    """What people copy into tickets: as code, a button beside it; with ``href`` the text is a link.

    A link is named after its value, so that focus stays on it when the list around it is swapped.
    """
    text = conditional_escape(str(value))  # once, for a list asks for hundreds
    code = format_html('<a id="to-{0}" href="{1}"><code>{0}</code></a>' if href else "<code>{0}</code>", text, href)
    return format_html(_TO_COPY, code, text, label)


@register.simple_tag
@lru_cache(maxsize=512)
def moment(when: datetime, words: str = "") -> SafeString:
    """A time in ``words``, the absolute one where none are given; title and machine form are in UTC."""
    utc = when.astimezone(UTC)
    absolute = f"{utc.day} {utc:%b %Y, %H:%M} UTC"
    machine = utc.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, absolute, words or absolute)
