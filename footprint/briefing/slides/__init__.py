"""Slides: a briefing's content as a presentation, with tables and charts that stay tables and charts."""

from footprint.briefing.slides.deck import slides_pptx

__all__ = ["slides_pptx"]
