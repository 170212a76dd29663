"""Benchmarks against other tools, run by hand: they print tables and fail no test."""
