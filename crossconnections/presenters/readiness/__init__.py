"""Readiness in words: what each check came to, what it means, and the command or the click that mends it."""
