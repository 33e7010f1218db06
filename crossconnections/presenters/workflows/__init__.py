"""Connecting and disconnecting customers: the look-up of service keys, the board, the page of one."""
