"""Tests of parts together, against servers on this machine."""
