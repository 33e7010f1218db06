"""Connecting and disconnecting a customer, step by step (EXPRESSROUTE.md 4.2 and 4.3): facts in, steps out."""
