"""Options: what to open, close and move within what there is, what is left behind, and how sure that is."""
