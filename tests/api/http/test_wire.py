"""The shape of every answer is pinned in shapes.json; a change there is a change for every client.

After a wanted change: ``python -m tests.api.http.test_wire`` writes the file anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.http.routes import Operation, document, name_of, operations, parameters

SHAPES = Path(__file__).with_name("shapes.json")
Shape = Any


def shape(schema: dict[str, Any], inside: tuple[str, ...] = ()) -> Shape:
    """A schema without words and examples: fields with their kinds, each model once by name."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return sorted((shape(s, inside) for s in schema[word]), key=str)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", schema.get("const"))
    if schema.get("type") == "array":
        return [shape(schema.get("items", {}), inside)]
    if "properties" in schema:
        needed = schema.get("required", [])
        return {name + ("" if name in needed else "?"): shape(s) for name, s in schema["properties"].items()}
    if isinstance(schema.get("additionalProperties"), dict):
        return {"*": shape(schema["additionalProperties"])}
    return schema.get("format", schema.get("type", "any"))


def shapes() -> dict[str, Shape]:
    """Of every operation (what it takes, what it answers by status) and of every model."""
    found: dict[str, Shape] = {}
    for method, path, operation in operations():
        taken = {
            p["name"] + ("" if p["required"] else "?"): shape(p["schema"]) for p in operation.get("parameters", [])
        }
        given = {
            status: {media: shape(content.get("schema", {})) for media, content in said.get("content", {}).items()}
            for status, said in sorted(operation["responses"].items())
        }
        found[f"{method} {path}"] = {"takes": taken, "gives": given}
    for name, schema in sorted(document()["components"]["schemas"].items()):
        found[name] = shape(schema)
    return found


def test_the_shapes_are_those_that_clients_know() -> None:
    assert shapes() == json.loads(SHAPES.read_text(encoding="utf-8"))


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for model, schema in document()["components"]["schemas"].items():
        for name, field in schema.get("properties", {}).items():
            yield f"{model}.{name}", field


def refers(field: dict[str, Any]) -> bool:
    """Whether a field holds a model of its own, whose fields have the examples."""
    return "Properties" in json.dumps(field) or any(
        "properties" in document()["components"]["schemas"][word.split('"')[0]]
        for word in json.dumps(field).split("#/components/schemas/")[1:]
    )


@pytest.mark.parametrize(("name", "field"), list(fields()), ids=[name for name, _ in fields()])
def test_every_field_has_an_example(name: str, field: dict[str, Any]) -> None:
    if name.startswith("Body_"):
        assert field["description"]
    else:
        assert "examples" in field or "const" in field or refers(field)


@pytest.mark.parametrize("operation", operations(), ids=name_of)
def test_every_route_and_parameter_is_described(operation: tuple[str, str, Operation]) -> None:
    _, _, described = operation
    assert described["summary"] and described["operationId"]
    for where in ("path", "query"):
        for parameter in parameters(described, where):
            assert parameter["description"], parameter["name"]
            shown = "examples" in parameter["schema"] or "examples" in parameter
            assert shown or parameter["name"] == "after"  # a cursor belongs to one list: none is true everywhere


@pytest.mark.parametrize("operation", [o for o in operations() if "/v1/" in o[1]], ids=name_of)
def test_every_problem_a_route_declares_is_a_problem(operation: tuple[str, str, Operation]) -> None:
    for status, said in operation[2]["responses"].items():
        if status >= "400":
            assert said["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


if __name__ == "__main__":
    SHAPES.write_text(json.dumps(shapes(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
