"""A row of the embedded store becomes a node again."""

from __future__ import annotations

from typing import Any

from graph.store.base import LABELS, Node

_RECORDS: dict[str, Any] = {label.value: kind for kind, label in LABELS.items()}


def read_node(label: str, node_id: str, record: str) -> Node:
    """The node of a row."""
    return Node.model_construct(id=node_id, record=_RECORDS[label].model_validate_json(record))
