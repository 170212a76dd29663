"""Releases: on what terms something leaves the tool, what left before, and how a file is known again."""
