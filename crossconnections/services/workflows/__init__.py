"""Connecting and disconnecting customers: what people begin, say and end."""
