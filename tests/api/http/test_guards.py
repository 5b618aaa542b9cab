"""What stands before the routes: host, token, body size, headers, other origins; and what refuses to start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.http.app import create_app
from api.http.guards import UPLOADS
from api.http.settings import PREFIX, Settings, UnsafeSettings
from tests.api.http.conftest import TOKEN, WRITES, client_of, new_store, patient
from tests.api.http.routes import Operation, name_of, operations

WRITING = [o for o in operations() if o[0] not in ("GET", "HEAD") and not o[1].endswith("/resolve")]
TEXT = {"files": ("a.txt", b"abc", "text/plain")}


def test_there_are_routes_that_write() -> None:
    assert {(method, path) for method, path, _ in WRITING} == {
        ("POST", f"{PREFIX}/documents"),
        ("DELETE", f"{PREFIX}/directives/{{id}}"),
    }


@pytest.mark.parametrize("operation", WRITING, ids=name_of)
@pytest.mark.parametrize(
    "header",
    [{}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}, {"authorization": "Basic " + TOKEN},
     {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}x"}, {"authorization": "Bearer é"}],
)  # fmt: skip
def test_writes_need_the_token(
    asked: TestClient, operation: tuple[str, str, Operation], header: dict[str, str]
) -> None:
    sent = {name.encode(): value.encode() for name, value in header.items()}
    response = asked.request(operation[0], operation[1], headers=sent)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert TOKEN not in response.text


def test_a_token_may_have_any_letters(tmp_path: Path) -> None:
    token = "mật khẩu của phòng"
    asked = client_of(create_app(patient(store=str(new_store(tmp_path)), token=token)))
    address = f"{PREFIX}/directives/99-KH%2FTU"
    for said, status in ((token, 404), (token.upper(), 401), ("máº­t", 401)):
        assert asked.delete(address, headers={b"authorization": f"Bearer {said}".encode()}).status_code == status


def preview(asked: TestClient, query: str = "preview=true", **headers: str) -> Response:
    return asked.post(f"{PREFIX}/documents?{query}", files={"files": ("a.txt", PLAN.encode())}, headers=headers)


PLAN = "Số: 7-KH/TU\nHưng Yên, ngày 1 tháng 6 năm 2026\nKẾ HOẠCH\nthực hiện việc\n"


def test_a_preview_needs_no_token_where_only_this_machine_asks(client: TestClient) -> None:
    assert preview(client).status_code == 200
    assert preview(client, **{"sec-fetch-site": "same-origin"}).status_code == 200
    assert client.get("/api/v1/stats").json()["counts"]["readings"] == 5


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_previews_nothing(client: TestClient, site: str) -> None:
    assert preview(client, **{"sec-fetch-site": site}).status_code == 401


@pytest.mark.parametrize(
    "query",
    ["", "preview=false", "preview=1", "preview=True", "preview=true&preview=false", "preview=false&preview=true",
     "preview=true&preview=true", "Preview=true", "preview=true%00", "preview[]=true", "preview=false;preview=true"],
)  # fmt: skip
def test_whatever_may_be_a_write_needs_the_token(client: TestClient, query: str) -> None:
    assert preview(client, query).status_code == 401
    assert client.get("/api/v1/stats").json()["counts"]["readings"] == 5


@pytest.mark.parametrize("setting", [{"host": "0.0.0.0"}, {"allowed_hosts": ("lineage.vn",)}], ids=str)
def test_a_preview_needs_the_token_where_others_ask(tmp_path: Path, setting: dict[str, Any]) -> None:
    asked = client_of(create_app(replace(patient(store=str(new_store(tmp_path)), token=TOKEN), **setting)))
    assert preview(asked).status_code == 401
    assert preview(asked, **WRITES).status_code == 200
    form = {"files": ("a.txt", PLAN.encode())}
    assert asked.post("/tai-len/documents", files=form, data={"viec": "xem"}).status_code == 401
    assert asked.post("/tai-len/documents", files=form, data={"viec": "xem", "token": TOKEN}).status_code == 200
    assert "cả khi xem trước" in asked.get("/tai-len").text


@pytest.mark.parametrize("operation", WRITING, ids=name_of)
def test_writes_say_in_the_description_that_they_need_it(operation: tuple[str, str, Operation]) -> None:
    optional: list[Operation] = (
        [{}] if operation[1] == UPLOADS else []
    )  # a preview, where only this machine reaches the server
    assert operation[2]["security"] == [{"HTTPBearer": []}, *optional]
    assert {"401", "403"} <= operation[2]["responses"].keys()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_address_refuses_other_writes_before_anything_else(asked: TestClient, method: str) -> None:
    assert asked.request(method, "/api/v1/search").status_code == 401
    assert asked.request(method, "/api/v1/search", headers=WRITES).status_code == 405


def test_the_settings_never_show_the_token() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "lineage.example.vn"])
def test_an_address_that_others_reach_needs_a_token(host: str) -> None:
    with pytest.raises(UnsafeSettings, match="set a token"):
        create_app(Settings(host=host))
    with pytest.raises(UnsafeSettings, match="shorter"):
        create_app(Settings(host=host, token="short"))
    assert create_app(Settings(host=host, token=TOKEN))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_needs_none(host: str) -> None:
    assert create_app(Settings(host=host))


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("LOCALHOST:1", 200), ("evil.example", 400),
     ("localhost.evil.example", 400), ("", 400), ("127.0.0.1.evil.example", 400), ("lineage.vn:80", 400)],
)  # fmt: skip
def test_only_requests_to_this_server_are_answered(asked: TestClient, host: str, status: int) -> None:
    assert asked.get("/healthz", headers={"host": host}).status_code == status


def test_names_that_are_allowed(tmp_path: Path) -> None:
    client = client_of(create_app(patient(store=str(new_store(tmp_path)), allowed_hosts=("Lineage.vn",))))
    assert client.get("/healthz", headers={"host": "lineage.vn:80"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/stats", "/api/v1/nothing", "/api/v1/tasks?limit=x", "/api/docs", "/healthz", "/api/openapi.json"]
)
def test_every_response_carries_the_headers(asked: TestClient, path: str) -> None:
    headers = asked.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "'unsafe-inline'" not in policy.get("script-src", "") and "http" not in headers["content-security-policy"]


def test_the_page_of_the_description_asks_no_other_host(asked: TestClient) -> None:
    page = asked.get("/api/docs").text
    assert "http" not in page.replace("<!doctype html>", "") and "<script>" not in page
    for part in ("start.js", "swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"/api/docs/{part}" in page
        assert asked.get(f"/api/docs/{part}").status_code == 200


def test_other_origins_are_off_unless_named(shared_app: FastAPI, tmp_path: Path) -> None:
    origin = {"origin": "https://page.example"}
    assert "access-control-allow-origin" not in client_of(shared_app).get("/healthz", headers=origin).headers
    named = patient(store=str(new_store(tmp_path)), cors_origins=("https://page.example",))
    client = client_of(create_app(named))
    assert client.get("/healthz", headers=origin).headers["access-control-allow-origin"] == "https://page.example"
    other = client.get("/healthz", headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


@pytest.fixture
def narrow(tmp_path: Path) -> TestClient:
    made = patient(store=str(new_store(tmp_path)), token=TOKEN)
    return client_of(create_app(replace(made, max_body=1000, max_files=2)))


def test_a_body_is_counted_whatever_its_headers_promise(narrow: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 100

    headers = {"content-type": "application/json"}
    chunked = narrow.post("/api/v1/resolve", content=chunks(), headers=headers)
    assert "content-length" not in chunked.request.headers
    assert chunked.status_code == 413
    honest = narrow.post("/api/v1/resolve", content=b"x" * 2000, headers=headers)
    assert honest.status_code == 413
    lying = narrow.post("/api/v1/resolve", content=chunks(), headers=headers | {"content-length": "10"})
    assert lying.status_code == 413


def test_more_files_than_allowed(narrow: TestClient) -> None:
    files = [("files", (f"{i}.txt", b"a", "text/plain")) for i in range(3)]
    assert narrow.post("/api/v1/documents", files=files, headers=WRITES).status_code == 413
