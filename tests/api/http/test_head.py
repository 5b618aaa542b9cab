"""HEAD: as GET, on every GET route, without a body."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.api.http.routes import Operation, name_of, operations, parameters

PLAN = "hung-yen.65-kh_tu.2026-04-22"
IDS = {"/tasks/{id}": f"t.{PLAN}.1", "/agencies/{id}": "a.hung-yen.so-khoa-hoc-va-cong-nghe"}


def address(path: str) -> str:
    known = next((i for part, i in IDS.items() if part in path), PLAN)
    return path.replace("{id}", quote(known, safe="")).replace("{sha256}", "0" * 64)


@pytest.mark.parametrize("operation", [o for o in operations() if o[0] == "GET"], ids=name_of)
def test_every_get_route_answers_head_with_the_same_headers(
    asked: TestClient, operation: tuple[str, str, Operation]
) -> None:
    params = {p["name"]: "57-NQ/TW" for p in parameters(operation[2], "query") if p.get("required")}
    got, head = (asked.request(m, address(operation[1]), params=params) for m in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (got.status_code, b"")
    same = head.headers.keys() | got.headers.keys()
    if operation[1] == "/metrics":  # counts the questions, these two among them
        same -= {"content-length"}
    assert {name: head.headers.get(name) for name in same} == {name: got.headers.get(name) for name in same}


@pytest.mark.parametrize("path", ["/", "/huong-dan", f"/van-ban/{PLAN}", "/static/style.css", "/api/docs", "/none"])
def test_pages_answer_head_too(asked: TestClient, path: str) -> None:
    got, head = asked.get(path), asked.head(path)
    assert (head.status_code, head.content, head.headers["content-type"]) == (
        got.status_code,
        b"",
        got.headers["content-type"],
    )


def test_an_export_is_not_made_for_nobody(asked: TestClient) -> None:
    for kind in ("jsonl", "csv", "graphml"):
        head = asked.head("/api/v1/export", params={"format": kind})
        assert head.status_code == 200
        assert head.headers["content-disposition"].startswith("attachment")
        assert "content-length" not in head.headers


def test_what_only_takes_posts_says_so(asked: TestClient) -> None:
    response = asked.head("/api/v1/resolve")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    form = asked.get("/tai-len/documents")
    assert (form.status_code, form.headers["allow"]) == (405, "POST")


def test_metrics_tell_head_from_get(client: TestClient) -> None:
    client.head("/api/v1/stats")
    assert '{method="HEAD",route="/api/v1/stats",status="200"} 1.0' in client.get("/metrics").text


def test_an_unchanged_answer_is_304_for_head(asked: TestClient) -> None:
    tag = asked.get("/api/v1/stats").headers["etag"]
    assert asked.head("/api/v1/stats", headers={"if-none-match": tag}).status_code == 304
