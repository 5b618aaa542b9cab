"""The scripts and the stylesheet of the canvas: ours, and the vis-network file that the installed pyvis carries."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from graph.errors import LineageError

_STATIC = Path(__file__).parent.parent / "static"
#: In the order they must be loaded, after vis-network.
SCRIPTS = (
    "canvas_model.js",
    "canvas_cards.js",
    "canvas_draw.js",
    "canvas_svg.js",
    "canvas_panels.js",
    "canvas_paths.js",
    "canvas.js",
)
STYLESHEET = "canvas.css"
_VIS = Path("lib", "vis-9.1.2", "vis-network.min.js")


class MissingPart(LineageError):
    """A package that draws the picture is not installed."""


def vis_network_js() -> Path:
    """The vis-network script of the installed pyvis; MissingPart if there is none."""
    found = find_spec("pyvis")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / _VIS
        if path.is_file():
            return path
    raise MissingPart(
        "pyvis with vis-network 9.1.2 is not installed; install it with: pip install 'directive-lineage[page]'"
    )


@cache
def script_texts() -> tuple[str, ...]:
    """The text of every script in the order of loading, each fit to stand inside a script element."""
    texts = [path.read_text(encoding="utf-8") for path in (vis_network_js(), *(_STATIC / name for name in SCRIPTS))]
    for text in texts:
        if "</script" in text.casefold() or "<!--" in text:
            raise MissingPart("a script holds text that would end its element; install the pyvis version of the extra")
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n") for text in texts)


@cache
def style_text() -> str:
    """The stylesheet of the canvas."""
    return (_STATIC / STYLESHEET).read_text(encoding="utf-8")
