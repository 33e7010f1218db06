"""From rows to what the pages show. All sentences about cross connections stand here; the clock is passed in."""
