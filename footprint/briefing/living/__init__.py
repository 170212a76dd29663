"""The living map: one file in which a browser reckons every combination of a plan's changes."""
