"""Answers → standard output: UTF-8 whatever the locale, as lines for a reader or as one JSON document.

JSON: nodes and edges are those of the jsonl export, without "kind"; every other record is an object with its fields
(not known: null); a date is yyyy-mm-dd. ``lineage --help`` describes them.
"""

from __future__ import annotations

import json
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


def plain(value: object) -> Any:
    """What a record says as JSON types.

    >>> plain({"a": (1, None)})
    {'a': [1, None]}
    """
    if isinstance(value, Directive):
        return plain(Node(id=value.id, record=value))
    if isinstance(value, Node):
        return {"id": value.id, "label": value.label.value, "properties": node_properties(value)}
    if isinstance(value, Edge):
        ends = {"type": value.type.value, "source": value.source, "target": value.target}
        return {**ends, "properties": edge_properties(value)}
    if isinstance(value, BaseModel):
        kind = type(value)
        return {name: plain(getattr(value, name)) for name in (*kind.model_fields, *kind.model_computed_fields)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return to_jsonable_python(value)
