"""Presenters and template tags: pure functions, no database."""
