"""Secrets that protect nothing: too short, written by hand, or copied from an example."""

from itertools import pairwise

# What our own examples hold, and what people write who mean to come back later.
_OF_EXAMPLES = (
    *("replace-", "replace_", "replaceme", "change-me", "change_me", "changeme"),
    *("example", "placeholder", "insecure", "-only-", "your-"),
)
_FEWEST_CHARACTERS = 8  # of 32 random hexadecimal digits, hardly ever fewer than ten differ


def is_of_an_example(secret: str) -> bool:
    """Whether somebody forgot to replace it."""
    return any(word in secret.casefold() for word in _OF_EXAMPLES)


def weakness(key: str, *, shortest: int) -> str:
    """Why a key is none, in a few words; empty where nothing speaks against it."""
    if is_of_an_example(key):
        return "copied from an example"
    if len(key) < shortest:
        return f"{len(key)} characters"
    if len(set(key)) < _FEWEST_CHARACTERS:
        return f"only {len(set(key))} different characters"
    return "not random" if _repeats(key) or _counts_up(key) else ""


def _repeats(key: str) -> bool:
    """Whether it is one piece after another of the same, the last of them perhaps cut."""
    return any(key[size:] == key[:-size] for size in range(1, len(key) // 2 + 1))


def _counts_up(key: str) -> bool:
    return sum(ord(after) - ord(before) == 1 for before, after in pairwise(key)) > len(key) // 2
