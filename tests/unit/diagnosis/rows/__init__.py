"""The table of the rules: for each a case in which it holds, and one that only just does not.

A module for each module of crossconnections/diagnosis/rules, of the same name, with ``HOLDS`` and ``HOLDS_NOT``; a new
one is named in table.py as well.
"""
