"""Intake: files that somebody brings become layers of an area, once a person has seen how."""
