"""Whether the set-up at Azure is right: what is checked, and what each check came to. Plain values, no sentences."""
