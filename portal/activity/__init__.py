"""The trail: who did what to what, from where, when, and what came of it. It names objects by kind and id, as text."""
