"""Criteria: what options are held against, and how each group of stakeholders would rank them."""
