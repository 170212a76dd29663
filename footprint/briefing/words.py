"""What the parts of a set are called."""

from __future__ import annotations

from footprint.briefing.recipe import Product
from footprint.language import msgid

PRODUCT_LABELS = {
    Product.SHEET: msgid("Map sheet"),
    Product.ATLAS: msgid("Sheets by unit"),
    Product.MONTHS: msgid("Sheets by month"),
    Product.REPORT: msgid("Report (PDF)"),
    Product.SLIDES: msgid("Slides (PowerPoint)"),
    Product.MAP: msgid("Living map"),
    Product.FILES: msgid("Files for QGIS, Excel and globes"),
}
PAGE_LABELS = {
    "a4-portrait": msgid("A4 upright"),
    "a4-landscape": msgid("A4 across"),
    "a3-portrait": msgid("A3 upright"),
    "a3-landscape": msgid("A3 across"),
}
