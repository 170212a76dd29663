"""The living map: one file that reckons every combination of a plan's changes in the browser, with no network."""
