"""Proposals: the form as a value, its file, the scenario it stands for, and its checks."""
