"""What somebody wants to be different, field by field: of a cross connection, of a peering, and what goes with one."""

from collections.abc import Sequence

from crossconnections.differences import Configuration, is_placement
from crossconnections.models import Wish
from crossconnections.models.wish import PRESENCE
from crossconnections.peering_names import peering_word
from crossconnections.presenters.changes.fields import FieldRow, show_fields
from crossconnections.proposals import fields_of
from crossconnections.titles import title_of_wish

_KEYS: dict[str, str] = {Wish.SharedKey.SET: "set, and not shown", Wish.SharedKey.REMOVE: ""}


def show_wish(
    wish: Wish, held: Configuration, now: Configuration | None = None, *, opened: Configuration | None = None
) -> list[FieldRow]:
    """One row for each field that is to be different; ``now`` as in :func:`show_fields`.

    ``held`` is what the peering has, or had: all of that goes with one that is removed. ``opened`` is shown in place of
    what the person saw.
    """
    if wish.removes:
        return _removal(wish, held, now)
    before = wish.opened if opened is None else opened
    moved = {name: value for name, value in wish.asked.items() if name != PRESENCE}
    rows = show_fields(before, moved, now)
    return [*rows, *_key(wish, is_now_shown=now is not None)]


def review_words(wish: Wish, fields: Sequence[FieldRow]) -> dict[str, str]:
    """The title of a review, what its button says, and what the peering is called."""
    if wish.subject:
        return {"title": title_of_wish(wish), "send": "Send to Azure", "peering": peering_word(wish.subject)}
    if is_placement(wish.asked):
        return {"title": title_of_wish(wish), "send": "Send to Azure", "peering": ""}
    count = f"{len(fields)} change{'s' * (len(fields) != 1)}"
    return {"title": f"Review {count}", "send": f"Send {count} to Azure", "peering": ""}


def _removal(wish: Wish, held: Configuration, now: Configuration | None) -> list[FieldRow]:
    names = ("state", *fields_of(wish.subject))
    return show_fields(held, {name: None for name in names if held.get(name)}, now)


def _key(wish: Wish, *, is_now_shown: bool) -> list[FieldRow]:
    """Of a new peering also that it has none: who forgot to type it sees that here."""
    is_new, is_kept = wish.opened.get(PRESENCE) is False, wish.shared_key_action == Wish.SharedKey.KEEP
    if not wish.subject or (is_kept and not is_new):
        return []
    before, asked = "" if is_new else "not shown by Azure", "none" if is_kept else _KEYS[wish.shared_key_action]
    return [FieldRow("Shared key", before, asked, now="cannot be seen" if is_now_shown else "")]
