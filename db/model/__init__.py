"""Frozen values without I/O: the words that the rest of the program uses."""
