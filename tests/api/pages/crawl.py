"""All pages that can be reached by links from one on, each looked at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from urllib.parse import urldefrag, urljoin

from fastapi.testclient import TestClient

from tests.api.pages.markup import Page


def crawl(client: TestClient, starts: Iterable[str], most: int = 600) -> dict[str, Page]:
    """Pages by address; every link must lead somewhere, and every anchor of a source to its place."""
    found: dict[str, Page] = {}
    waiting = deque(starts)
    asked = set(waiting)
    anchors: set[tuple[str, str]] = set()
    while waiting and len(found) < most:
        address = waiting.popleft()
        response = client.get(address, follow_redirects=True)
        assert response.status_code == 200, (address, response.status_code, response.text[:500])
        if not response.headers["content-type"].startswith("text/html") or "attachment" in str(response.headers):
            continue
        found[address] = page = Page(response.text)
        for link in page.links:
            path, anchor = urldefrag(urljoin(address, link))
            anchors |= {(path, anchor)} if anchor else set()
            if path not in asked and not path.startswith(("/api/", "/static/", "/tai-len/documents")):
                asked.add(path)
                waiting.append(path)
    assert [(p, a) for p, a in sorted(anchors) if p in found and a not in found[p].ids] == []
    return found
