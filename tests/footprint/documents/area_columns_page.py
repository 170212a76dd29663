"""Write `docs/columns.md` and `docs/colonnes.md` anew: `python -m tests.footprint.documents.area_columns_page`."""

from __future__ import annotations

from pathlib import Path

from footprint.documents.area_columns import area_columns_document, area_columns_page, layer_guides
from footprint.language import Language
from footprint.method import default_method

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"en": DOCS / "columns.md", "fr": DOCS / "colonnes.md"}


def page(language: Language) -> str:
    """Return the guide as a page."""
    return area_columns_page(area_columns_document(layer_guides(default_method()), language), language)


def main() -> None:
    """Write both pages."""
    for code, path in PAGES.items():
        path.write_text(page(Language(code)), encoding="utf-8")


if __name__ == "__main__":
    main()
