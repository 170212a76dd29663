"""Write `docs/columns.md` and `docs/colonnes.md` anew: `python -m tests.footprint.documents.area_columns_page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from footprint.documents.area_columns import area_columns_document, column_rule, layer_need
from footprint.documents.layout.area_columns import LayerColumnsRow
from footprint.language import Language
from footprint.method import default_method

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"en": DOCS / "columns.md", "fr": DOCS / "colonnes.md"}
_HEADS = {
    "en": "# Columns of the layers\n\nWhat the tables and map layers of an area folder hold; `footprint area columns` "
    "prints the same. A table is CSV in UTF-8, separated by commas, or by semicolons with a decimal comma; shapes are "
    "GeoJSON or GeoPackage. Further columns are left out. Names of persons, ethnicity, religion and affiliation are "
    "never read.\n",
    "fr": "# Colonnes des couches\n\nCe que contiennent les tableaux et couches cartographiques d’un dossier de zone ; "
    "`footprint area columns --lang fr` imprime la même chose. Un tableau est un CSV en UTF-8, séparé par des virgules, "
    "ou par des points-virgules avec la virgule décimale ; les formes sont en GeoJSON ou GeoPackage. Les autres "
    "colonnes sont laissées de côté. Les noms de personnes, l’appartenance ethnique, la religion et l’affiliation ne "
    "sont jamais lus.\n",
}
_COLUMNS = {
    "en": "| Column | How it is written | What it holds | Example |",
    "fr": "| Colonne | Comment l’écrire | Ce qu’elle contient | Exemple |",
}


def page(language: Language) -> str:
    """Return the guide as a page."""
    parts = [_HEADS[language.code]]
    for layer in area_columns_document(default_method(), language).layers:
        rows = [
            f"| `{own.column}` | {column_rule(own, language)} | {own.meaning} | {own.example and f'`{own.example}`'} |"
            for own in layer.columns
        ]
        table = [_COLUMNS[language.code], "|---|---|---|---|", *rows]
        about = f"{layer.title}. {layer_need(layer.needed, language)}\n"
        parts.append("\n".join([f"## `{layer.file}`\n", about, *table, "", *_words(layer)]))
    return "\n".join(parts)


def _words(layer: LayerColumnsRow) -> Iterator[str]:
    for own in layer.columns:
        if own.words:
            yield f"`{own.column}`\n"
            yield from (f"- `{each.word}` – {each.meaning}" for each in own.words)
            yield ""


def main() -> None:
    """Write both pages."""
    for code, path in PAGES.items():
        path.write_text(page(Language(code)), encoding="utf-8")


if __name__ == "__main__":
    main()
