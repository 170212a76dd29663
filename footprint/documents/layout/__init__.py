"""Layout: what each document holds, as types that its schema is made from."""

FORMAT = 1
"""Version of the layout: names, order and meaning of what documents hold change only with it."""

FLAT = {"flat": True}
"""Metadata of a field whose own fields stand in its place."""
