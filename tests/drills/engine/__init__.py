"""Drills of the engine: a whole portal of real processes, and what can befall them between a press and its tables."""
