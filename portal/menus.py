"""Menus of tick boxes, by which lists are narrowed (templates/components/menu.html)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box; ``count`` is how many have it, None where it is not known."""

    value: str
    words: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Tick boxes that share a field name."""

    name: str
    title: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(option.is_chosen for option in self.options)
