"""Changes, before they are sent and after, as pages show them."""
