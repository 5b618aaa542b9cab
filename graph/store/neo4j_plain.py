"""What the server gives for a statement that a person typed becomes plain values: text, numbers, days, lists, dicts."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Duration


def plain_value(value: Any) -> Any:
    """A node is {"labels", "properties"}, a relationship {"type", "properties"}, a path the list of both in turn.

    Days and times are those of datetime, durations text (P1D), points lists of numbers, bytes text in base64.
    """
    match value:
        case Node():
            return {"labels": sorted(value.labels), "properties": plain_value(dict(value))}
        case Relationship():
            return {"type": value.type, "properties": plain_value(dict(value))}
        case Path():
            return plain_value([value.start_node, *(x for r in value.relationships for x in (r, r.end_node))])
        case dict():
            return {key: plain_value(value[key]) for key in sorted(value)}
        case list() | Point():
            return [plain_value(inner) for inner in value]
        case Duration():
            return value.iso_format()
        case bytes() | bytearray():
            return b64encode(value).decode()
    return value.to_native() if hasattr(value, "to_native") else value
