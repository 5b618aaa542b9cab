"""A node or an edge becomes its flat properties, under the names of the data model; what is not said is left out.

Every engine and every export shows these same names. Dates are ISO strings, numbers are numbers.
"""

from __future__ import annotations

from typing import Any

from graph.records import Edge, Task
from graph.store.base import Node

Properties = dict[str, Any]


def node_properties(node: Node) -> Properties:
    """Properties of a node: those of its record, without id and evidence (that stands on the edge that contains it).

    A task's deadline becomes deadline_text, deadline_kind, deadline_start, deadline_end, deadline_every and
    deadline_condition. ``plan: true`` stands for the second label Plan.
    """
    values = node.record.model_dump(mode="json", exclude={"id", "evidence", "ref", "targets", "deadline"})
    if isinstance(node.record, Task):
        deadline = node.record.deadline.model_dump(mode="json")
        values |= {f"deadline_{name}": value for name, value in deadline.items()}
    return _said(values)


def edge_properties(edge: Edge) -> Properties:
    """Properties of an edge: all but its type and ends; ``evidence`` is an object of its own."""
    return _said(edge.model_dump(mode="json", exclude={"type", "source", "target"}))


def flat(properties: Properties) -> dict[str, str | int | float | bool]:
    """Properties for formats without structure: evidence as evidence_file …, lists joined by "; "."""
    cells: dict[str, str | int | float | bool] = {}
    for name, value in properties.items():
        if isinstance(value, dict):
            cells |= {f"{name}_{key}": part for key, part in value.items() if part is not None}
        else:
            cells[name] = "; ".join(value) if isinstance(value, list) else value
    return cells


def display_name(node: Node, longest: int = 80) -> str:
    """What a picture writes on a node: a number, a name, or the beginning of a text."""
    record = node.record
    for name in ("number", "name", "text", "title", "symbol"):
        if text := getattr(record, name, None):
            return str(text) if len(text) <= longest else str(text)[: longest - 1] + "…"
    return node.id


def _said(values: Properties) -> Properties:
    return {name: value for name, value in values.items() if value is not None and value != [] and value != ""}
