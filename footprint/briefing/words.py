"""What the parts of a set are called."""

from __future__ import annotations

from footprint.briefing.recipe import Product
from footprint.language import msgid

PRODUCT_LABELS = {
    Product.SHEET: msgid("Map sheet"),
    Product.ATLAS: msgid("Atlas: a sheet for each unit within"),
    Product.MONTHS: msgid("Atlas: a sheet for each month"),
    Product.REPORT: msgid("Report (PDF)"),
    Product.SLIDES: msgid("Slides (PowerPoint)"),
    Product.MAP: msgid("Living map, in one file"),
    Product.FILES: msgid("Files for other programs"),
}
PAGE_LABELS = {
    "a4-portrait": msgid("A4 upright"),
    "a4-landscape": msgid("A4 across"),
    "a3-portrait": msgid("A3 upright"),
    "a3-landscape": msgid("A3 across"),
}
