"""Take the README's pictures anew: `python -m tests.browser.pictures [FOLDER]`, by default docs/."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage
from footprint.briefing.sheets.sheet import SheetAsked, map_sheet
from footprint.briefing.sheets.writing import SCREEN_DPI, looked_at
from tests.browser.app import NARROW, ROOT, WIDE, Screen, chromium, screen, serving
from tests.footprint.briefing.briefs import brief

COLOURS = 256


def rest(reader: Screen) -> None:
    """Take the pointer off the map and let tooltips and transitions end."""
    reader.page.mouse.move(2, 2)
    reader.idle()
    reader.page.wait_for_timeout(700)


def place(reader: Screen) -> None:
    """Ask of a place why the mission could not act there."""
    reader.search("Bankass")
    rest(reader)


def proposal(reader: Screen) -> None:
    """Propose an integrated base near Bankass."""
    reader.search("Bankass")
    reader.press_key("proposehere")
    rest(reader)


def plans(reader: Screen) -> None:
    """Hold two plans side by side."""
    proposal(reader)
    reader.tab("Plans")
    reader.press("New plan")
    reader.search("Koro")
    reader.press_key("proposehere")
    reader.tab("Plans")
    reader.tick(1)
    reader.tick(2)
    rest(reader)


def options(reader: Screen) -> None:
    """Search for plans within a budget, and hold what was found by criteria."""
    reader.go("Options")
    reader.press_key("options_go")
    stop = reader.page.locator(".st-key-options_stop button")
    reader.until("the end of the search", lambda: not stop.is_enabled(), patience_s=300)
    matrix = reader.page.locator(".fp-matrix-box")
    matrix.wait_for()
    rest(reader)
    # A plan's changes above, the table of all plans below.
    matrix.evaluate("box => box.scrollIntoView({block: 'end', behavior: 'instant'})")
    rest(reader)


def french(reader: Screen) -> None:
    """Show the desk in French on a telephone."""
    reader.speak("fr")
    rest(reader)


PICTURES: dict[str, tuple[dict[str, int], Callable[[Screen], None]]] = {
    "desk.png": (WIDE, place),
    "proposal.png": (WIDE, proposal),
    "plans.png": (WIDE, plans),
    "options.png": ({**WIDE, "height": 1300}, options),
    "bureau.png": (NARROW, french),
}


def take(browser: Browser, url: str, name: str) -> bytes:
    """Return the picture called `name` as a small PNG."""
    size, prepare = PICTURES[name]
    with screen(browser, url, size) as reader:
        reader.open()
        prepare(reader)
        if reader.faults:
            raise SystemExit(f"{name}: {reader.faults}")
        return smaller(reader.page.screenshot())


def smaller(png: bytes) -> bytes:
    """Return a PNG with a palette: a third of the weight, and no difference to be seen."""
    with Image.open(io.BytesIO(png)) as picture:
        # Octree keeps the few strong colours of the symbols, which a median cut gives up for shades of grey.
        palette = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    written = io.BytesIO()
    palette.save(written, "PNG", optimize=True)
    return written.getvalue()


def sheet() -> bytes:
    """Return a map sheet of Mopti in French, as small as a README shows it."""
    made = map_sheet(brief("fr"), SheetAsked("Mopti", 10, PaperPage(Paper.A4, Orientation.LANDSCAPE)))
    return smaller(looked_at(made, SCREEN_DPI))


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sheet.png").write_bytes(sheet())
    with tempfile.TemporaryDirectory() as state, serving(Path(state)) as server, chromium() as browser:
        for name in PICTURES:
            made = take(browser, server.url, name)
            (folder / name).write_bytes(made)
            print(f"{folder / name}: {len(made) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
