"""
Hand the files of a set to programs of others, and print what each says of them.

    python -m tests.readers [FOLDER]

Makes the Mopti set in English and the Ségou set in French on the bundled case, writes them to FOLDER (a new one
if left out) and asks whatever of QGIS, LibreOffice, qpdf, pdftotext and unzip is installed. Nothing of it is needed
by the tests. Ends with 1 if a reader finds fault.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from footprint.briefing.brief import Brief
from footprint.briefing.files.crate import CratedFile, crate_of
from footprint.briefing.files.set import files_of
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.briefing.sheets.sheet import SheetAsked, map_sheet
from footprint.briefing.sheets.writing import written
from footprint.disclosure import Precision
from footprint.releases.codes import drawn_code
from tests.footprint.briefing.briefs import brief

SECONDS = 180
QGIS_PYTHONS = ("/usr/bin/python3", "python3")
RENDER = Path(__file__).with_name("render_in_qgis.py")


def main(folder: Path) -> int:
    """Make both sets, ask every reader, and return 1 if one finds fault."""
    faults = 0
    for code, focus, precision in (("en", "Mopti", Precision.INTERNAL), ("fr", "Ségou", Precision.PUBLIC)):
        shown = brief(code, focus, precision=precision)
        place = folder / f"{code}-{precision}"
        make(shown, place)
        for reader, passes, lines in readings(shown, place):
            print(f"{'ok   ' if passes else 'FAULT'} {code} {reader}: {lines}")
            faults += not passes
    print(folder)
    return int(faults > 0)


def make(shown: Brief, place: Path) -> None:
    place.mkdir(parents=True)
    made = {}
    for each in files_of(shown):
        content = each.make(drawn_code(bytes(32), each.suffix.encode()))
        made[each.suffix] = CratedFile(content, each.media_type, each.description)
        (place / each.suffix).write_bytes(content)
    (place / "ro-crate-metadata.json").write_bytes(crate_of(shown, made))
    sheet = map_sheet(shown, SheetAsked(shown.focus, shown.month, PaperPage(Paper.A4, Orientation.LANDSCAPE)))
    (place / "sheet.pdf").write_bytes(written(sheet, shown, SheetFormat.PDF, drawn_code(bytes(32), b"sheet")))


def readings(shown: Brief, place: Path) -> Iterator[tuple[str, bool, str]]:
    """Yield what each reader is, whether it is content, and what it says."""
    yield qgis(place)
    yield from libreoffice(shown, place)
    yield from pdf(place, french=shown.language.code == "fr")
    yield ask("unzip", ["unzip", "-t", str(place / "map.kmz")], wanted="No errors")


def qgis(place: Path) -> tuple[str, bool, str]:
    for python in QGIS_PYTHONS:
        found = shutil.which(python)
        if found and run([found, "-c", "import qgis.core"])[0] == 0:
            picture = place / "qgis.png"
            status, text = run([found, str(RENDER), str(place / "map.gpkg"), str(picture)])
            drawn = status == 0 and picture.is_file() and "singleSymbol" not in text
            return "QGIS", drawn, text
    return "QGIS", True, "not installed"


def libreoffice(shown: Brief, place: Path) -> Iterator[tuple[str, bool, str]]:
    if not shutil.which("soffice"):
        yield "LibreOffice", True, "not installed"
        return
    out = place / "libreoffice"
    separator = "59" if shown.language.code == "fr" else "44"
    # Semicolon or comma between cells, UTF-8, and a reader's own decimal sign.
    locale = "1036" if shown.language.code == "fr" else "1033"
    profile, wanted = f"-env:UserInstallation=file://{place / 'profile'}", ["--outdir", str(out)]
    command = ["soffice", profile, "--headless"]
    opened = f"--infilter=CSV:{separator},34,76,1,,{locale},false,true"
    run([*command, opened, "--convert-to", "fods", *wanted, str(place / "figures.csv")])
    run([*command, "--convert-to", "pdf", *wanted, str(place / "tables.xlsx")])
    table = out / "figures.fods"
    text = table.read_text(encoding="utf-8") if table.is_file() else ""
    cells = re.findall(r"<table:table-cell[^>]*office:value-type=.float.[^>]*>", text)
    repeated = [re.search(r"number-columns-repeated=.(\d+)", cell) for cell in cells]
    numbers = sum(int(each[1]) if each else 1 for each in repeated)
    rows = (place / "figures.csv").read_bytes().count(b"\r\n") - 1
    formulas = text.count("table:formula")
    told = f"{numbers} numbers in {rows} rows of 4, {formulas} formulas"
    yield "LibreOffice, CSV", numbers == 4 * rows and formulas == 0, told
    yield "LibreOffice, XLSX", (out / "tables.pdf").is_file(), "laid out as PDF"


def pdf(place: Path, *, french: bool) -> Iterator[tuple[str, bool, str]]:
    sheet = str(place / "sheet.pdf")
    yield ask("qpdf", ["qpdf", "--check", sheet], wanted="No syntax or stream encoding errors")
    yield ask("pdftotext", ["pdftotext", sheet, "-"], wanted="é" if french else "Mopti")


def ask(name: str, command: list[str], *, wanted: str) -> tuple[str, bool, str]:
    if not shutil.which(command[0]):
        return name, True, "not installed"
    status, text = run(command)
    return name, status == 0 and wanted in text, f"{wanted!r} {'found' if wanted in text else 'NOT found'}"


def run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    return done.returncode, "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))


if __name__ == "__main__":
    asked = sys.argv[1:]
    raise SystemExit(main(Path(asked[0]) if asked else Path(tempfile.mkdtemp(prefix="footprint-readers-"))))
