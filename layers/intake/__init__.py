"""
Intake: files that somebody brings become layers of an area, after a person has seen what is taken for what.
"""
