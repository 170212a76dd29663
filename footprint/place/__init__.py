"""Place: why a place can be reached, or cannot, in a month, by whom, and what would change that."""
