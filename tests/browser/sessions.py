"""
Many people at one table: `python -m tests.browser.sessions [AREA]`.

What one reader's browser sends is recorded, and sent again by twenty at once for three minutes, each with a desk
of their own and no browser: browsers run on readers' own machines, and here would measure themselves. Printed are
what went wrong, how long acts took, and what the app held in memory before, meanwhile and after.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.app import Screen, Server, chromium, screen, serving

READERS, SECONDS = 20, 180.0
ARRIVING_S = 60.0
"""Within which all have sat down."""
PAUSE_S = 5.0
"""From an answer to a reader's next act; a person needs longer to read it."""
SETTLED_S = 130.0
"""After everybody has left, until memory is looked at: Streamlit keeps a session for two minutes."""
SLOWEST_S, MOST_MB = 3.0, 1300.0
_KORO = (14.07, -3.08)
_PLACES = ((14.30, -4.02), (14.15, -3.30), (14.45, -3.35), (14.75, -3.75), (14.60, -4.45))


@dataclass
class Diary:
    """What the readers went through."""

    acts: list[tuple[str, float]] = field(default_factory=list)
    """Each act, and how long it took until its answer was whole [s]."""
    faults: list[str] = field(default_factory=list)


def record(url: str) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """Return what a browser sends to begin and to propose a site, and what it sends in acts that can be repeated."""
    sent: list[bytes] = []

    def told(message: bytes) -> None:
        sent.append(message)

    with chromium() as browser, screen(browser, url) as reader:
        reader.page.on("websocket", lambda opened: opened.on("framesent", told))
        begun, acts = list(_begin(reader, sent)), list(_acts(reader, sent))
    return begun, acts


def _begin(reader: Screen, sent: list[bytes]) -> Iterator[tuple[str, bytes]]:
    reader.open()
    yield "first view", sent[-1]
    reader.look_at(14.5, -3.6, 7.6)
    reader.click_at(*_KORO)
    reader.idle()
    yield "place", sent[-1]
    reader.press_key("proposehere")
    yield "proposal", sent[-1]


def _acts(reader: Screen, sent: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, (lat, lon) in enumerate(_PLACES):
        for month in (2 * number + 2, 2 * number + 1):
            reader.month(month)
            yield "month", sent[-1]
        reader.tab("Place")
        yield "side of the drawer", sent[-1]
        reader.click_at(lat, lon)
        reader.idle()
        yield "place", sent[-1]


def elsewhere(message: bytes, at: int) -> bytes:
    """Return the same message with its click moved, so that each reader looks and proposes at a place of their own."""
    sent = BackMsg.FromString(message)
    for widget in sent.rerun_script.widget_states.widgets:
        if "last_clicked" in widget.json_value:
            value = json.loads(widget.json_value)
            value["last_clicked"]["lat"] += 0.03 * (at % 5)
            value["last_clicked"]["lng"] += 0.03 * (at // 5)
            widget.json_value = json.dumps(value)
    return bytes(sent.SerializeToString())


async def act(line: ClientConnection, message: bytes, address: str) -> tuple[float, str, list[str]]:
    """Send what a browser sent; return the seconds until the answer was whole, the address then, and what failed."""
    sent = BackMsg.FromString(message)
    sent.rerun_script.query_string = address
    faults, start = [], time.perf_counter()
    await line.send(sent.SerializeToString())
    async for data in line:
        said = ForwardMsg.FromString(bytes(data))
        match said.WhichOneof("type"):
            case "page_info_changed":
                address = said.page_info_changed.query_string
            case "delta" if said.delta.new_element.WhichOneof("type") == "exception":
                faults.append(said.delta.new_element.exception.message)
            case "script_finished" if said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
            case _:
                pass
    return time.perf_counter() - start, address, faults


async def read_along(
    url: str, at: int, begun: list[tuple[str, bytes]], acts: list[tuple[str, bytes]], diary: Diary
) -> None:
    """Be one reader: begin, propose, then one act after another until the time is over."""
    await asyncio.sleep(ARRIVING_S * at / READERS)
    end, address, number = time.monotonic() + SECONDS, "", 0
    line_url = url.replace("http", "ws", 1) + "_stcore/stream"
    async with connect(
        line_url, origin=url.rstrip("/"), subprotocols=["streamlit"], max_size=None, ping_interval=None
    ) as line:
        while time.monotonic() < end:
            turn = number - len(begun)
            # Each reader begins elsewhere in the round.
            kind, message = begun[number] if turn < 0 else acts[(turn + 4 * at) % len(acts)]
            seconds, address, faults = await act(line, elsewhere(message, at), address)
            diary.acts.append((kind, seconds))
            diary.faults += faults
            number += 1
            await asyncio.sleep(PAUSE_S)


def memory_mb(server: Server) -> float:
    """Return the resident memory of the app and its children now [MB]."""
    parent = psutil.Process(server.process.pid)
    return sum(each.memory_info().rss for each in (parent, *parent.children(recursive=True))) / 1e6


async def sit_down(
    server: Server, begun: list[tuple[str, bytes]], acts: list[tuple[str, bytes]]
) -> tuple[Diary, float]:
    """Let everybody act at once; return their diary, and the most memory the app held [MB]."""
    diary, peak = Diary(), 0.0
    everybody = [asyncio.create_task(read_along(server.url, at, begun, acts, diary)) for at in range(READERS)]
    while not all(each.done() for each in everybody):
        peak = max(peak, memory_mb(server))
        await asyncio.sleep(0.5)
    await asyncio.gather(*everybody)
    return diary, peak


def main() -> None:
    """Print the table."""
    area = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as state, serving(Path(state), area) as server:
        begun, acts = record(server.url)
        alone = memory_mb(server)
        diary, peak = asyncio.run(sit_down(server, begun, acts))
        time.sleep(SETTLED_S)
        after = memory_mb(server)
        log = (Path(state) / "server.log").read_text(encoding="utf-8")
    print(f"{READERS} readers for {SECONDS:g} s on {area or 'the bundled case'}; {os.cpu_count()} cores")
    print(f"\n{'':20s}{'acts':>8s}{'median s':>10s}{'p95 s':>10s}{'worst s':>10s}")
    for kind in (*dict.fromkeys(name for name, _ in diary.acts), "every act"):
        taken = [seconds for name, seconds in diary.acts if kind in {name, "every act"}]
        p95 = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        over = "  over" if p95 > SLOWEST_S else ""
        print(f"{kind:20s}{len(taken):8d}{statistics.median(taken):10.2f}{p95:10.2f}{max(taken):10.2f}{over}")
    over = "  over" if peak > MOST_MB else ""
    print(
        f"\nmemory with one reader {alone:.0f} MB, at most {peak:.0f} MB{over}, {SETTLED_S:g} s later {after:.0f} MB"
    )
    print(f"faults {len(diary.faults)}, errors of the app {log.count('Traceback')}")
    print("\n".join(sorted(set(diary.faults))[:20]))


if __name__ == "__main__":
    main()
