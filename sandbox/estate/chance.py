"""Chance that falls the same way every time."""

import random


def chance_of(*names: object) -> random.Random:
    """A generator that depends on the names and on nothing else."""
    return random.Random("/".join(str(name) for name in names))  # noqa: S311 - invents data, guards nothing
