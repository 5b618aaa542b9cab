"""The canvas in a page: when it is painted, and where in the window its links are."""

from __future__ import annotations

import time

from playwright.sync_api import Page

#: A place of the window in the midst of those where vis-network says that a link is, and no card.
_FIND = """([from, to]) => {
  const { picture, model, box } = Lineage.shown, { network } = picture;
  const link = [...model.links.values()].find((one) => one.from === from && one.to === to);
  const frame = box.querySelector("canvas").getBoundingClientRect();
  const [a, b] = [from, to].map((id) => network.canvasToDOM(model.places.get(id)));
  for (let part = 0.5; part < 1; part += 0.005) {
    for (const side of [part, 1 - part]) {
      const x = a.x + (b.x - a.x) * side;
      const hits = [];
      for (let y = Math.min(a.y, b.y) - 40; y <= Math.max(a.y, b.y) + 40; y += 1) {
        if (network.getEdgeAt({ x, y }) === link.id && network.getNodeAt({ x, y }) === undefined) hits.push(y);
      }
      if (hits.length) return [frame.left + x, frame.top + hits[hits.length >> 1]];
    }
  }
  return null;
}"""


def until(page: Page, condition: str, seconds: float = 20) -> None:
    """Waits for a condition of the page. (wait_for_function would evaluate it inside, against the page's policy.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        page.wait_for_timeout(30)


def painted(page: Page) -> None:
    """Waits until the picture is on the screen."""
    until(page, "window.Lineage?.shown?.picture?.network.getScale() > 0")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def click_card(page: Page, element: str) -> None:
    """Clicks an element of the picture on its left half, where no badge is."""
    in_sight(page)
    place = page.evaluate(
        "(id) => { const { picture, model, box } = Lineage.shown, at = model.places.get(id);"
        "const frame = box.querySelector('canvas').getBoundingClientRect();"
        "const { x, y } = picture.network.canvasToDOM({ x: at.x - 40, y: at.y });"
        "return [frame.left + x, frame.top + y]; }",
        element,
    )
    page.mouse.click(*place)


def click_link(page: Page, start: str, end: str) -> None:
    """Clicks the link between two elements of the picture."""
    in_sight(page)
    found = page.evaluate(_FIND, [start, end])
    assert found, f"no link from {start} to {end} in sight"
    page.mouse.click(*found)


def in_sight(page: Page) -> None:
    """All of the picture in the window."""
    page.get_by_role("button", name="Vừa khung").click()
    page.locator(".canvas-box").scroll_into_view_if_needed()
    painted(page)
