"""Start the app as a user would, and drive it in Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import psutil
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Request,
    Response,
    WebSocket,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.connections import outside, watched_environment

ROOT = Path(__file__).resolve().parents[2]
PORTS = range(8632, 8640)
WIDE = {"width": 1440, "height": 900}
MIDDLE = {"width": 1024, "height": 768}
NARROW = {"width": 390, "height": 844}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = MappingProxyType(
    {
        "en": (
            "Options",
            "Briefing",
            "Hotspots",
            "Sites",
            "Evidence",
            "Data",
            "Method",
            "New area",
            "Review desk",
        ),
        "fr": (
            "Options",
            "Dossier",
            "Points chauds",
            "Sites",
            "Preuves",
            "Données",
            "Méthode",
            "Nouvelle zone",
            "Table de revue",
        ),
    }
)
_STATE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState"
_HEARD_S = 3.0
"""How long after the server's last word the page may not have heard it [s]."""
ACTION_MS = 30_000
PATIENCE_S = 120.0
"""How long to wait for what must come, on a machine that does other work too."""


class TardyError(AssertionError):
    """What was waited for did not come."""


@dataclass(frozen=True, slots=True)
class Server:
    """The running app."""

    url: str
    """Address of the first page, with a slash at the end."""
    process: subprocess.Popen[bytes]
    state: Path
    """Folder for what the app writes: never the user's own."""

    def kill(self) -> None:
        """Kill the server and what it started at once, as a power cut would."""
        parent = psutil.Process(self.process.pid)
        for each in (*parent.children(recursive=True), parent):
            each.kill()

    def calls(self) -> list[str]:
        """Return the addresses of the outside that the app has spoken to."""
        return outside(self.state / "connections")

    def exports(self) -> str:
        """Return the log of releases."""
        return "".join(path.read_text(encoding="utf-8") for path in self.state.rglob("releases.jsonl"))


@contextmanager
def serving(
    state: Path, area: Path | None = None, *, base_path: str = "", port: int | None = None
) -> Iterator[Server]:
    """Run the app on `area`, the bundled case by default, until the block ends; plans are kept in `state`."""
    port = port or free_port()
    command = [sys.executable, "-m", "footprint", "run", *([str(area)] if area else [])]
    command += ["--no-open", f"--port={port}", f"--base-path={base_path}"]
    state.mkdir(parents=True, exist_ok=True)
    log = state / "server.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=watched_environment(state / "connections")
            | {
                "XDG_STATE_HOME": str(state),
                "XDG_DATA_HOME": str(state / "data"),
                "FOOTPRINT_STORE": str(state / "desks.sqlite"),
            },
            stdout=written,
            stderr=written,
        )
        try:
            url = f"http://localhost:{port}/{base_path}/".replace("//", "/").replace(":/", "://", 1)
            await_health(f"{url}_stcore/health", process, log)
            yield Server(url, process, state)
        finally:
            process.terminate()
            process.wait(60)


