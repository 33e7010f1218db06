"""A call of the controls that cannot be."""


class RefusedError(ValueError):
    """What was asked for cannot be; its text is a sentence for who asked."""
