"""Checking whether Azure lets the portal do its work, and mending what can be mended from here."""
