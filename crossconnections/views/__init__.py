"""Requests to answers: one call of the domain each, words by the presenters."""
