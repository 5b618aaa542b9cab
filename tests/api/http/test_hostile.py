"""Hostile values in every place of every route: never an error of the program, never an answer that repeats them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.api.http.conftest import WRITES
from tests.api.http.routes import Operation, name_of, operations, parameters

#: As long as a client lets an address be; a longer one and a megabyte in a body are tested by themselves.
LONG = "a" * 60_000
VALUES = {
    "control": "\x01\x1b[31m\r\nSet-Cookie: a=b",
    "nul": "central.57-nq_tw.2024-12-22\x00",
    "long": LONG,
    "sql": "x' OR 1=1; DROP TABLE node; --",
    "cypher": "x'}) MATCH (n) DETACH DELETE n //",
    "script": "<script>alert(1)</script>",
    "traversal": "../../../../etc/passwd",
    "encoded traversal": "..%2f..%2fetc%2fpasswd",
    "unicode": "𝟞𝟝-KH/TU\u202e\ufeff\U0010ffff",
    "percent": "%%%zz%00",
    "fts": 'NEAR("a" "b") * ^ col:x',
    "format": "{0.__class__} %s %n ${jndi:x}",
    "number": "9" * 5000,
    "json": '{"$gt": ""}',
    "empty": "",
    "spaces": " \t ",
}
WRONG_BODIES: list[object] = [[], "text", 7, {}, {"citations": None}, {"citations": [None]}, {"citations": [[]]}]
Q = pytest.mark.parametrize


def places(operation: Operation, path: str) -> Iterator[tuple[str, str]]:
    """(path, query name) for each place where a value can stand; "" for the path itself."""
    if "{" in path:
        yield path, ""
    for parameter in parameters(operation, "query"):
        yield path.replace("{id}", "central.57-nq_tw.2024-12-22").replace("{sha256}", "0" * 64), parameter["name"]


def needed(operation: Operation) -> dict[str, str]:
    return {p["name"]: "57-NQ/TW" for p in parameters(operation, "query") if p.get("required")}


@Q("value", VALUES.values(), ids=VALUES)
@Q("operation", [o for o in operations() if o[0] != "DELETE"], ids=name_of)
def test_hostile_values_never_break_a_route(
    asked: TestClient, operation: tuple[str, str, Operation], value: str
) -> None:
    method, path, described = operation
    for address, query in places(described, path):
        segment = quote(value, safe="")
        params = needed(described) | ({query: value} if query else {})
        response = asked.request(
            method, address.replace("{id}", segment).replace("{sha256}", segment), params=params, headers=WRITES
        )
        assert response.status_code < 500, response.text
        assert len(response.content) < 100_000
        if response.status_code >= 400:
            assert response.json()["status"] == response.status_code
            said = response.text.replace(response.json()["instance"], "")
            assert not value.strip() or value not in said
        assert "set-cookie" not in response.headers


@Q("value", VALUES.values(), ids=VALUES)
def test_hostile_ids_withdraw_nothing(client: TestClient, value: str) -> None:
    before = client.get("/api/v1/stats").json()["counts"]
    response = client.delete(f"/api/v1/directives/{quote(value, safe='')}", headers=WRITES)
    assert 400 <= response.status_code < 500
    assert client.get("/api/v1/stats").json()["counts"] == before


@Q("body", WRONG_BODIES, ids=str)
def test_bodies_of_wrong_types_are_refused(asked: TestClient, body: object) -> None:
    response = asked.post("/api/v1/resolve", json=body)
    assert response.status_code == 422


@Q("content", [b"{", b"\xff\xfe", b'{"citations": ["\\ud800"]}', b"[" * 50_000, b'{"citations": [1e999]}', b"NaN"])
def test_bodies_that_are_no_json_are_refused(asked: TestClient, content: bytes) -> None:
    response = asked.post("/api/v1/resolve", content=content, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422), response.text


@Q("value", VALUES.values(), ids=VALUES)
def test_hostile_citations_are_answered(asked: TestClient, value: str) -> None:
    body = json.dumps({"citations": [value[:500]], "place": value[:100]})
    response = asked.post("/api/v1/resolve", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    [item] = response.json()["items"]
    assert item["id"] is None


def test_a_megabyte_in_a_body_is_answered(asked: TestClient) -> None:
    assert asked.post("/api/v1/resolve", json={"citations": ["a" * 1_000_000]}).status_code == 422
    assert asked.post("/api/v1/resolve", json={"citations": ["65-KH/TU" * 62] * 500}).status_code == 200


def test_more_citations_than_allowed_are_refused(asked: TestClient) -> None:
    assert asked.post("/api/v1/resolve", json={"citations": ["1-KH/TU"] * 501}).status_code == 422
    assert len(asked.post("/api/v1/resolve", json={"citations": ["1-KH/TU"] * 500}).json()["items"]) == 500


@Q(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "a\x00.txt",
        "/",
        "",
        "x" * 5000 + ".txt",
        "<script>.txt",
        "\r\nA: b.txt",
    ],
)
def test_hostile_file_names_name_no_file_of_the_server(client: TestClient, name: str) -> None:
    text = "Số: 1-KH/TU\n".encode()
    response = client.post("/api/v1/documents", files={"files": (name or "x", text)}, headers=WRITES)
    assert response.status_code < 500
    if response.status_code == 200:
        [file] = response.json()["files"]
        assert file["file"].startswith("upload/") and ".." not in file["file"].split("/")
