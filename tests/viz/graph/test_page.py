"""The page that is handed on: nothing in it but our own scripts, no address of any host, whatever the texts say."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from graph.records import Directive
from graph.store.base import Node
from graph.vocabulary import EdgeType
from tests.viz.graph.pictures import DAY, TOP, agency, cascade, directive, edge, evidence, picture, task, top
from viz.graph.assets import script_texts, style_text
from viz.graph.data import canvas
from viz.graph.page import export_page, network_of

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</title><script>alert(1)</script>",
    "\u2028alert(1)\u2029",
    "<iframe src=//example.org></iframe>",
    "<style>@import url(//example.org)</style>",
    "\ud800\u202e\x00<b>",
]


class Parts(HTMLParser):
    """The elements of a page with their attributes, and the text of each script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._inside: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.texts:
            self._inside = tag
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside][-1] += data


def hostile(payload: str) -> str:
    """A page in which every text of every node and edge is the payload."""
    plan = directive(TOP, number=payload, title=payload, jurisdiction=payload, issuer=payload)
    said = evidence(payload).model_copy(update={"file": payload})
    edges = [
        edge(EdgeType.HAS_TASK, TOP, "t", evidence=said),
        edge(EdgeType.ASSIGNED_TO, "t", "a", printed=payload, evidence=said),
    ]
    found = picture(plan, [task("t", payload, payload), agency("a", payload, payload)], edges)
    return export_page(canvas(found), source=payload, made_on=DAY)


def block_of(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/json" id="canvas-data">(.*?)</script>', page, flags=re.DOTALL)
    block: dict[str, Any] = json.loads(text)
    return block


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_page_holds_our_scripts_and_no_other(payload: str) -> None:
    page = hostile(payload)
    page.encode("utf-8")
    parts = Parts(page)
    assert parts.texts["script"][1:] == list(script_texts())
    assert len(parts.texts["style"]) == 1
    kinds = {"html", "head", "meta", "title", "style", "body", "header", "h1", "p", "noscript", "main", "div", "script"}
    assert {tag for tag, _ in parts.elements} <= kinds
    named = {name for _, attributes in parts.elements for name in attributes}
    assert named <= {"lang", "charset", "http-equiv", "content", "name", "id", "type"}
    assert block_of(page)["nodes"][0]["id"] == TOP


def test_the_policy_names_each_script_by_its_hash_and_allows_no_host() -> None:
    parts = Parts(hostile("x"))
    (policy,) = [a["content"] for tag, a in parts.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    digests = [hashlib.sha256(text.encode()).digest() for text in parts.texts["script"][1:]]
    named = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    assert f"script-src {named};" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "self" not in policy


def test_nothing_of_ours_asks_a_host_or_writes_markup() -> None:
    ours = "\n".join([*script_texts()[1:], style_text()])
    addresses = set(re.findall(r"https?://[^\s\"']+", ours))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a language, not a place
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "@import", "url("):
        assert word not in ours


def test_a_page_says_what_it_is_from_when_and_whose() -> None:
    page = export_page(canvas(cascade(3, 2), lang="en"), source="kho.db", made_on=DAY)
    assert '<html lang="en">' in page and '<meta charset="utf-8">' in page
    assert Parts(page).texts["title"] == ["Resolution 57-NQ/TW · As of 01/05/2026"]
    assert "Made on 01/05/2026 · Source: kho.db" in page


def test_the_model_of_pyvis_holds_what_was_found() -> None:
    found = cascade(3, 2)
    network = network_of(canvas(found))
    assert network.num_nodes() == len(found.nodes) and network.num_edges() == len(found.edges)
    assert network.get_node(TOP)["label"] == "57-NQ/TW"
    assert set(network.neighbors(TOP)) == {"p.0", "p.1", "p.2"}
    assert {e["arrows"] for e in network.get_edges()} == {"to"}


def test_a_page_of_a_node_without_a_title() -> None:
    node = Node(id="x", record=Directive(id="x"))
    page = export_page(canvas(picture(node, [top()], [])), source="kho.db", made_on=DAY)
    assert block_of(page)["start"] == "x"
