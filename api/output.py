"""Answers → standard output: UTF-8 whatever the locale, as lines for a reader or as one JSON document.

JSON: nodes and edges are those of the jsonl export, without "kind"; every other record is an object with its fields
(not known: null); a date is yyyy-mm-dd. ``lineage --help`` describes them.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from rich.console import Console

from graph.properties import edge_properties, node_properties
from graph.records import Directive, Edge
from graph.store.base import Node
from viz.layout import Line


def use_utf8() -> None:
    """Make both outputs UTF-8; what is no character (bytes of an old file name) is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def width() -> int | None:
    """Columns of the terminal; None where the output goes elsewhere and may be as wide as it needs."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def print_lines(lines: Iterable[Line]) -> None:
    """Lines as they are; set off by style on a terminal only."""
    if not sys.stdout.isatty():
        sys.stdout.writelines(line.text + "\n" for line in lines)
    else:
        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
        for line in lines:
            console.print(line.text, style=line.style.value or None)
    sys.stdout.flush()


def print_json(answer: object) -> None:
    """One JSON document, readable, Vietnamese letters as they are."""
    sys.stdout.write(json.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """One message on standard error."""
    if text:
        sys.stderr.write(f"lineage: {text}\n")
        sys.stderr.flush()


def plain(value: object, *, folders: bool = True) -> Any:
    """What a record says as JSON types; without ``folders`` a file with an absolute path is told by its name alone.

    >>> plain({"a": (1, None)})
    {'a': [1, None]}
    """
    return _Plain(folders).of(value)


def bare_file(file: str) -> str:
    """A file by its name, if its path is absolute: the folders of a machine are its owner's business.

    >>> bare_file("/home/an/ke-hoach.txt"), bare_file("hung-yen/ke-hoach.txt"), bare_file("C:\\\\an\\\\a.txt")
    ('ke-hoach.txt', 'hung-yen/ke-hoach.txt', 'a.txt')
    """
    return _ABSOLUTE.sub("", file)


def bare_edge(edge: Edge) -> Edge:
    """The edge with the file of its evidence as ``bare_file`` tells it."""
    said = edge.evidence
    if said is None or (name := bare_file(said.file)) == said.file:
        return edge
    return edge.model_copy(update={"evidence": said.model_copy(update={"file": name})})


_ABSOLUTE = re.compile(r"^(?:[/\\]|[A-Za-z]:[/\\]).*[/\\]", re.DOTALL)
_LEAVES = frozenset({str, int, float, bool, type(None)})


class _Plain:
    """One answer; an edge or a node that stands in it many times (in paths) is made once."""

    def __init__(self, folders: bool) -> None:
        self._folders = folders
        self._made: dict[int, tuple[object, dict[str, Any]]] = {}  # with the object, so that its id stays its own

    def of(self, value: Any) -> Any:
        kind = type(value)
        if kind in _LEAVES:
            return value
        if kind is tuple or kind is list:
            return [item if type(item) in _LEAVES else self.of(item) for item in value]
        if isinstance(value, Edge | Node | Directive):
            return self._once(value)
        if isinstance(value, BaseModel):
            return {name: self._field(name, getattr(value, name)) for name in _names(kind)}
        if isinstance(value, dict):
            return {str(key): self.of(item) for key, item in value.items()}
        return to_jsonable_python(value)

    def _once(self, value: Edge | Node | Directive) -> dict[str, Any]:
        made = self._made.get(id(value))
        if made is None:
            made = self._made[id(value)] = value, self._edge(value) if isinstance(value, Edge) else _node(value)
        return made[1]

    def _edge(self, edge: Edge) -> dict[str, Any]:
        properties = edge_properties(edge)
        if not self._folders and "evidence" in properties:
            said = properties["evidence"]
            said["file"] = bare_file(said["file"])
        return {
            "type": edge.type.value,
            "source": edge.source,
            "target": edge.target,
            "properties": properties,
        }

    def _field(self, name: str, value: Any) -> Any:
        if self._folders or name not in ("file", "files"):
            return value if type(value) in _LEAVES else self.of(value)
        if name == "file":
            return bare_file(value)
        return [bare_file(item) if isinstance(item, str) else self.of(item) for item in value]


def _node(value: Node | Directive) -> dict[str, Any]:
    node = Node(id=value.id, record=value) if isinstance(value, Directive) else value
    return {"id": node.id, "label": node.label.value, "properties": node_properties(node)}


def _names(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model, in its order."""
    names = _KNOWN.get(kind)
    if names is None:
        names = _KNOWN[kind] = (*kind.model_fields, *kind.model_computed_fields)
    return names


_KNOWN: dict[type[BaseModel], tuple[str, ...]] = {}
