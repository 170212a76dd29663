"""Indicators: what is counted, over which units and periods."""
