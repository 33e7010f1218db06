"""Next hops, which routers mark."""


def bare_next_hop(text: str) -> str:
    """Without the asterisk that marks one of several (``10.17.17.140*``); it may move from one to the other."""
    return text.strip().removesuffix("*")
