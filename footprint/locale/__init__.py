"""What the tool says, in each language but English, and a check that nothing is missing."""
