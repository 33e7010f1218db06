"""The filter menus of the trail."""

from collections.abc import Iterable, Sequence

from portal.activity.deeds import find_deed, list_deeds
from portal.activity.filters import Filters
from portal.activity.models import Entry
from portal.menus import Menu, Option


def show_menus(filters: Filters, people: Sequence[tuple[str, str]]) -> tuple[Menu, ...]:
    """Person, action and outcome; without ``people`` no menu of them."""
    areas = [(area, area) for area in dict.fromkeys(deed.area for deed in list_deeds())]
    menus = [
        _menu("person", "Person", people, filters.people) if people else None,
        _menu("area", "Action", areas, filters.areas),
        _menu("deed", "Deed", [(name, find_deed(name).words) for name in filters.deeds], filters.deeds),
        _menu("result", "Outcome", Entry.Result.choices, filters.results),
    ]
    return tuple(menu for menu in menus if menu and menu.options)


def _menu(name: str, title: str, offered: Iterable[tuple[str, str]], chosen: Sequence[str]) -> Menu:
    named = dict(offered)
    # What is chosen and not offered must still be seen, or it could not be undone.
    named |= {value: value for value in chosen if value not in named}
    return Menu(name, title, tuple(Option(value, words, value in chosen) for value, words in named.items()))
