"""Peerings that are set up, edited and removed, as pages show them."""
