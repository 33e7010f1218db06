"""Whether the set-up at Azure is right: what is checked, and what each check came to. Plain values.

Of sentences there are only those why a subscription is not enlisted: services refuse it with them, and see no words of
the pages.
"""
