"""HTML in which nothing is markup by accident: what is not HTML yet is escaped here, once."""

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"input", "link", "meta", "br"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. An attribute that is None or False is left out, one that is True has no value.

    `class_` and `for_` are class and for; other underscores are hyphens.
    """
    opened = f"<{name}{''.join(_attribute(*one) for one in attributes.items())}>"
    return Html(opened if name in _VOID else f"{opened}{join(*children)}</{name}>")


def join(*children: object) -> Html:
    """Children one after another: None is nothing, a list is its entries."""
    return Html("".join(_told(child) for child in children))


def _told(child: object) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, Iterable) and not isinstance(child, str):
        return join(*child)
    return escape(str(child))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    told = name.rstrip("_").replace("_", "-")
    return f" {told}" if value is True else f' {told}="{escape(str(value))}"'
