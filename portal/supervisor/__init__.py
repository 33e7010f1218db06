"""Starts the portal's parts, restarts those that die, and stops them all: ``make demo`` and ``make run``."""
