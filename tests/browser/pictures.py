"""Take the README's pictures anew: `python -m tests.browser.pictures [FOLDER]`, by default docs/."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.app import NARROW, ROOT, WIDE, Screen, chromium, screen, serving

BANKASS = (14.07, -3.52)
COLOURS = 256


def proposed(reader: Screen) -> None:
    """Look at Mopti and propose an integrated base near Bankass."""
    with reader.redrawing():
        reader.button_group("Focus").get_by_text("Mopti", exact=True).click()
    reader.mode("Propose")
    with reader.redrawing():
        reader.click_at(*BANKASS)
    rest(reader)


def rest(reader: Screen) -> None:
    """Take the pointer off the map and let tooltips and transitions end."""
    reader.page.mouse.move(2, 2)
    reader.idle()
    reader.page.wait_for_timeout(700)


def map_page(reader: Screen) -> None:
    """Show the map with a proposal."""
    proposed(reader)


def compare_page(reader: Screen) -> None:
    """Show the baseline beside the proposal."""
    proposed(reader)
    reader.go("Compare")
    reader.drawn()
    reader.frame.get_by_role("slider").focus()
    for _ in range(16):
        reader.page.keyboard.press("ArrowLeft")
    rest(reader)


def french_page(reader: Screen) -> None:
    """Show the map in French on a telephone."""
    expand = reader.page.get_by_test_id("stExpandSidebarButton")
    if expand.is_visible():
        expand.click()
    with reader.redrawing():
        reader.speak("Français")
    reader.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click(force=True)
    reader.frame.frame_element().evaluate("map => map.scrollIntoView({block: 'end'})")
    rest(reader)


PICTURES: dict[str, tuple[dict[str, int], Callable[[Screen], None]]] = {
    "map.png": (WIDE, map_page),
    "compare.png": (WIDE, compare_page),
    "carte.png": (NARROW, french_page),
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


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state, serving(Path(state)) as server, chromium() as browser:
        for name in PICTURES:
            made = take(browser, server.url, name)
            (folder / name).write_bytes(made)
            print(f"{folder / name}: {len(made) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
