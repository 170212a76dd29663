"""Briefing: sheets, report, slides, a living map and files that leave the tool, each on stated terms."""
