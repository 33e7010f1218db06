"""The provider's cross connections: made from a seed, changed by what happens to them."""
