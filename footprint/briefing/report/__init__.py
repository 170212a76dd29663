"""Report: a briefing's content as a tagged PDF/A for reading and printing."""

from footprint.briefing.report.compiling import GivenPicture, report_pdf

__all__ = ["GivenPicture", "report_pdf"]