def free_port() -> int:
    """Return a port of `PORTS` on which nothing listens; each process that runs tests has its own part of them."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    for port in PORTS[worker::workers]:
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)):
                return port
    raise TardyError(f"every port of {PORTS} is taken")


def await_health(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the app answers."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TardyError(f"the app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium, or whichever this machine has, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Screen:
    """One reader's browser window on the app; remembers everything that went wrong in it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)
    received_bytes: int = 0
    sent: int = 0
    """Messages to the server."""
    runs: int = 0
    """Runs of the page that the server began."""
    under_way: int = 0
    """Of these, those whose end the server has not told yet."""
    heard_s: float = 0.0
    """When the server was last heard [s]."""

    def __post_init__(self) -> None:
        """Listen from before the first request."""
        page = self.page
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("websocket", self._socket)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url.rstrip("/"), "data:", "blob:", "about:")):
            self.faults.append(f"request to {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"HTTP {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _socket(self, opened: WebSocket) -> None:
        self.under_way = 0  # a run of a connection that went tells no end
        opened.on("framereceived", self._received)
        opened.on("framesent", self._told)

    def _received(self, data: str | bytes) -> None:
        self.received_bytes += len(data)
        self.heard_s = time.monotonic()
        kind = ForwardMsg.FromString(data).WhichOneof("type") if isinstance(data, bytes) else None
        if kind == "new_session":
            self.runs += 1
            self.under_way += 1
        elif kind == "script_finished":
            self.under_way = max(self.under_way - 1, 0)

    def _told(self, _data: str | bytes) -> None:
        self.sent += 1

    # What is on the screen

    @property
    def frame(self) -> Frame:
        """The map's frame."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def stamp(self) -> int | None:
        """Return the number of the content the map has painted, None before the first."""
        try:
            return self.frame.evaluate("window.__drawn === undefined ? null : window.__drawn")
        except (StopIteration, PlaywrightError):
            return None  # between two pages there is no frame, or one that is going

    def running(self) -> bool:
        """Tell whether the app is still at work on an answer, or the page has not yet heard of it.

        On a busy machine the page says for a while that nothing runs, after the server has begun. A run may also
        go without telling its end, so that this is believed for a while alone.
        """
        unheard = self.under_way > 0 and time.monotonic() - self.heard_s < _HEARD_S
        return unheard or self.page.evaluate(_STATE) != "notRunning"

    def sentence(self) -> str:
        """Return the finding above the map, with common spaces."""
        return spaced(self.page.locator(".st-key-say .fp-say").inner_text())

    def drawer(self) -> str:
        """Return what the open drawer says, with common spaces; "" where it is closed."""
        opened = self.page.locator(".st-key-drawer")
        return spaced(opened.inner_text()) if opened.count() else ""

    def months(self) -> Locator:
        """Return the twelve months under the map."""
        return self.page.locator(".strip button")

    def chosen_month(self) -> int:
        """Return the month that the strip marks (1-12)."""
        pressed = self.months().evaluate_all("all => all.map((one) => one.getAttribute('aria-pressed'))")
        return pressed.index("true") + 1

    def dots(self) -> list[int]:
        """Return how many dots stand for: nothing there, out of reach, troops only, the mission."""
        return self.frame.evaluate(
            """() => {
                const found = Object.values(map_div._layers).find((layer) => layer.states && layer.draw);
                const counts = [0, 0, 0, 0];
                for (const state of found ? found.states : []) counts[state] += 1;
                return counts;
            }"""
        )

    def seats(self) -> dict[str, str]:
        """Return what stands at the seats of units, by their names."""
        rows = self.frame.evaluate(
            "[...document.querySelectorAll('.fp-seat')].map((e) => [...e.children].map((each) => each.textContent))"
        )
        return {row[0]: spaced(" ".join(row[1:])) for row in rows}

    def sites(self) -> list[str]:
        """Return the identifiers of all sites on the map, each as often as it is drawn."""
        return self.frame.evaluate(
            "[...document.querySelectorAll('.fp-site')].map((e) => e.dataset.site).sort()"
        )

    def layers(self) -> int:
        """Return how many layers the map holds."""
        return self.frame.evaluate("Object.keys(map_div._layers).length")

    def zoom(self) -> tuple[float, float, float]:
        """Return zoom, latitude and longitude of the map's middle."""
        zoom, lat, lon = self.frame.evaluate(
            "[map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"
        )
        return zoom, round(lat, 3), round(lon, 3)

    # Waiting

    def until(self, what: str, holds: Callable[[], object], *, patience_s: float = PATIENCE_S) -> None:
        """Wait until `holds`, looking every few milliseconds; each look takes from the app what it costs."""
        end = time.monotonic() + patience_s
        while not holds():
            if time.monotonic() > end:
                raise TardyError(f"waited {patience_s:g} s for {what}; faults so far: {self.faults}")
            self.page.wait_for_timeout(30)

    def idle(self) -> None:
        """Wait until the app has answered and the map has painted the answer."""
        calm = 0
        end = time.monotonic() + PATIENCE_S
        while calm < 6:
            if time.monotonic() > end:
                raise TardyError(f"the app did not come to rest; faults so far: {self.faults}")
            calm = calm + 1 if not self.running() and not self._skeletons() else 0
            self.page.wait_for_timeout(40)

    def _skeletons(self) -> int:
        return self.page.locator("[data-testid=stSkeleton], [data-stale=true]").count()

    def drawn(self, after: int | None = None) -> int:
        """Wait for content painted later than `after` and for rest; return its number."""
        self.until(
            f"a map later than {after}",
            lambda: (now := self.stamp()) is not None and (after is None or now > after),
        )
        self.idle()
        stamp = self.stamp()
        if stamp is None:
            raise TardyError("the map went away")
        return stamp

    @contextmanager
    def redrawing(self) -> Iterator[None]:
        """Wait, after what is done in the block, for the map to be painted anew."""
        before = self.stamp()
        yield
        self.drawn(after=before)

    @contextmanager
    def rerunning(self) -> Iterator[None]:
        """Wait, after what is done in the block, for the page to have run again."""
        before = self.runs
        yield
        self.until("a run of the page", lambda: self.runs > before)
        self.idle()

    # Acting

    def open(self, desk: str = "") -> None:
        """Open the first page: a new desk, or the one at an address."""
        self.page.goto(desk or self.url, wait_until="commit")
        self.drawn()

    def go(self, name: str) -> None:
        """Go to another page by the menu in the bar."""
        link = self.page.get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.page.locator(".st-key-pages button").first.click()
        with self.rerunning():
            link.click()
        self.page.keyboard.press("Escape")
        self.page.mouse.click(3, 3)
        self.idle()

    def speak(self, code: str) -> None:
        """Choose a language by its code."""
        with self.rerunning():
            self.page.locator(".st-key-langbox").get_by_text(code.upper(), exact=True).click()

    def search(self, words: str) -> None:
        """Look for a place by the field in the bar."""
        with self.rerunning():
            box = self.page.locator(".st-key-search input")
            box.click()
            box.fill(words)
            self.page.get_by_role("option").first.wait_for()
            box.press("Enter")

    def choose(self, box: Locator, words: str) -> None:
        """Choose an option of a box by typing it."""
        with self.rerunning():
            box.click()
            box.fill(words)
            self.page.get_by_role("option").first.wait_for()
            box.press("Enter")

    def tab(self, name: str) -> None:
        """Show another side of the drawer, and open it if need be."""
        with self.rerunning():
            self.page.locator(".st-key-drawertop, .st-key-drawerclosed").get_by_text(name, exact=True).click()

    def press(self, name: str) -> None:
        """Press a button of the drawer."""
        with self.rerunning():
            self.page.locator(".st-key-drawer").get_by_role("button", name=name).first.click()

    def press_key(self, key: str) -> None:
        """Press the button of this key, whatever it is called."""
        with self.rerunning():
            self.page.locator(f".st-key-{key} button").click()

    def month(self, number: int) -> None:
        """Choose a month of the strip by a click."""
        with self.rerunning():
            self.months().nth(number - 1).click()

    def step(self, asset: str, change: int) -> None:
        """Press a stepper of the package once: one more, or one less."""
        with self.rerunning():
            self.page.get_by_label(f"{asset} {'+1' if change > 0 else '−1'}", exact=True).click()

    def donor(self, asset: str, site_id: str) -> None:
        """Name the site that gives an asset up."""
        with self.rerunning():
            self.page.locator(f".package select[data-at='{asset}-donor']").select_option(site_id)

    def tick(self, number: int) -> None:
        """Tick a plan, or take the tick away; "Do nothing" is number 0."""
        with self.rerunning():
            self.page.locator(".st-key-drawer [data-testid=stCheckbox] label").nth(number).click()

    def look_at(self, lat: float, lon: float, zoom: float) -> None:
        """Move the map as a reader would, to stay there."""
        self.frame.evaluate(
            "([lat, lon, zoom]) => { map_div.footprint.touched = true; map_div.setView([lat, lon], zoom, {animate: false}); }",
            [lat, lon, zoom],
        )

    def click_at(self, lat: float, lon: float) -> None:
        """Click the ground at a place that nothing covers."""
        self.frame.frame_element().evaluate(
            "map => map.scrollIntoView({block: 'nearest', behavior: 'instant'})"
        )
        x, y, covered = self.frame.evaluate(
            """([lat, lon]) => {
                const at = map_div.latLngToContainerPoint([lat, lon]);
                const top = document.elementFromPoint(at.x, at.y);
                return [at.x, at.y, !top || !!top.closest('.fp-site, .leaflet-control')];
            }""",
            [lat, lon],
        )
        if covered:
            raise TardyError(f"{lat} N, {lon} E is covered by a site or a control: choose another place")
        box = self.frame.frame_element().bounding_box()
        if box is None:
            raise TardyError("the map is not to be seen")
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    def site(self, site_id: str) -> Locator:
        """Return a site's marker."""
        return self.frame.locator(f"[data-site='{site_id}']")


def spaced(text: str) -> str:
    """Return a text with common spaces only, and no joiners."""
    return re.sub(r"[\s\u2060]+", " ", text).strip()


@contextmanager
def windowed(browser: Browser, size: dict[str, int] = WIDE) -> Iterator[BrowserContext]:
    """Open a window that remembers nothing of another."""
    with browser.new_context(viewport=size, accept_downloads=True, reduced_motion="reduce") as context:
        context.set_default_timeout(ACTION_MS)
        yield context


@contextmanager
def screen(browser: Browser, url: str, size: dict[str, int] = WIDE) -> Iterator[Screen]:
    """Open a window of a new reader: nothing is left in it of an earlier one."""
    with windowed(browser, size) as context:
        yield Screen(context.new_page(), url)
