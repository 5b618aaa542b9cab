"""The data of a canvas → one self-contained page: opens from a USB stick, asks no host for anything.

Nodes and edges go through pyvis's model (``pyvis.network.Network``), its vis-network draws them; template and texts
are ours, and a policy inside the page lets only its own scripts run, named by their hashes.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from viz.graph.assets import MissingPart, script_texts, style_text
from viz.graph.data import CanvasData, json_block
from viz.graph.styles import MARKERS
from viz.pages.render import environment
from viz.plain import plain

_SHAPES = {label.value: shape for label, (shape, _) in MARKERS.items()}
_PAGE_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --line: #8a8a8a; --muted: #595959; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #1c1c1e; --line: #8c8c8c; --muted: #b5b5b5; --accent: #8ab4f8; }
}
body { margin: 0 auto; padding: 0.75rem 1rem; max-width: 110rem; color: var(--ink); background: var(--paper);
  font-family: "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.3rem; margin: 0; }
header p, footer p { margin: 0.25rem 0; color: var(--muted); }
"""


def network_of(data: CanvasData) -> Any:
    """The nodes and edges of a canvas as a ``pyvis.network.Network``, their further properties with them.

    MissingPart if pyvis is not installed. (Network.add_node and add_edge look through all they have at every call; its
    lists are filled here.)
    """
    try:
        from pyvis.network import Network  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingPart(f"{error}; install it with: pip install 'directive-lineage[page]'") from error
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{**node, "shape": _SHAPES[node["kind"]]} for node in data["nodes"]]
    network.node_ids = [node["id"] for node in data["nodes"]]
    network.node_map = dict(zip(network.node_ids, network.nodes, strict=True))
    network.edges = [{**edge, "arrows": "to"} for edge in data["edges"]]
    return network


def export_page(data: CanvasData, *, source: str, made_on: dt.date) -> str:
    """The page, as HTML in UTF-8. ``source``: the name of the store, printed in it with ``made_on``."""
    network = network_of(data)
    scripts = script_texts()
    style = _PAGE_STYLE + style_text()
    words = data["words"]
    made = words["made"].format(day=f"{made_on:%d/%m/%Y}", source=plain(source))
    template = environment().get_template("export.html")
    return template.render(
        lang=data["lang"],
        title=data["title"],
        full=next(node.get("full", node["text"]) for node in data["nodes"] if node["id"] == data["start"]),
        as_of=words["as_of"].format(day=data["day"]),
        made=made,
        scriptless=words["scriptless"],
        policy=_policy(scripts, [style]),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        block=Markup(json_block({**data, "nodes": network.nodes, "edges": network.edges})),
    )


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Only these scripts and styles, and no request to anywhere."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
