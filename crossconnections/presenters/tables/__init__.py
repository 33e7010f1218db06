"""A reading of the tables: how it goes, what failed, both paths side by side, and the routes of both as one table."""
