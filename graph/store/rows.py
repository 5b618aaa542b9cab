"""Ids become a list in the SQL of the embedded store, and a row of it becomes a node again."""

from __future__ import annotations

from graph.store.base import RECORDS, Node

#: A list of values in SQL; its parameter is their JSON.
MANY = "(SELECT value FROM json_each(?))"


def read_node(label: str, node_id: str, record: str) -> Node:
    """The node of a row."""
    return Node.model_construct(id=node_id, record=RECORDS[label].model_validate_json(record))
