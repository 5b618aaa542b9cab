"""Each example that the description gives of a parameter is true: asked of the sample directives, it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from tests.api.http.conftest import client_of, patient
from tests.api.http.routes import Operation, name_of, operations, parameters

Parameter = dict[str, object]


@pytest.fixture(scope="module")
def stranger(sampled: Path) -> Iterator[TestClient]:
    with client_of(create_app(patient(store=str(sampled)))) as client:
        yield client


def example(parameter: dict[str, object]) -> str | list[str]:
    schema = parameter["schema"]
    assert isinstance(schema, dict)
    shown = parameter.get("examples") or schema["examples"]
    assert isinstance(shown, list)
    first = shown[0]
    return first if isinstance(first, list) else str(first)


def address(operation: tuple[str, str, Operation]) -> str:
    path = operation[1]
    for parameter in parameters(operation[2], "path"):
        said = example(parameter)
        assert isinstance(said, str)
        path = path.replace(f"{{{parameter['name']}}}", quote(said, safe="%"))
    return path


@pytest.mark.parametrize("operation", [o for o in operations() if o[0] == "GET"], ids=name_of)
def test_the_examples_of_a_route_are_answered(stranger: TestClient, operation: tuple[str, str, Operation]) -> None:
    queries = {p["name"]: example(p) for p in parameters(operation[2], "query") if p["name"] != "after"}
    needed = {p["name"]: queries[p["name"]] for p in parameters(operation[2], "query") if p.get("required")}
    for name, said in {"": "", **queries}.items():
        response = stranger.get(address(operation), params={**needed, **({name: said} if name else {})})
        assert response.status_code == 200, f"{name}={said}: {response.text[:500]}"


def test_the_examples_of_citations_mean_something(stranger: TestClient) -> None:
    said = next(op for method, path, op in operations() if path.endswith("/resolve"))
    assert said["requestBody"]
    citations = ["Kế hoạch 21-KH/TU", "57-NQ/TW ngày 22/12/2024"]
    items = stranger.post("/api/v1/resolve", json={"citations": citations}).json()["items"]
    assert [item["outcome"] for item in items] == ["resolved", "resolved"]
