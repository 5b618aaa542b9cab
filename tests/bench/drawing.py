"""A canvas of 2,000 elements in a real browser becomes seconds to the first picture and frames a second of a drag.

    python -m tests.bench.drawing

The canvas is the page that ``lineage export --format html`` writes, opened as a file with nothing rolled up. Frames are
counted by requestAnimationFrame during a scripted drag of the mouse; the peer is an empty page dragged in the same
browser. ``drawn`` counts the pictures that vis-network finished during the drag, ``moves`` the moves of the mouse:
where the two are equal, every move was drawn.
"""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.bench.canvas import LAID_OUT, lay_out_seconds
from tests.browser.chromium import launched, opened
from tests.viz.graph.pictures import DAY, cascade
from viz.graph.data import canvas
from viz.graph.page import export_page

#: (plans, tasks of each) -> elements in sight: about 500, 2,000 and 5,000.
DRAWN = ((45, 10), (180, 10), (454, 10))
SECONDS = 3.0
_EMPTY = "<!doctype html><title>empty</title><style>html,body{height:100%;margin:0}</style>"
_COUNT = """() => {
  window.frames_ = 0; window.drawn_ = 0; window.counting_ = true;
  const next = () => { window.frames_ += 1; if (window.counting_) requestAnimationFrame(next); };
  requestAnimationFrame(next);
  const network = window.Lineage?.shown.picture.network;
  if (network && !window.heard_) network.on("afterDrawing", () => { window.drawn_ += 1; });
  window.heard_ = true;
}"""
_PAINTED = """() => new Promise((done) => {
  const wait = () => {
    const mark = performance.getEntriesByName("canvas drawn")[0];
    if (mark) requestAnimationFrame(() => requestAnimationFrame(() => done([mark.startTime, performance.now()])));
    else setTimeout(wait, 5);
  };
  wait();
})"""


class Drag(NamedTuple):
    """Frames, finished pictures and moves of the mouse a second."""

    frames: float
    drawn: float
    moves: float


def painted(page: Page, address: str) -> tuple[float, float]:
    """Seconds from the navigation to vis-network's first whole picture, and to the frame that shows it."""
    page.goto(address, wait_until="commit")
    drawn, shown = page.evaluate(_PAINTED)
    return drawn / 1000, shown / 1000


def drag(page: Page, seconds: float = SECONDS) -> Drag:
    """Drags in a circle for so long, as fast as the browser takes the moves."""
    box = page.locator(".vis-network").bounding_box() if page.locator(".vis-network").count() else None
    x, y = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) if box else (400.0, 400.0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_COUNT)
    begun, moves = time.perf_counter(), 0
    while (took := time.perf_counter() - begun) < seconds:
        moves += 1
        page.mouse.move(x + 120 * math.cos(0.15 * moves), y + 120 * math.sin(0.15 * moves))
    frames, drawn = page.evaluate("() => { window.counting_ = false; return [window.frames_, window.drawn_]; }")
    page.mouse.up()
    return Drag(frames / took, drawn / took, moves / took)


def report() -> None:
    """Prints the rows of all sizes."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        empty = Path(folder) / "empty.html"
        empty.write_text(_EMPTY, encoding="utf-8")
        peer = _dragged(browser, empty)
        print(f"\n{'canvas in Chromium':<20}{'elements':>10}{'links':>8}{'drawn s':>9}{'shown s':>9}", end="")
        print(f"{'frames/s':>10}{'drawn/s':>9}{'moves/s':>9}{'empty page/s':>14}{'ratio':>7}")
        for plans, tasks in DRAWN:
            _row(browser, Path(folder) / "canvas.html", plans, tasks, peer)
    for plans, tasks in LAID_OUT:
        found = cascade(plans, tasks)
        print(f"layout on the server, {len(found.nodes):,} elements: {lay_out_seconds(found):.3f} s")


def _row(browser: Browser, file: Path, plans: int, tasks: int, peer: Drag) -> None:
    data = canvas(cascade(plans, tasks), many=10**9)
    file.write_text(export_page(data, source="bench", made_on=DAY), encoding="utf-8")
    with opened(browser, "") as (page, _):
        first, shown = painted(page, file.as_uri())
        links = page.evaluate("() => Lineage.shown.model.links.size")
        for view in ("near the start", "all in sight"):
            if view == "all in sight":
                page.evaluate("() => Lineage.shown.picture.fit()")
            found = drag(page)
            print(f"{view:<20}{len(data['nodes']):>10,}{links:>8,}{first:>9.2f}{shown:>9.2f}", end="")
            print(f"{found.frames:>10.1f}{found.drawn:>9.1f}{found.moves:>9.1f}", end="")
            print(f"{peer.frames:>14.1f}{found.frames / peer.frames:>7.2f}", flush=True)


def _dragged(browser: Browser, file: Path) -> Drag:
    with opened(browser, "") as (page, _):
        page.goto(file.as_uri())
        return drag(page)


if __name__ == "__main__":
    report()
