"""Records of the graph become flat properties of Neo4j and back; nothing is lost on the way.

Names are those of the data model: dates are DATE, lists of text are lists, a task's deadline and every evidence are
flat (deadline_end, evidence_quote). What a text does not say is left out. A directive's ``plan`` is the label Plan.
``since`` (first day a node can exist), ``loose_number`` and the ``find_`` fields are there for finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from graph.numbers import loose_key
from graph.records import Agency, Deadline, Directive, Edge, Evidence, Indicator, Record, Target, Task
from graph.search import FIELDS, fields, size
from graph.store.base import RECORDS, Node
from graph.store.ledger import Placed
from graph.vocabulary import Label

Properties = dict[str, Any]

PLAN = "Plan"
_NESTED: dict[type[Record], dict[str, type[Record]]] = {
    Directive: {},
    Agency: {},
    Task: {"deadline": Deadline, "evidence": Evidence},
    Indicator: {"evidence": Evidence},
    Target: {"evidence": Evidence},
    Edge: {"evidence": Evidence},
}
_PARTS = {
    kind: {(name, part): f"{name}_{part}" for name, inner in nested.items() for part in inner.model_fields}
    for kind, nested in _NESTED.items()
}
_INNER: set[type[Record]] = {Deadline, Evidence}
#: Fields that are no property (...), or none where they say only this.
_SILENT: dict[str, Any] = {
    "type": ...,
    "source": ...,
    "target": ...,
    "partial": False,
    "carries_over": False,
    "method": "",
}
_IN_LABEL: dict[str, Any] = {"plan": ...}
FIND = {name: f"find_{name}" for name in FIELDS}


def node_properties(placed: Placed) -> Properties:
    """All properties of a node, its id included."""
    node = placed.node
    found = _flat(node.record, _IN_LABEL)
    found["id"] = node.id
    if placed.since:
        found["since"] = placed.since
    found |= {FIND[name]: text for name, text in fields(node).items() if text}
    found["find_size"] = size(node)
    if isinstance(node.record, Directive) and node.record.number:
        found["loose_number"] = loose_key(node.record.number)
    return found


def is_plan(node: Node) -> bool:
    """Whether the node carries the second label."""
    return isinstance(node.record, Directive) and node.record.plan


def read_node(label: str, is_plan: bool, properties: Mapping[str, Any]) -> Node:
    """The node of a label and its properties."""
    kind = RECORDS[label]
    values = _nested(kind, properties)
    if label == Label.DIRECTIVE:
        values["plan"] = is_plan
    if label == Label.TARGET:
        values.setdefault("year", None)
    if "id" in kind.model_fields:
        values["id"] = properties["id"]
    return Node.model_construct(id=properties["id"], record=kind.model_validate(values))


def since_of(properties: Mapping[str, Any]) -> dt.date | None:
    """The first day a node can exist."""
    value = properties.get("since")
    return value.to_native() if value is not None else None


def edge_properties(edge: Edge) -> Properties:
    """All properties of a relationship; type and ends are not among them."""
    return _flat(edge, _SILENT)


def read_edge(kind: str, source: str, target: str, properties: Mapping[str, Any]) -> Edge:
    """The edge of a relationship."""
    values = _nested(Edge, properties) | {"type": kind, "source": source, "target": target}
    values.setdefault("asserted_by", None)
    return Edge.model_validate(values)


def _flat(record: Record, silent: Mapping[str, Any]) -> Properties:
    """What a record says; left out is what it does not say, and what ``silent`` gives for it."""
    found: Properties = {}
    for name, value in vars(record).items():
        if value is None or (name in silent and silent[name] in (value, ...)):
            continue
        if type(value) in _INNER:
            for part, inner in vars(value).items():
                if inner is not None:
                    found[f"{name}_{part}"] = inner._value_ if isinstance(inner, Enum) else inner
        elif isinstance(value, tuple):
            if value:
                found[name] = list(value)
        else:
            found[name] = value._value_ if isinstance(value, Enum) else value
    return found


def _nested(kind: type[Record], properties: Mapping[str, Any]) -> Properties:
    values = {name: _native(properties[name]) for name in kind.model_fields if name in properties}
    for (name, part), flat in _PARTS[kind].items():
        if flat in properties:
            values.setdefault(name, {})[part] = _native(properties[flat])
    return values


def _native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value
