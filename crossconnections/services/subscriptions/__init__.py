"""Enlisting subscriptions, and what becomes of them afterwards."""
