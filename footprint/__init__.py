"""What follows from a footprint: travel, demand, coverage, choices, comparisons."""
