"""Yes and no as people type them, in either language."""

YES = frozenset({"yes", "y", "oui", "o", ""})
"""Enter alone is yes."""
NO = frozenset({"no", "n", "non"})
