"""Pages over rows of the mirror."""
