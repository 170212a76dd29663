"""Write `docs/choices.md` and `docs/choix.md` anew: `python -m tests.footprint.options.guide_page`."""

from __future__ import annotations

from pathlib import Path

from footprint.language import Language
from footprint.method import default_method
from footprint.options.column_guide import column_guide

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"en": DOCS / "choices.md", "fr": DOCS / "choix.md"}
_HEADS = {
    "en": "# The table of choices\n\nWhat `footprint options --choices` reads and `--write-table` writes, and "
    "page Options shows. `footprint options --columns` prints the same.\n",
    "fr": "# Le tableau des choix\n\nCe que lit `footprint options --choices`, ce qu’écrit `--write-table` et "
    "ce que montre la page Options. `footprint options --columns --lang fr` imprime la même chose.\n",
}


def page(language: Language) -> str:
    """Return the guide as a page."""
    text, parts = language.text, [_HEADS[language.code]]
    for table in column_guide(default_method()):
        rows = [
            f"| `{row.name}` | {text(row.meaning)} | {row.example and f'`{row.example}`'} |"
            for row in table.rows
        ]
        parts.append("\n".join([f"## {text(table.title)}\n", "| | | |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def main() -> None:
    """Write both pages."""
    for code, path in PAGES.items():
        path.write_text(page(Language(code)), encoding="utf-8")


if __name__ == "__main__":
    main()
